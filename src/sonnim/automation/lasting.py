"""How long something lasts in a conversation: since when, and how such conversations are found. Pure."""

from sonnim.automation.rules import Lasting, Open, Silent, Waiting
from sonnim.conversations import rules as states
from sonnim.conversations.state import State

SINCE: dict[type[Lasting], str] = {Waiting: "waiting_since", Silent: "last_at", Open: "created_at"}
"""The column that says since when it is so."""


def lasting_sql(event: Lasting, now: int) -> tuple[str, list[int], tuple[int, int]]:
    """Of which open conversations it is so: a condition, its parameters, and where to begin in the order of rank."""
    since = now - event.for_s * 1000
    match event:
        case Waiting():
            return "rank < %s AND waiting_since <= %s", [states.NEWEST_FIRST // 2, since], (-1, 0)
        case Silent():
            # Those that nobody waits in stand by their last word, the newest first.
            return "waiting_since IS NULL AND last_at <= %s", [since], (states.NEWEST_FIRST - since - 1, 0)
        case Open():
            return "created_at <= %s", [since], (-1, 0)


def since_of(event: Lasting, about: State) -> int | None:
    """Since when what it listens to lasts; None when it does not."""
    if about.status != "open":
        return None
    match event:
        case Waiting():
            return about.waiting_since
        case Silent():
            return about.last_at if about.waiting_since is None else None
        case Open():
            return about.created_at
