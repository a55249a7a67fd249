"""A mailbox whose server does not answer rests for a while, so that its mails do not hold up those of another one."""

import threading
from dataclasses import dataclass

from sonnim.channels.adapter import NotSent
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.kernel import clock

REST_S = 60.0
_resting: dict[int, "_Rest"] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class _Rest:
    until: float
    settings: object
    note: str


def rest(mailbox: Mailbox, *, note: str) -> None:
    """Let nothing go out through this mailbox for REST_S seconds, or until it is set up anew; `note` says why."""
    with _lock:
        _resting[mailbox.pk] = _Rest(clock.monotonic() + REST_S, _settings(mailbox), note)


def require_awake(mailbox: Mailbox) -> None:
    """Raises: NotSent, with the note, while the mailbox rests."""
    with _lock:
        found = _resting.get(mailbox.pk)
        if found is None:
            return
        if found.until <= clock.monotonic() or found.settings != _settings(mailbox):
            del _resting[mailbox.pk]
            return
    raise NotSent(found.note, permanent=False)


def _settings(mailbox: Mailbox) -> object:
    return mailbox.way_out, mailbox.smtp, mailbox.provider, mailbox.secrets
