"""Anybody with a token has a line of theirs read as the command reads it, and nothing of the shop comes in."""

import json
from typing import Any

import pytest

from sonnim.coach.lines import answers
from sonnim.coaching.tests.desk import Coached

pytestmark = pytest.mark.django_db
LINES: list[dict[str, Any]] = [
    {"draft": "네", "lang": "ko", "context": [{"role": "customer", "text": "안녕하세요, 재고 있나요?"}]},
    {"draft": "嗯", "lang": "zh", "channel": "chat", "page": None, "context": [{"role": "customer", "text": "在吗？"}]},
    {
        "draft": "Hello! I can give you 15% off.",
        "lang": "en",
        "context": [{"role": "customer", "text": "Is there a discount?"}],
        "plan": {"max_discount_percent": 5, "max_gift": None, "refund_days": 14},
        "glossary": {"ZRT": "return slip"},
        "names": ["Maria"],
        "busy": True,
        "resolving": False,
        "speaks": ["en"],
    },
    {"draft": ""},
    {"draft": "Yes. 👍🏽 It is.", "plan": None, "glossary": None},
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["draft"])
def test_the_answer_is_that_of_the_command(coached: Coached, line: dict[str, Any]) -> None:
    [expected] = answers([json.dumps(line)])
    assert coached.call("POST", "/coach/review", line) == json.loads(expected)


@pytest.mark.parametrize("plan", [{"max_discount_percent": -1}, {"max_discount_percent": 101}, {"refund_days": -1}])
def test_a_plan_that_cannot_be_is_refused_by_the_command_too(plan: dict[str, Any]) -> None:
    [found] = answers([json.dumps({"draft": "You get 5% off.", "plan": plan})])
    assert set(json.loads(found)) == {"error"}


def test_what_the_shop_has_decided_does_not_come_in(coached: Coached) -> None:
    coached.call("PUT", "/coach/rules/curt", {"on": False}, by=coached.people.lead)
    found = coached.call("POST", "/coach/review", LINES[0])
    assert "curt" in [mark["rule"] for mark in found["marks"]]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"draft": 7},
        {"draft": "x" * 20_001},
        {"draft": "Yes.", "context": [{"role": "robot", "text": "Hello"}]},
        {"draft": "Yes.", "context": [{"role": "agent", "text": "Hello"}] * 1_001},
        {"draft": "Yes.", "glossary": {str(n): "x" for n in range(501)}},
        {"draft": "Yes.", "strange": True},
        {"draft": "Yes.", "plan": {"max_discount_percent": -1}},
        {"draft": "Yes.", "plan": {"max_discount_percent": 101}},
        {"draft": "Yes.", "plan": {"refund_days": -1}},
    ],
    ids=[
        "nothing", "a number", "a book", "a robot", "an endless talk", "a dictionary", "a strange field",
        "less than nothing off", "more than all off", "a return before the purchase",
    ],
)  # fmt: skip
def test_a_line_that_makes_no_sense_is_refused(coached: Coached, wrong: dict[str, Any]) -> None:
    coached.call("POST", "/coach/review", wrong, expect=422)
