"""E-mail as the desk knows it: answers go out, mail comes in, and what was erased is forgotten."""

from collections.abc import Sequence
from functools import partial

from sonnim.channels.adapter import Arrived, Begun, Carried, Filed, Ignored
from sonnim.channels.kinds.postbox import filing, sending
from sonnim.channels.kinds.postbox.actions.filed import forget_words
from sonnim.channels.kinds.postbox.hooks import reports
from sonnim.conversations.actions.delivering import Outgoing


def carry(outgoing: Outgoing) -> Carried:
    """Send an answer. Raises: NotSent, Unsure."""
    return sending.carry(outgoing)


def receive(arrived: Arrived) -> Filed | Ignored:
    """File a mail. Raises: Quarantine, Later."""
    return begin(arrived).finish()


def begin(arrived: Arrived) -> Begun:
    """Read a mail, to be filed together with others. Raises: Quarantine."""
    if reports.is_kept(arrived):
        return Begun(partial(reports.note_kept, arrived), alone=True)
    return filing.begin(arrived)


def erase(entry_ids: Sequence[int]) -> None:
    """Forget the wording that is kept beside these entries."""
    forget_words(entry_ids=entry_ids)
