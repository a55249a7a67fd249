"""What the plan lets an agent give, as the coach reads it: without a database."""

from typing import Any

import pytest

from sonnim.coach.context import Plan
from sonnim.coaching.limits import limits_for
from sonnim.plan.document.schema import PlanDocument

DAY = "2026-11-22"


def limits(role: str = "agent", lang: str = "en", **document: Any) -> Plan:
    return limits_for(PlanDocument.model_validate(document), role=role, lang=lang, today=DAY)


def entry(kind: str, measure: str, value: str = "", **more: Any) -> dict[str, Any]:
    own = {"role": "agent", "measure": measure, "value": value, "currency": more.pop("currency", "")}
    return {"id": more.pop("id", kind), "kind": kind, "limits": [own], **more}


def test_an_empty_plan_limits_nothing() -> None:
    assert limits() == Plan()


def test_nothing_limits_the_owner() -> None:
    assert limits("owner", concessions=[entry("discount", "none"), entry("gift", "none")]) == Plan()


@pytest.mark.parametrize(
    ("entries", "most"),
    [
        ([entry("discount", "percent", "5")], 5.0),
        ([entry("discount", "none")], 0.0),
        ([entry("discount", "any")], None),
        ([entry("discount", "percent")], None),
        ([entry("discount", "amount", "5000", currency="KRW")], None),
        ([entry("discount", "percent", "5"), entry("promotion", "percent", "20")], 20.0),
        ([entry("discount", "percent", "5"), entry("promotion", "percent", "20", ends="2026-11-21")], 5.0),
        ([entry("discount", "percent", "5"), entry("coupon", "amount", "5000", currency="KRW")], 5.0),
    ],
    ids=["a share", "none at all", "any", "undecided", "a sum", "a sale now", "a sale that is over", "beside coupons"],
)
def test_the_highest_share_of_the_price_that_anything_grants_now(
    entries: list[dict[str, Any]], most: float | None
) -> None:
    assert limits(concessions=entries).max_discount_percent == most


def test_a_role_without_limits_of_its_own_has_those_of_the_next_lower_one() -> None:
    assert limits("lead", concessions=[entry("discount", "percent", "5")]).max_discount_percent == 5


MUG = {"ko": "머그컵", "zh": "马克杯", "en": "A mug"}


@pytest.mark.parametrize(
    ("entries", "most"),
    [
        ([entry("gift", "count", "1", title=MUG)], "A mug"),
        ([entry("gift", "count", "3", title=MUG)], None),
        ([entry("gift", "count", "1", title={"en": "A small gift"})], None),
        ([entry("gift", "none", title=MUG)], ""),
        ([entry("gift", "amount", "3", currency="USD", title=MUG)], "3 USD"),
        ([entry("gift", "any", title=MUG)], None),
        ([entry("gift", "count", "1", title=MUG), entry("gift", "count", "1", id="b", title=MUG)], None),
        ([entry("gift", "none", title=MUG), entry("gift", "count", "1", id="b", title=MUG)], "A mug"),
    ],
    ids=["one", "several", "no thing by name", "none", "a worth", "any", "a choice", "one of two"],
)
def test_the_gift_is_named_only_where_there_is_just_one(entries: list[dict[str, Any]], most: str | None) -> None:
    assert limits(concessions=entries).max_gift == most


def test_the_gift_is_named_in_the_agents_language() -> None:
    assert limits(lang="ko", concessions=[entry("gift", "count", "1", title=MUG)]).max_gift == "머그컵"


def test_of_what_is_taken_back_the_longest_time_counts() -> None:
    rows = [
        {"id": "mind", "accepted": "yes", "days": 7},
        {"id": "size", "accepted": "depends", "days": 14},
        {"id": "made", "accepted": "no", "days": 90},
        {"id": "faulty", "accepted": "yes"},
    ]
    assert limits(returns=rows).refund_days == 14
    assert limits(returns=rows[2:]).refund_days is None
