"""What a plan allows to whom, and whom one asks above that."""

from typing import Any

import pytest

from sonnim.plan.document.parts import Party
from sonnim.plan.document.rules import Asked, OrderTotal, Why, decider_above, verdict
from sonnim.plan.document.schema import PlanDocument

DAY = "2026-11-22"


def limit(role: str, measure: str, value: str = "", currency: str = "") -> dict[str, str]:
    return {"role": role, "measure": measure, "value": value, "currency": currency}


PLAN: dict[str, Any] = {
    "concessions": [
        {
            "id": "coupon",
            "kind": "coupon",
            "limits": [limit("agent", "amount", "5000", "KRW"), limit("agent", "amount", "30", "CNY")],
        },
        {
            "id": "cut",
            "kind": "discount",
            "limits": [
                limit("agent", "percent", "10"),
                limit("agent", "amount", "3000", "KRW"),
                limit("lead", "percent", "20"),
            ],
        },
        {"id": "gift", "kind": "gift", "limits": [limit("agent", "count", "1"), limit("admin", "any")]},
        {"id": "sale", "kind": "promotion", "starts": "2026-11-20", "ends": DAY, "limits": [limit("agent", "any")]},
        {"id": "refund", "kind": "full_refund", "limits": [limit("agent", "none"), limit("lead", "any")]},
        {"id": "repair", "kind": "repair"},
    ],
    "decisions": [
        {
            "id": "refunds",
            "topic": "money",
            "concessions": ["refund"],
            "decided_by": {"kind": "agent", "id": 7},
            "stand_in": {"kind": "role", "role": "owner"},
            "deadline_minutes": 30,
        }
    ],
}  # fmt: skip
DOCUMENT = PlanDocument.model_validate(PLAN)
ORDER = OrderTotal("20000", "KRW")


def won(value: str) -> Asked:
    return Asked("amount", value, "KRW")


@pytest.mark.parametrize(
    ("name", "role", "asked", "order", "why"),
    [
        ("coupon", "agent", won("5000"), None, "allowed"),
        ("coupon", "agent", won("5000.01"), None, "over_limit"),
        ("coupon", "agent", Asked("amount", "30", "CNY"), None, "allowed"),
        ("coupon", "agent", Asked("amount", "1", "USD"), None, "other_currency"),
        ("coupon", "agent", Asked("percent", "25"), ORDER, "allowed"),
        ("coupon", "agent", Asked("percent", "25.1"), ORDER, "over_limit"),
        ("coupon", "agent", Asked("percent", "5"), None, "order_needed"),
        ("coupon", "agent", Asked("count", "1"), None, "amount_needed"),
        ("coupon", "lead", won("5000"), None, "allowed"),
        ("cut", "agent", Asked("percent", "10"), ORDER, "allowed"),
        ("cut", "agent", Asked("percent", "10"), OrderTotal("50000", "KRW"), "over_limit"),
        ("cut", "agent", won("2001"), ORDER, "over_limit"),
        ("cut", "lead", Asked("percent", "20"), None, "allowed"),
        ("cut", "lead", won("4000"), OrderTotal("20", "USD"), "order_needed"),
        ("cut", "lead", won("4000"), OrderTotal("0", "KRW"), "order_needed"),
        ("discount", "lead", Asked("percent", "21"), None, "over_limit"),
        ("gift", "agent", None, None, "allowed"),
        ("gift", "agent", Asked("count", "2"), None, "over_limit"),
        ("gift", "agent", won("900"), None, "allowed"),
        ("gift", "admin", Asked("count", "9"), None, "allowed"),
        ("sale", "agent", None, None, "allowed"),
        ("refund", "agent", won("1"), None, "not_for_role"),
        ("refund", "owner", won("1000000"), None, "allowed"),
        ("repair", "agent", None, None, "undecided"),
        ("points", "owner", None, None, "unknown"),
    ],
)
def test_a_concession_is_weighed_against_the_limits_of_a_role(
    name: str, role: str, asked: Asked | None, order: OrderTotal | None, why: Why
) -> None:
    told = verdict(DOCUMENT, name, role, asked=asked, order=order, today=DAY)
    assert (told.why, told.allowed) == (why, why == "allowed")


@pytest.mark.parametrize(
    ("day", "why"), [("2026-11-19", "not_now"), ("2026-11-20", "allowed"), ("2026-11-23", "not_now")]
)
def test_a_promotion_holds_from_its_first_to_its_last_day(day: str, why: str) -> None:
    assert verdict(DOCUMENT, "sale", "owner", asked=None, order=None, today=day).why == why


def asks(name: str, role: str, agent_id: int, asked: Asked | None = None) -> tuple[Party, Party | None, int | None]:
    above = decider_above(DOCUMENT, name, role, agent_id, asked=asked, order=None, today=DAY)
    return above.decided_by, above.stand_in, above.deadline_minutes


def role(name: str) -> Party:
    return Party.model_validate({"kind": "role", "role": name})


def test_whom_the_plan_names_decides_within_the_time_it_names() -> None:
    assert asks("refund", "agent", 1) == (Party(kind="agent", id=7), role("owner"), 30)


def test_nobody_decides_about_their_own_request() -> None:
    assert asks("refund", "agent", 7) == (role("lead"), role("owner"), 30)


def test_without_a_name_the_lowest_role_above_that_may_decides() -> None:
    assert asks("cut", "agent", 1, Asked("percent", "15"))[0] == role("lead")
    assert asks("gift", "agent", 1, Asked("count", "2"))[0] == role("admin")


def test_in_the_end_the_owner_decides() -> None:
    assert asks("cut", "lead", 1, Asked("percent", "90")) == (role("owner"), None, None)
    assert asks("points", "agent", 1) == (role("owner"), None, None)
