"""A way out of a mailbox that keeps what it was given, and can be told to fail."""

from sonnim.channels.kinds.postbox.mail import Mail
from sonnim.channels.kinds.postbox.models import Mailbox


class Posted:
    """Takes the place of `transports.send`."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.failing: Exception | None = None

    def __call__(self, source: Mailbox, mail: Mail, *, locale: str) -> str:
        if self.failing is not None:
            raise self.failing
        self.mails.append(mail)
        return ""
