"""How one conversation is changed: its row is held, an event entry tells of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sonnim.conversations.change import Change
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict


@contextmanager
def changing(shop_id: int, conversation_id: int, *, merged_too: bool = False) -> Iterator[tuple[Change, State]]:
    """The bulk writer with this conversation loaded, inside a unit of its shop.

    Raises:
        NotFound: it is none of this shop's.
        Conflict: it goes on in another one, and the caller does not say that it can deal with that.
    """
    with log.unit(shop_id) as work, Change(work) as change:
        change.load([conversation_id])
        about = change.get(shop_id, conversation_id)
        if about.status == "merged" and not merged_too:
            raise Conflict("This conversation was merged into another one.")
        yield change, about


def author_of(by: int | None) -> tuple[str, int | None]:
    """Who an entry is by: an agent, or the desk itself."""
    return ("agent", by) if by is not None else ("system", None)


def tell(
    change: Change, about: State, type: str, data: dict[str, Any], *, by: int | None, public: bool = False
) -> None:
    """Append an event entry and publish it; `by` is the agent who did it, None is the desk itself."""
    entry = change.entry(about, "event", author=author_of(by), data=data, public=public)
    if by is not None and public:  # a shopper is told of what the desk has read only with what is for their eyes
        about.desk_seen_seq = about.last_seq
    change.record(about, type, entries=[entry], public=public)
