"""Conditions: what holds, and how long a pattern may take."""

import time
from typing import Any

import pytest

from sonnim.automation import conditions
from sonnim.automation.conditions import Facts, Was
from sonnim.automation.rules import Condition, If
from sonnim.conversations.state import State


def state(**more: Any) -> State:
    found = State(1, 1, 1, "chat", "ko", "찻잔", 0, "open", 7, None, 0, 0, None, 1, 0, "", "contact", None, 0, 0, 1)
    for name, value in more.items():
        setattr(found, name, value)
    return found


WAS = Was()


def holds(field: str, op: str, *value: Any, text: str = "", opened: bool = True, was: Was = WAS, **of: Any) -> bool:
    facts = Facts(state(**of), was=was, text=text, first=False, is_open=lambda: opened)
    return conditions.compiled(If(all=[Condition(field, list(value), op)]))(facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "op", "value", "expected"),
    [
        ("환불해 주세요", "contains", "환불", True),
        ("REFUND please", "contains", "refund", True),
        ("REFUND please", "lacks", "refund", False),
        ("hello", "lacks", "refund", True),
        ("order 20418 is late", "wildcard", "*order ????? *late*", True),
        ("order 1 is late", "wildcard", "*order ????? *late*", False),
        ("a.b", "wildcard", "a.b", True),
        ("axb", "wildcard", "a.b", False),
        ("두 줄\n환불", "wildcard", "*환불", True),
        ("aba", "wildcard", "ab*ba", False),
        ("abba", "wildcard", "AB*BA", True),
        ("one two three", "wildcard", "one*two*", True),
        ("one three", "wildcard", "one*two*", False),
        ("환불", "wildcard", "환불", True),
        ("주문 20418번", "regex", r"\d{5}번", True),
        ("주문 204번", "regex", r"\d{5}번", False),
    ],
)
def test_texts_are_looked_through(text: str, op: str, value: str, expected: bool) -> None:
    assert holds("text", op, value, text=text) is expected


def test_choices_tags_hours_and_what_was_before() -> None:
    assert holds("assignee", "is", 7)
    assert not holds("assignee", "is", None)
    assert holds("team", "is", None)
    assert holds("priority", "at_least", 1)
    assert not holds("priority", "at_least", 2)
    assert holds("priority", "at_most", 1)
    assert holds("tag", "is", 3, 9, tag_ids="[9,12]")
    assert not holds("tag", "is", 3, tag_ids="[31]")
    assert holds("contact_tag", "not", 3, contact_tags="[4]")
    assert holds("hours", "is", "closed", opened=False)
    assert holds("was_status", "is", "resolved", was=Was("resolved"))
    assert holds("locale", "not", "en", "zh")


def test_either_of_the_second_list_is_enough() -> None:
    when = If(all=[Condition("channel", ["chat"])], any=[Condition("locale", ["en"]), Condition("priority", [1])])
    facts = Facts(state(), was=Was(), is_open=lambda: True)
    assert conditions.compiled(when)(facts)
    assert [each["held"] for each in conditions.told(when, facts)] == [True, False, True]


def test_hours_are_read_only_where_a_condition_asks() -> None:
    def never() -> bool:
        raise AssertionError("nobody asked")

    facts = Facts(state(), was=Was(), text="a", is_open=never)
    assert conditions.compiled(If(all=[Condition("channel", ["chat"])]))(facts)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b", "([a-z]+)*[0-9]", "(.*a){20}"])
def test_A34_no_pattern_takes_long_over_a_long_text(pattern: str) -> None:
    text = "a" * 100_000 + "!"
    asked = conditions.compiled(If(all=[Condition("text", [pattern], "regex")]))
    began = time.thread_time()
    asked(Facts(state(), was=Was(), text=text, is_open=lambda: True))
    assert time.thread_time() - began < 0.25
