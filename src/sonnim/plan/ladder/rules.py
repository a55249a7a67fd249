"""How far one is on the ladder, and what is left of a limit after all that was conceded before. Pure: no Django.

A limit binds what is conceded of one entry of the menu for one order, by whomever: the sum of it. Everything is
reckoned in ten-thousandths, as whole numbers or fractions of them; nothing here is ever a float.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sonnim.plan.document.rules import Asked, OrderTotal, Verdict, concession_of, limits_of, verdict
from sonnim.plan.document.schema import PlanDocument, PlanLimit, PlanRung

SCALE = 10_000
"""The plan's sums have at most four digits after the point."""
STAND = "stand"
MOST_OF_A_KEY = 80
"""As its column holds; one letter may become several."""


@dataclass(frozen=True, slots=True)
class Given:
    """Something conceded before, for the same order. `units` are ten-thousandths, as those of the order's total."""

    measure: str
    units: int
    currency: str = ""
    order_units: int | None = None
    order_currency: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """A limit, and what is left of it: None where that cannot be said, since it was conceded in another measure."""

    limit: PlanLimit
    value: str | None


def to_units(value: str) -> int:
    """A decimal of at most four digits after the point as a whole number of ten-thousandths."""
    return int(Decimal(value) * SCALE)


def as_text(units: int) -> str:
    """Ten-thousandths as a decimal without needless digits: 50000 → `5`."""
    whole, rest = divmod(units, SCALE)
    return f"{whole}.{rest:04d}".rstrip("0") if rest else str(whole)


def order_key(order: str) -> str:
    """What makes two ways of writing an order's number the same one: neither case, signs nor full width do."""
    plain = unicodedata.normalize("NFKC", order).casefold()
    return "".join(letter for letter in plain if letter.isalnum())[:MOST_OF_A_KEY]


def weighed(
    document: PlanDocument,
    name: str,
    role: str,
    *,
    asked: Asked,
    order: OrderTotal | None,
    before: Sequence[Given],
    today: str,
) -> Verdict:
    """Whether somebody of a role may concede this after all that was conceded before.

    Args:
        before: what was conceded of the same entry of the menu for the same order, and not taken back.
    """
    alone = verdict(document, name, role, asked=asked, order=order, today=today)
    if not alone.allowed or not before or _is_free(alone, role):
        return alone
    pieces = sum((_pieces(each) for each in before), Fraction(1))
    if asked.measure == "count":
        pieces += Fraction(asked.value) - 1
    for limit in alone.limits:
        if limit.measure == "count":
            if pieces > Fraction(limit.value):
                return Verdict(False, "over_limit", alone.concession, limit, alone.limits)
            continue
        given = _sum(before, limit, order)
        wanted = _in(limit, asked.measure, to_units(asked.value), asked.currency, order)
        if given is None or wanted is None:
            return Verdict(False, "order_needed", alone.concession, limit, alone.limits)
        if given + wanted > to_units(limit.value):
            return Verdict(False, "over_limit", alone.concession, limit, alone.limits)
    return alone


def left(
    document: PlanDocument, name: str, role: str, *, order: OrderTotal | None, before: Sequence[Given]
) -> tuple[Left, ...]:
    """The limits of a role and what is left of each."""
    concession = concession_of(document, name)
    if concession is None:
        return ()
    return tuple(Left(limit, _rest(limit, order, before)) for limit in limits_of(concession, role))


def position(ladder: Sequence[PlanRung], steps: set[str], concessions: set[str]) -> int:
    """The highest rung that was stood on, counted from 0; -1 before the first.

    Args:
        steps: ids of the rungs that were noted.
        concessions: ids of what was conceded, by whichever way.
    """
    reached = (
        place
        for place, rung in enumerate(ladder)
        if rung.id in steps or (rung.concession and rung.concession in concessions)
    )
    return max(reached, default=-1)


def _rest(limit: PlanLimit, order: OrderTotal | None, before: Sequence[Given]) -> str | None:
    if limit.measure == "none":
        return "0"
    if limit.measure == "any" or not limit.value:
        return None
    most = Fraction(to_units(limit.value))
    given = sum(map(_pieces, before), Fraction(0)) * SCALE if limit.measure == "count" else _sum(before, limit, order)
    return None if given is None else as_text(int(max(most - given, Fraction(0))))


def _is_free(told: Verdict, role: str) -> bool:
    return role == "owner" or any(limit.measure == "any" for limit in told.limits)


def _pieces(given: Given) -> Fraction:
    """A sum of money or a share of an order is given once."""
    return Fraction(given.units, SCALE) if given.measure == "count" else Fraction(1)


def _sum(before: Sequence[Given], limit: PlanLimit, order: OrderTotal | None) -> Fraction | None:
    found = Fraction(0)
    for each in before:
        own = _total_of(each) or order
        part = _in(limit, each.measure, each.units, each.currency, own)
        if part is None:
            return None
        found += part
    return found


def _total_of(given: Given) -> OrderTotal | None:
    return OrderTotal(as_text(given.order_units), given.order_currency) if given.order_units else None


def _in(limit: PlanLimit, measure: str, units: int, currency: str, order: OrderTotal | None) -> Fraction | None:
    """What is conceded in the measure of a limit; None where the order's total would have to be known."""
    if measure == "count":
        return Fraction(0)  # pieces are limited by their number
    if measure == limit.measure and (measure == "percent" or limit.currency in {currency, ""}):
        return Fraction(units)
    if order is None or not Decimal(order.total):
        return None
    total = Fraction(order.total)
    if measure == "amount" and limit.measure == "percent" and currency == order.currency:
        return Fraction(units) * 100 / total
    if measure == "percent" and limit.measure == "amount" and limit.currency in {order.currency, ""}:
        return Fraction(units) * total / 100
    return None
