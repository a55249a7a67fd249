"""What somebody wants to concede, as it comes in and as it is weighed."""

from dataclasses import dataclass
from typing import Literal

from sonnim.kernel.errors import Forbidden, Invalid
from sonnim.plan.document.rules import Asked, OrderTotal, Verdict
from sonnim.plan.document.schema import PlanConcession
from sonnim.plan.ladder.rules import SCALE, to_units

Measure = Literal["amount", "percent", "count"]
MOST = 2**53


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A concession for an order, or with a step alone that one stood by price and quality.

    Attributes:
        value: a decimal as text, of at most four digits after the point.
        order: its number, as written by the agent.
        order_total: what it is worth; needed where percent and money are compared.
    """

    concession: str = ""
    step: str = ""
    measure: Measure = "count"
    value: str = "1"
    currency: str = ""
    order: str = ""
    order_total: str = ""
    order_currency: str = ""
    reason: str = ""
    sentence: str = ""

    def asked(self) -> Asked:
        """How much."""
        return Asked(self.measure, self.value, self.currency)

    def total(self) -> OrderTotal | None:
        """Of which order, if its worth is known."""
        return OrderTotal(self.order_total, self.order_currency) if self.order_total else None


class AboveLimit(Forbidden):
    """The plan does not let this agent concede so much; `fields` say why (`why`), and whom to ask."""

    code, title = "above_limit", "This is above your limit"


def check(wanted: Wanted) -> None:
    """Raises: Invalid, for nothing at all, sums without a currency, or more than a hundred percent."""
    units = to_units(wanted.value)
    if not 0 < units < MOST:
        raise Invalid(fields={"value": "more than nothing"})
    if wanted.measure == "amount" and not wanted.currency:
        raise Invalid(fields={"currency": "a sum of money has a currency"})
    if wanted.measure == "percent" and units > 100 * SCALE:
        raise Invalid(fields={"value": "at most 100 percent"})
    if wanted.measure == "count" and units % SCALE:
        raise Invalid(fields={"value": "whole pieces"})
    if bool(wanted.order_total) != bool(wanted.order_currency):
        raise Invalid(fields={"order_total": "with its currency"})


def found(told: Verdict) -> PlanConcession:
    """What the plan calls by this name. Raises: Invalid, when it does not know it."""
    if told.concession is None:
        raise Invalid("The plan has no such concession.", fields={"concession": "unknown"})
    return told.concession
