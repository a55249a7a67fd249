"""Reports as clients see them."""

from datetime import datetime

from typing_extensions import TypedDict

from sonnim.contacts.shapes import ContactObject
from sonnim.conversations.shapes import ConversationObject


class LoadObject(TypedDict):
    """How much an agent has: conversations that are open, and of these the ones whose shopper waits."""

    agent_id: int
    open: int
    waiting: int


class BarObject(TypedDict):
    """How many took at most so many seconds, and more than the bar before; None: longer than all others."""

    upto_s: int | None
    n: int


class SpreadObject(TypedDict):
    """How long something took today; `kept` of `n` were within the promise."""

    n: int
    kept: int
    median_s: float | None
    p90_s: float | None
    bars: list[BarObject]


class BoardObject(TypedDict):
    """The desk at this moment: who waits, most pressing first, who has how much, how today went.

    `waiting` is cut at 100; `waiting_n` counts all. `late_n` counts among those who are shown.
    """

    at: datetime
    waiting_n: int
    late_n: int
    open_n: int
    unassigned_n: int
    waiting: list[ConversationObject]
    contacts: list[ContactObject]
    loads: list[LoadObject]
    today_since: datetime
    promises_first_reply: bool
    first_replies: SpreadObject
    resolutions: SpreadObject
    late_today: int
