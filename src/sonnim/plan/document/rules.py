"""What a plan says about a concession that somebody wants to make. Pure: no Django.

Sums are decimals as strings; nothing here is ever a float.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sonnim.plan.document.parts import ROLES, Party
from sonnim.plan.document.schema import PlanConcession, PlanDecision, PlanDocument, PlanLimit

Why = Literal[
    "allowed",
    "no_plan",
    "unknown",
    "not_now",
    "undecided",
    "not_for_role",
    "over_limit",
    "other_currency",
    "order_needed",
    "amount_needed",
]
"""`no_plan`: nothing is published; `unknown`: not in the menu; `not_now`: outside its days; `undecided`: the plan
leaves the limit open; `order_needed`: percent and money cannot be compared without the order's total;
`amount_needed`: the limit is in money or percent, and only a number of things was named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How much somebody wants to concede: `Asked("percent", "10")`, `Asked("amount", "5000", "KRW")`."""

    measure: Literal["amount", "percent", "count"]
    value: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class OrderTotal:
    """What the order is worth."""

    total: str
    currency: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether it is within a role's limits; `limit` is the one that decided, `limits` are all that hold."""

    allowed: bool
    why: Why
    concession: PlanConcession | None = None
    limit: PlanLimit | None = None
    limits: tuple[PlanLimit, ...] = ()


def concession_of(document: PlanDocument, name: str) -> PlanConcession | None:
    """The entry of the menu with this id, or else the first of this kind."""
    by_id = next((each for each in document.concessions if each.id == name), None)
    return by_id or next((each for each in document.concessions if each.kind == name), None)


def limits_of(concession: PlanConcession, role: str) -> tuple[PlanLimit, ...]:
    """The limits that hold for a role: its own, or those of the next lower role that has any."""
    rank = ROLES.index(role)
    for lower in reversed(ROLES[: rank + 1]):
        own = tuple(limit for limit in concession.limits if limit.role == lower)
        if own:
            return own
    return ()


def verdict(
    document: PlanDocument, name: str, role: str, *, asked: Asked | None, order: OrderTotal | None, today: str
) -> Verdict:
    """Whether somebody of this role may make this concession.

    Args:
        name: id of an entry of the menu, or a kind.
        asked: how much; None asks whether there is any leeway at all.
        today: the day in the shop's time zone, `2026-11-22`.
    """
    concession = concession_of(document, name)
    if concession is None:
        return Verdict(False, "unknown")
    if (concession.starts and today < concession.starts) or (concession.ends and today > concession.ends):
        return Verdict(False, "not_now", concession)
    limits = limits_of(concession, role)
    if role == "owner" or any(limit.measure == "any" for limit in limits):
        free = next((limit for limit in limits if limit.measure == "any"), None)
        return Verdict(True, "allowed", concession, free, limits)
    if not limits:
        return Verdict(False, "undecided", concession)
    return _weighed(concession, limits, asked, order)


def _weighed(
    concession: PlanConcession, limits: tuple[PlanLimit, ...], asked: Asked | None, order: OrderTotal | None
) -> Verdict:
    currencies = {limit.currency for limit in limits if limit.measure == "amount"}
    wanted = _currency_of(asked, order)
    if currencies and wanted and wanted not in currencies:
        in_money = next(limit for limit in limits if limit.measure == "amount")
        return Verdict(False, "other_currency", concession, in_money, limits)
    holding = tuple(
        limit for limit in limits if limit.measure != "amount" or not wanted or limit.currency in {wanted, ""}
    )
    for limit in holding:
        why = _objection(limit, asked, order)
        if why:
            return Verdict(False, why, concession, limit, holding)
    return Verdict(True, "allowed", concession, holding[0], holding)


def _currency_of(asked: Asked | None, order: OrderTotal | None) -> str:
    if asked and asked.measure == "amount":
        return asked.currency
    return order.currency if order else ""


def _objection(limit: PlanLimit, asked: Asked | None, order: OrderTotal | None) -> Why | None:
    if limit.measure == "none":
        return "not_for_role"
    if not limit.value:
        return "undecided"
    most = Decimal(limit.value)
    if not most:
        return "not_for_role"
    if asked is None:
        return None
    given = Decimal(asked.value)
    if limit.measure == "count":
        # A sum of money or a share of an order is given once.
        return "over_limit" if (given if asked.measure == "count" else Decimal(1)) > most else None
    if asked.measure == "count":
        return "amount_needed"
    if asked.measure == limit.measure:
        return "over_limit" if given > most else None
    if order is None or (asked.measure == "amount" and order.currency != asked.currency) or not Decimal(order.total):
        return "order_needed"
    total = Decimal(order.total)
    if limit.measure == "percent":
        return "over_limit" if given * 100 > most * total else None
    return "over_limit" if given * total > most * 100 else None


@dataclass(frozen=True, slots=True)
class Deciding:
    """Who says yes or no to what is above somebody's limit, who else may, and within how many minutes."""

    decided_by: Party
    stand_in: Party | None = None
    deadline_minutes: int | None = None
    decision: PlanDecision | None = None


def decision_about(document: PlanDocument, topic: str) -> PlanDecision | None:
    """The row about a decision's id, a concession's id or kind, or a topic; in this order."""
    concession = concession_of(document, topic)
    ids = {concession.id, topic} if concession else {topic}
    tests: Iterable[Iterable[PlanDecision]] = (
        (row for row in document.decisions if row.id == topic),
        (row for row in document.decisions if ids & set(row.concessions)),
        (row for row in document.decisions if row.topic == topic),
    )
    return next((row for rows in tests for row in rows), None)


def decider_above(
    document: PlanDocument,
    name: str,
    role: str,
    agent_id: int,
    *,
    asked: Asked | None,
    order: OrderTotal | None,
    today: str,
) -> Deciding:
    """Who decides about a concession that this agent may not make: whom the plan names, unless that is nobody above.

    Without a name in the plan it is the lowest role above that may; in the end the owner.
    """
    decision = decision_about(document, name)
    if decision and decision.decided_by and not _is_self(decision.decided_by, role, agent_id):
        return Deciding(decision.decided_by, decision.stand_in, decision.deadline_minutes, decision)
    for above in ROLES[ROLES.index(role) + 1 : -1]:
        if verdict(document, name, above, asked=asked, order=order, today=today).allowed:
            return Deciding(_role(above), _role("owner"), decision.deadline_minutes if decision else None, decision)
    return Deciding(_role("owner"), None, decision.deadline_minutes if decision else None, decision)


def _is_self(party: Party, role: str, agent_id: int) -> bool:
    if party.kind == "agent":
        return party.id == agent_id
    return party.kind == "role" and (not party.role or ROLES.index(party.role) <= ROLES.index(role))


def _role(name: str) -> Party:
    return Party.model_validate({"kind": "role", "role": name})
