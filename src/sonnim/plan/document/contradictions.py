"""What a plan must not say when it is published: it would contradict itself, or name what is not there. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sonnim.plan.document.parts import ROLES, LimitedRole, Party
from sonnim.plan.document.schema import SECTIONS, PlanChannel, PlanConcession, PlanDocument, PlanLimit

What = Literal[
    "gone", "no_such_row", "twice", "no_day", "ends_before", "currency", "percent", "role", "less_than_below"
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where.

    `gone`: a team, an agent or a calendar that is not here any more; `no_such_row`: refers to nothing; `twice`: a
    channel has two rows, or a role two limits of the same kind; `currency`: money without a currency; `percent`: more
    than 100; `role`: a role that is not said; `less_than_below`: a role may do less than the one below it.
    """

    section: str
    row: str
    field: str
    what: What


def contradictions(document: PlanDocument, *, here: set[tuple[str, int]]) -> list[Fault]:
    """All of them, in the order of the document.

    Args:
        here: the teams, agents and calendars of the shop, `("team", 3)`.
    """
    return [
        Fault(section, row.id, field, what)
        for section in SECTIONS
        for row in getattr(document, section)
        for field, what in (*_here(row, here), *_references(row, document), *_own(row, document))
    ]


Wrong = Iterator[tuple[str, What]]


def _here(row: Any, here: set[tuple[str, int]]) -> Wrong:
    if isinstance(row, PlanChannel) and row.calendar_id is not None and ("calendar", row.calendar_id) not in here:
        yield "calendar_id", "gone"
    for field in type(row).model_fields:
        party = getattr(row, field)
        if not isinstance(party, Party):
            continue
        if party.kind == "role":
            if not party.role:
                yield field, "role"
        elif (party.kind, party.id) not in here:
            yield field, "gone"


def _references(row: Any, document: PlanDocument) -> Wrong:
    topics = {"", *(each.id for each in document.topics)}
    concessions = {"", *(each.id for each in document.concessions)}
    if getattr(row, "topic", "") not in topics:
        yield "topic", "no_such_row"
    if getattr(row, "concession", "") not in concessions:
        yield "concession", "no_such_row"
    if not set(getattr(row, "concessions", ())) <= concessions:
        yield "concessions", "no_such_row"


def _own(row: Any, document: PlanDocument) -> Wrong:
    if isinstance(row, PlanConcession):
        yield from _days(row)
        yield from _limits(row)
    channel = getattr(row, "channel", None)
    if channel is not None and next(each for each in document.channels if each.channel == channel) is not row:
        yield "channel", "twice"


def _days(row: PlanConcession) -> Wrong:
    days = {"starts": row.starts, "ends": row.ends}
    wrong = [field for field, day in days.items() if day and not _is_day(day)]
    for field in wrong:
        yield field, "no_day"
    if not wrong and row.starts and row.ends and row.ends < row.starts:
        yield "ends", "ends_before"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _limits(row: PlanConcession) -> Wrong:
    seen = set()
    for limit in row.limits:
        key = (limit.role, limit.measure, limit.currency if limit.measure == "amount" else "")
        if key in seen:
            yield "limits", "twice"
        seen.add(key)
        if limit.measure == "amount" and limit.value and not limit.currency:
            yield "limits", "currency"
        if limit.measure == "percent" and limit.value and Decimal(limit.value) > 100:
            yield "limits", "percent"
    free = {limit.role for limit in row.limits if limit.measure == "any"}
    if any(_less(lower, higher, free) for lower in row.limits for higher in row.limits):
        yield "limits", "less_than_below"


def _less(lower: PlanLimit, higher: PlanLimit, free: set[LimitedRole]) -> bool:
    """Of a role's limits all hold, but whoever is free needs none."""
    if ROLES.index(lower.role) >= ROLES.index(higher.role) or higher.role in free:
        return False
    if lower.role in free:
        return True
    if higher.measure == "none":
        return lower.measure != "none"
    same = lower.measure == higher.measure and lower.currency == higher.currency
    return same and bool(lower.value and higher.value) and Decimal(higher.value) < Decimal(lower.value)
