"""A mail as bytes, for servers that take it by SMTP."""

import re
from email import policy
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from sonnim.channels.kinds.postbox.mail import Mail
from sonnim.kernel import clock

_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}")


class _Ids(UnstructuredHeader):
    """Message-IDs one a line: Python's own folding would encode those that are longer than a line."""

    max_count = 1

    def fold(self, *, policy: Any) -> str:
        return f"{self.name}: {(policy.linesep + ' ').join(str(self).split())}{policy.linesep}"  # type: ignore[attr-defined]


def _policy(*, utf8: bool) -> "EmailPolicy[EmailMessage]":
    registry = HeaderRegistry()
    for name in ("message-id", "in-reply-to", "references", "list-unsubscribe"):
        registry.map_to_type(name, _Ids)  # type: ignore[arg-type]
    base = policy.SMTPUTF8 if utf8 else policy.SMTP
    return base.clone(cte_type="7bit", header_factory=registry)


def needs_utf8(mail: Mail) -> bool:
    """Whether an address in it can only be written where the server speaks SMTPUTF8."""
    return not all(each.addr_spec.isascii() for each in (mail.sender, *mail.to, *mail.cc, *mail.bcc))


def as_bytes(mail: Mail) -> bytes:
    """The mail in seven bits, with CR LF at the ends of lines; blind copies are not in it.

    Raises:
        ValueError: a value that cannot stand in a header.
    """
    return as_message(mail).as_bytes()


def as_message(mail: Mail) -> EmailMessage:
    """The mail with its head and its parts.

    Raises:
        ValueError: a value that cannot stand in a header.
    """
    message = EmailMessage(policy=_policy(utf8=needs_utf8(mail)))
    message["From"] = mail.sender
    message["To"] = mail.to or "undisclosed-recipients:;"
    if mail.cc:
        message["Cc"] = mail.cc
    if mail.reply_to:
        message["Reply-To"] = Address(addr_spec=mail.reply_to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    for name, value in mail.headers().items():
        message[name] = value
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for file in mail.files:
        main, _, sub = _safe_type(file.type).partition("/")
        message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
    return message


def _safe_type(kind: str) -> str:
    # A part that is a mail or a multipart of its own would be opened up by servers on its way.
    if not _TYPE.fullmatch(kind.lower()) or kind.lower().startswith(("message/", "multipart/")):
        return "application/octet-stream"
    return kind.lower()
