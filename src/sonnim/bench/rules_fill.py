"""Rules as shops have them, of every kind of condition, for measurements: few of them act on a message."""

from typing import Any

from sonnim.channels.registry import LIVE

_WORDS = ("환불", "교환", "배송", "退款", "发货", "优惠券", "refund", "invoice", "broken", "wholesale")


def wording(number: int, *, tag: int = 1) -> dict[str, Any]:
    """The rule of this number; one that listens to messages, and whose conditions ten in eleven messages fail late."""
    word = _WORDS[number % len(_WORDS)]
    kinds: list[list[dict[str, Any]]] = [
        [{"field": "text", "op": "contains", "value": [f"{word}{number}", "영수증", "发票"]}],
        [{"field": "text", "op": "regex", "value": [rf"{word}\s*\d{{6}}", "(a+)+$"]}],
        [{"field": "text", "op": "wildcard", "value": [f"*{word}*{number}"]}],
        [{"field": "channel", "value": [LIVE.kind]}, {"field": "priority", "op": "at_least", "value": [2]}],
        [{"field": "locale", "value": ["ko", "zh"]}, {"field": "tag", "value": [tag]}],
        [{"field": "status", "value": ["open"]}, {"field": "text", "op": "contains", "value": [f"#{number}"]}],
        [{"field": "was_status", "value": ["resolved"]}, {"field": "assignee", "value": [None]}],
    ]
    return {
        "when": [{"event": "message"}],
        "if": {"all": kinds[number % len(kinds)], "any": []},
        "then": [{"do": "priority", "priority": 2}],
        "stop": False,
    }


def greeting() -> dict[str, Any]:
    """One that acts on every conversation that begins."""
    return {
        "when": [{"event": "begun"}],
        "if": {"all": [{"field": "first", "value": ["yes"]}], "any": []},
        "then": [{"do": "priority", "priority": 2}],
        "stop": False,
    }
