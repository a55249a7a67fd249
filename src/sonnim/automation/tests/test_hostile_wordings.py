"""Rules and files that were made to break whoever reads them are refused; nothing of them is kept."""

from typing import Any

import pytest
from tests.people import Browser, People

from sonnim.automation.models import Macro, Rule
from sonnim.automation.tests.conftest import Machine

pytestmark = pytest.mark.django_db(transaction=True)
BEGUN = [{"event": "begun"}]


def nested(depth: int) -> Any:
    found: Any = "x"
    for _ in range(depth):
        found = [found]
    return found


HOSTILE: list[dict[str, Any]] = [
    {"rules": [{"name": "a", "when": BEGUN, "then": [{"do": "tag", "add": [["x"]]}]}]},
    {"rules": [{"name": "a", "when": BEGUN, "then": [{"do": "assign", "agent_id": {"a": 1}}]}]},
    {"rules": [{"name": "a", "when": BEGUN, "then": [{"do": "spam"}], "if": {"all": [{"field": ["x"], "value": 1}]}}]},
    {"rules": [{"name": "a", "when": BEGUN, "then": [{"do": "note", "text": "a\x00b"}]}]},
    {"rules": [{"name": "a\x00", "when": BEGUN, "then": [{"do": "spam"}]}]},
    {"rules": [{"name": "a", "when": BEGUN, "then": [{"do": "note", "text": "a\ud800b"}]}]},
    {"rules": [{"name": "a", "when": BEGUN, "then": [{"do": "spam"}], "more": nested(900)}]},
    {"macros": [{"name": "a", "steps": 5}]},
    {"macros": [{"name": "a", "steps": [{"do": "note", "text": "a\x00"}]}]},
    {"macros": [{"name": "a", "steps": [], "canned_id": ["x"]}]},
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_a_hostile_file_is_refused_whole(people: People, machine: Machine, number: int) -> None:
    file = {"format": "sonnim.automation/1", **HOSTILE[number]}
    answer = Browser(people.lead.user).post(people.url("/automation"), file)
    assert answer.status_code == 422, answer.content
    assert not Rule.objects.exists() and not Macro.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_a_text_that_a_database_refuses_is_no_part_of_a_rule(people: People, machine: Machine, text: str) -> None:
    browser = Browser(people.lead.user)
    for wording in (
        {"when": BEGUN, "then": [{"do": "note", "text": text}]},
        {
            "when": BEGUN,
            "then": [{"do": "spam"}],
            "if": {"all": [{"field": "text", "op": "contains", "value": [text]}]},
        },
        {"when": BEGUN, "then": [{"do": "notify", "role": "lead", "text": text}]},
    ):
        assert browser.post(people.url("/rules"), {"name": "x", "wording": wording}).status_code == 422
        assert browser.post(people.url("/rules/rehearsal"), {"wording": wording}).status_code == 422
    steps = [{"do": "note", "text": text}]
    assert browser.post(people.url("/macros"), {"name": "x", "steps": steps}).status_code == 422
    assert not Rule.objects.exists() and not Macro.objects.exists()


def test_a_rule_that_names_what_was_removed_can_be_switched_off_but_names_nothing_new(
    people: People, machine: Machine
) -> None:
    gone, other = machine.tag("gone"), machine.tag("other")
    rule = machine.rule({"event": "begun"}, {"do": "tag", "add": [gone.pk]})
    for tag in (gone, other):
        tag.removed_at = rule.updated_at
        tag.save()
    browser, url = Browser(people.lead.user), people.url(f"/rules/{rule.pk}")
    off = browser.put(url, {"name": rule.name, "active": False, "wording": rule.wording})
    assert (off.status_code, off.json()["active"]) == (200, False)
    worse = {**rule.wording, "then": [{"do": "tag", "add": [gone.pk, other.pk]}]}
    assert browser.put(url, {"name": rule.name, "active": True, "wording": worse}).status_code == 422
