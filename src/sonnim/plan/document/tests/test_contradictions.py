"""What keeps a plan from being published."""

from typing import Any

import pytest

from sonnim.plan.document.contradictions import Fault, contradictions
from sonnim.plan.document.schema import PlanDocument

HERE = {("team", 3), ("agent", 7), ("calendar", 5)}


def faults(**sections: Any) -> list[Fault]:
    return contradictions(PlanDocument.model_validate(sections), here=HERE)


def gift(**changed: Any) -> dict[str, Any]:
    return {"id": "gift", "kind": "gift", **changed}


def limit(role: str, measure: str, value: str = "", currency: str = "") -> dict[str, str]:
    return {"role": role, "measure": measure, "value": value, "currency": currency}


def test_a_plan_with_open_questions_contradicts_nothing() -> None:
    assert faults() == []
    assert faults(topics=[{"id": "a"}], decisions=[{"id": "b", "topic": "a"}], concessions=[gift()]) == []


@pytest.mark.parametrize(
    ("party", "what"),
    [
        ({"kind": "team", "id": 3}, None),
        ({"kind": "agent", "id": 7}, None),
        ({"kind": "role", "role": "owner"}, None),
        ({"kind": "team", "id": 7}, "gone"),
        ({"kind": "agent", "id": 8}, "gone"),
        ({"kind": "role"}, "role"),
    ],
)
def test_whoever_is_named_must_be_here(party: dict[str, Any], what: str | None) -> None:
    found = faults(topics=[{"id": "a", "stand_in": party}])
    assert [(each.field, each.what) for each in found] == ([("stand_in", what)] if what else [])


def test_what_is_referred_to_must_be_there() -> None:
    found = faults(
        decisions=[{"id": "a", "topic": "lost", "concessions": ["gift", "lost"]}],
        information=[{"id": "b", "topic": "lost"}],
        concessions=[gift()],
        ladder=[{"id": "c", "concession": "gift"}, {"id": "d", "concession": "lost"}],
        refusals=[{"id": "e", "concession": "lost"}],
    )
    assert {each.what for each in found} == {"no_such_row"}
    assert [(each.row, each.field) for each in found] == [
        ("a", "topic"),
        ("a", "concessions"),
        ("b", "topic"),
        ("d", "concession"),
        ("e", "concession"),
    ]


@pytest.mark.parametrize(
    ("limits", "what"),
    [
        ([limit("agent", "amount", "5000", "KRW"), limit("agent", "amount", "30", "CNY")], []),
        ([limit("agent", "amount", "5000", "KRW"), limit("lead", "amount", "1000", "KRW")], ["less_than_below"]),
        ([limit("agent", "amount", "5000", "KRW"), limit("lead", "amount", "30", "CNY")], []),
        ([limit("agent", "percent", "9"), limit("lead", "percent", "10")], []),
        ([limit("agent", "any"), limit("lead", "none")], ["less_than_below"]),
        ([limit("agent", "none"), limit("lead", "none")], []),
        ([limit("agent", "any"), limit("lead", "amount", "5000", "KRW")], ["less_than_below"]),
        ([limit("agent", "percent", "9"), limit("lead", "any"), limit("lead", "percent", "5")], []),
        ([limit("agent", "percent", "100.5")], ["percent"]),
        ([limit("agent", "amount", "5000")], ["currency"]),
        ([limit("agent", "amount")], []),
        ([limit("agent", "count", "1"), limit("agent", "count", "2")], ["twice"]),
    ],
)
def test_limits_agree_with_each_other(limits: list[dict[str, str]], what: list[str]) -> None:
    assert [each.what for each in faults(concessions=[gift(limits=limits)])] == what


@pytest.mark.parametrize(
    ("starts", "ends", "what"),
    [
        ("2026-11-20", "2026-11-20", []),
        ("2026-11-20", "", []),
        ("2026-11-20", "2026-11-19", [("ends", "ends_before")]),
        ("2026-02-30", "2026-11-19", [("starts", "no_day")]),
    ],
)
def test_a_period_has_days_that_exist_and_ends_after_it_began(
    starts: str, ends: str, what: list[tuple[str, str]]
) -> None:
    found = faults(concessions=[gift(starts=starts, ends=ends)])
    assert [(each.field, each.what) for each in found] == what


@pytest.mark.parametrize(("calendar", "what"), [(None, []), (5, []), (6, [("calendar_id", "gone")])])
def test_the_hours_of_a_channel_are_this_shops(calendar: int | None, what: list[tuple[str, str]]) -> None:
    found = faults(channels=[{"id": "a", "calendar_id": calendar}])
    assert [(each.field, each.what) for each in found] == what


def test_a_channel_has_one_row() -> None:
    assert faults(channels=[{"id": "a", "channel": "x"}, {"id": "b"}]) == []
    found = faults(channels=[{"id": "a", "channel": "x"}, {"id": "b", "channel": "x"}])
    assert found == [Fault("channels", "b", "channel", "twice")]
