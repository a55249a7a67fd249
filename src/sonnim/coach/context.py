"""What surrounds a draft: the conversation so far, the channel, what the shop has decided."""

from typing import Annotated, Literal

import msgspec


class Turn(msgspec.Struct, frozen=True):
    """One message of the conversation, oldest first."""

    role: Literal["customer", "agent"]
    text: str


class Plan(msgspec.Struct, frozen=True):
    """What this agent may give; what is absent is not limited by the plan that was handed over."""

    max_discount_percent: Annotated[float, msgspec.Meta(ge=0, le=100)] | None = None
    max_gift: str | None = None
    refund_days: Annotated[int, msgspec.Meta(ge=0)] | None = None


class Context(msgspec.Struct, frozen=True, kw_only=True, rename={"turns": "context"}):
    """Everything but the draft, as a line of `sonnim coach review --json` gives it.

    Attributes:
        lang: the agent's language, which is that of the messages; a draft in another one is read in its own.
        page: the address of the page that the shopper is on.
        glossary: a trade word or in-house code → the plain word for it.
        names: how the shopper may be addressed, as far as the shop knows.
        busy: whether others are waiting; None if nobody said.
        resolving: whether the conversation is resolved with this draft; None if nobody said.
        speaks: languages in which the shopper can be written to, besides the one they write.
    """

    lang: str = "en"
    channel: str = "chat"
    page: str | None = None
    turns: list[Turn] = []
    plan: Plan | None = None
    glossary: dict[str, str] | None = None
    names: list[str] = []
    busy: bool | None = None
    resolving: bool | None = None
    speaks: list[str] = []


class Line(Context, frozen=True, kw_only=True):
    """A draft with its context: one line of input."""

    draft: str
