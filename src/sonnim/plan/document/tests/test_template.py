"""The plan that a shop begins with: of use at once, honest about what it does not know."""

from typing import Any

import pytest

from sonnim.plan.document.completeness import open_questions, shares, whole
from sonnim.plan.document.contradictions import contradictions
from sonnim.plan.document.parts import Said
from sonnim.plan.document.rules import verdict
from sonnim.plan.document.schema import MAX_BYTES, SECTIONS
from sonnim.plan.document.template import starting_plan

PLAN = starting_plan()


def texts(part: Any) -> list[Said]:
    if isinstance(part, Said):
        return [part]
    if isinstance(part, list):
        return [text for each in part for text in texts(each)]
    if hasattr(type(part), "model_fields"):
        return [text for name in type(part).model_fields for text in texts(getattr(part, name))]
    return []


def test_each_section_begins_with_something() -> None:
    assert [section for section in SECTIONS if not getattr(PLAN, section)] == []


def test_what_it_says_it_says_in_three_languages() -> None:
    said = texts(PLAN)
    assert len(said) > 100
    assert [text for text in said if len({bool(text.ko), bool(text.zh), bool(text.en)}) > 1] == []


def test_it_contradicts_nothing_and_is_small() -> None:
    assert contradictions(PLAN, here=set()) == []
    assert len(PLAN.model_dump_json().encode()) < MAX_BYTES / 3


def test_sums_times_and_facts_of_the_shop_are_left_to_its_owner() -> None:
    fields = {each.field for each in open_questions(PLAN)}
    assert {"answer", "limits", "days"} <= fields
    assert {each.section for each in open_questions(PLAN)} >= {"information", "returns", "concessions"}
    assert 60 <= whole(PLAN).percent < 85
    assert shares(PLAN)["ladder"].percent == 100


@pytest.mark.parametrize(
    ("name", "role", "why"),
    [
        ("promotion", "agent", "allowed"),
        ("free_shipping", "agent", "allowed"),
        ("gift", "agent", "allowed"),
        ("coupon", "agent", "undecided"),
        ("full_refund", "agent", "not_for_role"),
        ("full_refund", "lead", "allowed"),
    ],
)
def test_an_agent_may_help_at_once_and_promises_no_money_yet(name: str, role: str, why: str) -> None:
    assert verdict(PLAN, name, role, asked=None, order=None, today="2026-11-22").why == why


@pytest.mark.parametrize(("locale", "currency"), [("ko", "KRW"), ("zh", "CNY"), ("en", "USD")])
def test_its_sums_will_be_in_the_currency_of_the_shop(locale: str, currency: str) -> None:
    limits = [limit for each in starting_plan(locale).concessions for limit in each.limits]
    assert {(limit.measure == "amount", limit.currency) for limit in limits} == {(True, currency), (False, "")}


def test_the_ladder_goes_from_price_and_quality_to_promotion_shipping_and_a_gift() -> None:
    assert [rung.concession for rung in PLAN.ladder] == ["", "promotion", "free_shipping", "gift"]
