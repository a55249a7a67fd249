"""What the service plan lets an agent give, as the coach reads it. Pure: no Django.

Where the plan is silent, or measures in a way that a text alone cannot be held against, there is no limit: the coach
marks only what is surely beyond it.
"""

from collections.abc import Iterable
from decimal import Decimal

from sonnim.coach.context import Plan
from sonnim.plan.document.parts import Said
from sonnim.plan.document.rules import limits_of
from sonnim.plan.document.schema import PlanConcession, PlanDocument, PlanLimit

OFF_THE_PRICE = frozenset({"discount", "promotion", "coupon"})
_ANY_GIFT = ("gift", "present", "freebie", "extra", "선물", "사은품", "덤", "礼", "赠品")
"""A menu that says no more than "a small gift" names no thing to which another one could be compared."""


def limits_for(document: PlanDocument, *, role: str, lang: str, today: str) -> Plan:
    """The limits of somebody of a role.

    Args:
        lang: in which gifts are named.
        today: the day in the shop's time zone, `2026-11-22`.
    """
    if role == "owner":
        return Plan()
    menu = [each for each in document.concessions if _holds(each, today)]
    return Plan(
        max_discount_percent=_discount(menu, role),
        max_gift=_gift([each for each in menu if each.kind == "gift"], role, lang),
        refund_days=_days(document),
    )


def _holds(entry: PlanConcession, today: str) -> bool:
    return not (entry.starts and today < entry.starts) and not (entry.ends and today > entry.ends)


def _discount(menu: Iterable[PlanConcession], role: str) -> float | None:
    """The highest share of a price that any entry grants; None where one of them grants what is no share."""
    known: list[float] = []
    for entry in menu:
        if entry.kind not in OFF_THE_PRICE:
            continue
        shares = [_share(limit) for limit in limits_of(entry, role)]
        if entry.kind == "discount" and (not shares or None in shares):
            return None
        known += [share for share in shares if share is not None]
    return max(known, default=None)


def _share(limit: PlanLimit) -> float | None:
    if limit.measure == "none":
        return 0.0
    return float(Decimal(limit.value)) if limit.measure == "percent" and limit.value else None


def _gift(gifts: list[PlanConcession], role: str, lang: str) -> str | None:
    """The one gift of the menu by its name or its worth; empty where this role gives none."""
    found = [_named(entry, limits_of(entry, role), lang) for entry in gifts]
    if not found or None in found:
        return None
    given = [each for each in found if each]
    return None if len(given) > 1 else "".join(given)


def _named(entry: PlanConcession, limits: tuple[PlanLimit, ...], lang: str) -> str | None:
    if limits and all(limit.measure == "none" for limit in limits):
        return ""
    if len(limits) != 1:
        return None
    [limit] = limits
    if limit.measure == "amount" and limit.value:
        return f"{limit.value} {limit.currency}"
    name = _said(entry.title, lang)
    one = limit.measure == "count" and limit.value == "1"
    return name if one and name and not any(word in name.lower() for word in _ANY_GIFT) else None


def _said(said: Said, lang: str) -> str:
    return (getattr(said, lang, "") or said.en or said.ko or said.zh).strip()


def _days(document: PlanDocument) -> int | None:
    """The longest time within which anything is taken back."""
    return max((row.days for row in document.returns if row.accepted != "no" and row.days is not None), default=None)
