"""A shopper's talk with the desk: the conversation they are in, with all that was merged into it or split off."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from sonnim.conversations import families
from sonnim.conversations.queries import conversation_state, conversations_of
from sonnim.conversations.shapes import ENTRY_COLUMNS, entry_object
from sonnim.conversations.state import State

FURTHEST = 50
MAX_PAGE = 100


@dataclass(frozen=True, slots=True)
class Talk:
    """What a shopper's screen shows.

    Attributes:
        current: where their next message goes.
        conversations: those that are open or settled on their own, the current one among them.
        ids: of all whose entries belong to it, merged ones included.
    """

    current: State
    conversations: list[State]
    ids: list[int]


def talk_of(*, shop_id: int, contact_id: int) -> Talk | None:
    """A contact's newest talk, or None when there was none yet."""
    found = conversations_of(shop_id=shop_id, contact_id=contact_id, limit=FURTHEST, live=True)
    if not found:
        return None
    newest = found[0]
    around = [each for each in families.family(newest, found) if each.channel == newest.channel]
    current = families.current(newest, around) or _followed(newest)
    shown = [each for each in around if each.status != "merged"]
    if current.id not in {each.id for each in around}:
        return Talk(current, [*shown, current], [*(each.id for each in around), current.id])
    return Talk(current, shown, [each.id for each in around])


def _followed(state: State) -> State:
    while state.status == "merged" and state.merged_into_id is not None:
        state = conversation_state(shop_id=state.shop_id, conversation_id=state.merged_into_id)
    return state


def talk_entries(
    *, ids: list[int], before: int | None = None, limit: int = 50
) -> tuple[list[dict[str, Any]], int | None]:
    """What the shopper may see of these conversations, the newest before an entry, oldest first.

    Args:
        before: an entry's id. Ids grow with time within a shop, so that they put several timelines into one order.

    Returns:
        The entries' objects, and the id to go on from (None at the beginning).
    """
    size = min(max(limit, 1), MAX_PAGE)
    earlier = "" if before is None else " AND id < %(before)s"
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as database:
        for conversation_id in ids:
            database.execute(
                f"SELECT {ENTRY_COLUMNS} FROM conversations_entry WHERE conversation_id = %(conversation)s "  # noqa: S608
                f"AND public{earlier} ORDER BY seq DESC LIMIT %(limit)s",
                {"conversation": conversation_id, "before": before, "limit": size + 1},
            )
            rows += database.fetchall()
    rows.sort(key=lambda row: row[0], reverse=True)
    page = rows[:size]
    following = page[-1][0] if len(rows) > len(page) else None
    # How a message travelled is the desk's own business.
    return [{**entry_object(row), "delivery": None} for row in reversed(page)], following
