"""Whatever is conceded, in whichever order: without asking it never adds up to more than the plan says."""

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sonnim.plan.document.rules import Asked, OrderTotal
from sonnim.plan.document.schema import PlanDocument
from sonnim.plan.ladder.rules import SCALE, Given, as_text, left, order_key, position, to_units, weighed
from sonnim.plan.ladder.tests.bargaining import PLAN

DAY = "2026-11-22"
SUMS = st.decimals(min_value="0.0001", max_value="30000", places=4).map(str)
SHARES = st.decimals(min_value="0.0001", max_value="100", places=4).map(str)
ORDER = OrderTotal("60000", "KRW")


def _plan(**limits: str) -> PlanDocument:
    own: list[dict[str, Any]] = [{"role": "agent", "measure": name, "value": most} for name, most in limits.items()]
    for limit in own:
        if limit["measure"] == "amount":
            limit["currency"] = "KRW"
    return PlanDocument.model_validate({"concessions": [{"id": "x", "kind": "discount", "limits": own}]})


def _conceded(document: PlanDocument, wishes: list[Asked]) -> list[Given]:
    """Who asks for one after the other gets what the plan still allows."""
    before: list[Given] = []
    for asked in wishes:
        told = weighed(document, "x", "agent", asked=asked, order=ORDER, before=before, today=DAY)
        if told.allowed:
            before.append(Given(asked.measure, to_units(asked.value), asked.currency, to_units(ORDER.total), "KRW"))
    return before


@given(st.lists(SUMS, max_size=30))
def test_sums_of_money_never_exceed_the_limit(wishes: list[str]) -> None:
    document = _plan(amount="5000")
    before = _conceded(document, [Asked("amount", each, "KRW") for each in wishes])
    total = sum(each.units for each in before)
    assert total <= 5000 * SCALE
    [rest] = left(document, "x", "agent", order=ORDER, before=before)
    assert rest.value is not None
    assert to_units(rest.value) + total == 5000 * SCALE


@given(st.lists(st.tuples(st.sampled_from(["amount", "percent"]), SHARES), max_size=30), st.integers(1, 9))
def test_money_and_percent_together_never_exceed_the_limit_nor_the_number(
    wishes: list[tuple[str, str]], most: int
) -> None:
    document = _plan(percent="10", count=str(most))
    asked = [Asked("percent", value) if kind == "percent" else Asked("amount", value, "KRW") for kind, value in wishes]
    before = _conceded(document, asked)
    share = sum(
        Decimal(each.units) / SCALE if each.measure == "percent" else Decimal(each.units) / SCALE * 100 / 60_000
        for each in before
    )
    assert share <= 10
    assert len(before) <= most


@given(st.integers(0, 10**14))
def test_sums_are_read_as_they_are_written(units: int) -> None:
    assert to_units(as_text(units)) == units


@given(st.sets(st.sampled_from(["stand", "sale", "coupon", "gift"])), st.sampled_from(["coupon", "gift"]))
def test_one_never_goes_down_the_ladder(steps: set[str], more: str) -> None:
    ladder = PlanDocument.model_validate(PLAN).ladder
    before = position(ladder, steps, set())
    assert position(ladder, steps, {more}) >= before
    assert position(ladder, {*steps, more}, set()) >= before


def test_an_order_is_the_same_however_its_number_is_written() -> None:
    assert order_key(" #Ord-0012 / ㄱ") == order_key("ord 0012ㄱ") != order_key("ord 12ㄱ")
