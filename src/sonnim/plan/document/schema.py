"""The service plan of a shop as one validated document. Pure: no Django.

Everything may be empty, since a plan grows; what is empty is an open question (see completeness). What would make a
published plan contradict itself is found by `rules.contradictions`, not here: a draft may be in between.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sonnim.plan.document.parts import (
    MAX_LIMITS,
    Amount,
    Currency,
    Day,
    LimitedRole,
    Locale,
    Measure,
    Minutes,
    Part,
    Party,
    Reference,
    Row,
    Rows,
    Said,
)

Kind = Literal[
    "discount",
    "promotion",
    "coupon",
    "points",
    "gift",
    "free_shipping",
    "express",
    "partial_refund",
    "full_refund",
    "replacement",
    "repair",
    "free_return",
    "other",
]
"""What can be conceded."""
KINDS: tuple[str, ...] = Kind.__args__  # type: ignore[attr-defined]
MAX_BYTES = 200_000


class PlanTopic(Row):
    """Something shoppers ask about, and who answers it."""

    title: Said = Said()
    answered_by: Party | None = None
    stand_in: Party | None = None
    note: Said = Said()


class PlanDecision(Row):
    """Something that not everybody may decide: by whom, by whom else, and within which time.

    `topic` names a topic; `concessions` names what is asked for above one's own limit.
    """

    title: Said = Said()
    topic: Reference = ""
    concessions: Annotated[list[Reference], Field(max_length=30)] = []
    decided_by: Party | None = None
    stand_in: Party | None = None
    deadline_minutes: Minutes | None = None
    note: Said = Said()


class PlanInformation(Row):
    """A question whose answer the desk must know by heart, or (`ask`) that only the shopper can answer."""

    topic: Reference = ""
    question: Said = Said()
    answer: Said = Said()
    ask: bool = False
    needed: bool = True


class PlanChannel(Row):
    """How fast a channel is answered, in words, and by which calendar; `channel` empty: all that have no row."""

    channel: Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9_-]*$")] = ""
    calendar_id: Annotated[int, Field(ge=1, lt=10**15)] | None = None
    promise: Said = Said()
    note: Said = Said()


class PlanReturn(Row):
    """A reason to send something back: whether it is taken back, within how many days, at whose cost."""

    title: Said = Said()
    accepted: Literal["", "yes", "no", "depends"] = ""
    days: Annotated[int, Field(ge=0, le=3_650)] | None = None
    paid_by: Literal["", "shop", "shopper"] = ""
    conditions: Said = Said()


class PlanStep(Row):
    """One step of the claims procedure, in order."""

    title: Said = Said()
    what: Said = Said()
    done_by: Party | None = None
    within_minutes: Minutes | None = None


class PlanLimit(Part):
    """How much a role may concede without asking; owners need no limit, since they decide in the end.

    `none`: not at all; `any`: as much as is needed; `amount`: money in `currency`; `percent`: of the order;
    `count`: how many at once. Of a role's limits all hold that measure differently, and of those in money the one in
    the currency of what is asked. A role without limits has those of the next lower one.
    """

    role: LimitedRole
    measure: Measure = "none"
    value: Amount = ""
    currency: Currency = ""


class PlanConcession(Row):
    """An entry of the compensation menu. `starts` and `ends` are days in the shop's time zone, both included."""

    kind: Kind
    title: Said = Said()
    limits: Annotated[list[PlanLimit], Field(max_length=MAX_LIMITS)] = []
    conditions: Said = Said()
    sentence: Said = Said()
    starts: Day = ""
    ends: Day = ""


class PlanRung(Row):
    """A step of the negotiation ladder; without a concession one stands on price and quality."""

    title: Said = Said()
    concession: Reference = ""
    reason: Said = Said()
    sentence: Said = Said()


class PlanRefusal(Row):
    """What is refused, why, and the nearest thing that is possible, which may be a concession."""

    title: Said = Said()
    reason: Said = Said()
    nearest: Said = Said()
    concession: Reference = ""
    sentence: Said = Said()


def _each_once(locales: list[Locale]) -> list[Locale]:
    if len(set(locales)) != len(locales):
        raise ValueError("names a language twice")
    return locales


class PlanDocument(Part):
    """The whole plan. `languages` are those in which the shop speaks with shoppers."""

    languages: Annotated[list[Locale], Field(min_length=1), AfterValidator(_each_once)] = ["ko", "zh", "en"]
    topics: Rows[PlanTopic] = []
    decisions: Rows[PlanDecision] = []
    information: Rows[PlanInformation] = []
    channels: Rows[PlanChannel] = []
    returns: Rows[PlanReturn] = []
    claims: Rows[PlanStep] = []
    concessions: Rows[PlanConcession] = []
    ladder: Rows[PlanRung] = []
    refusals: Rows[PlanRefusal] = []


SECTIONS = (
    "topics",
    "decisions",
    "information",
    "channels",
    "returns",
    "claims",
    "concessions",
    "ladder",
    "refusals",
)
"""In the order in which they are read."""
