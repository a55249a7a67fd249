"""Macros do as much as their agent may; rules and macros travel as a file."""

from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import Agent, AuditEntry, Shop
from sonnim.automation.actions import bring_in, run_macro, save_macro
from sonnim.automation.models import Macro, Rule
from sonnim.automation.portable import carried
from sonnim.automation.tests.conftest import Machine
from sonnim.conversations.actions.bulk import undo_bulk
from sonnim.conversations.tests.shop_day import say, shopper, texts
from sonnim.kernel.errors import Invalid

pytestmark = pytest.mark.django_db(transaction=True)


def macro(machine: Machine, *steps: dict[str, Any]) -> Macro:
    return save_macro(actor=machine.lead, name="Done", steps=list(steps), canned_id=None)


def test_a_macro_does_its_steps_on_many_by_the_agent_and_is_undone_like_a_bulk_action(
    people: People, machine: Machine
) -> None:
    vip = machine.tag("vip")
    made = macro(machine, {"do": "tag", "add": [vip.pk]}, {"do": "note", "text": "끝났어요"}, {"do": "resolve"})
    ids = [say(shopper(people)).conversation for _ in range(3)]
    actor = people.actor(people.agent)
    ran = run_macro(actor=actor, macro_id=made.pk, conversation_ids=[*ids, 999_999])
    assert (ran["changed"], ran["refused"], len(ran["bulk_ids"])) == (3, [], 2)
    assert {machine.state(each).status for each in ids} == {"resolved"}
    assert texts(ids[0])[-1] == "끝났어요"
    for bulk in reversed(ran["bulk_ids"]):
        undo_bulk(actor=actor, bulk_id=bulk)
    assert {(machine.state(each).status, machine.state(each).tag_ids) for each in ids} == {("open", "[]")}


def test_a_step_that_the_agent_may_not_do_is_left_out_and_told(people: People, machine: Machine) -> None:
    Shop.objects.filter(pk=people.shop.pk).update(role_permissions={"agent": {"conversation.resolve": False}})
    people.agent.refresh_from_db()
    made = macro(machine, {"do": "resolve"}, {"do": "assign", "agent_id": people.agent.pk})
    where = say(shopper(people)).conversation
    ran = run_macro(actor=people.actor(people.agent), macro_id=made.pk, conversation_ids=[where])
    assert [each["do"] for each in ran["refused"]] == ["resolve"]
    assert (machine.state(where).status, machine.state(where).assignee_id) == ("open", people.agent.pk)


def test_who_may_settle_but_not_assign_sets_no_priority_by_a_macro(people: People, machine: Machine) -> None:
    Shop.objects.filter(pk=people.shop.pk).update(role_permissions={"agent": {"conversation.assign": False}})
    people.agent.refresh_from_db()
    made = macro(machine, {"do": "priority", "priority": 3})
    where = say(shopper(people)).conversation
    ran = run_macro(actor=people.actor(people.agent), macro_id=made.pk, conversation_ids=[where])
    assert [each["why"] for each in ran["refused"]] == ["forbidden"]
    assert machine.state(where).priority == 1


def test_a_step_that_names_somebody_who_is_gone_is_told(people: People, machine: Machine) -> None:
    made = macro(machine, {"do": "assign", "agent_id": people.admin.pk}, {"do": "priority", "priority": 2})
    Agent.objects.filter(pk=people.admin.pk).update(removed_at=made.updated_at)
    where = say(shopper(people)).conversation
    ran = run_macro(actor=people.actor(people.agent), macro_id=made.pk, conversation_ids=[where])
    assert [each["do"] for each in ran["refused"]] == ["assign"]
    assert (machine.state(where).assignee_id, machine.state(where).priority) == (None, 2)


def test_what_agents_do_in_person_is_no_step_of_a_macro(machine: Machine) -> None:
    with pytest.raises(Invalid):
        macro(machine, {"do": "notify", "role": "lead"})


def test_rules_and_macros_travel_with_names_and_come_switched_off(people: People, machine: Machine) -> None:
    vip = machine.tag("vip")
    machine.rule(
        {"event": "tagged", "tags": [vip.pk]},
        [{"do": "assign", "agent_id": people.agent.pk}, {"do": "tag", "add": [vip.pk]}],
        name="VIP",
        all=[{"field": "assignee", "value": [None, people.agent.pk]}],
    )
    macro(machine, {"do": "tag", "add": [vip.pk]})
    file = carried(people.shop.pk)
    assert file["rules"][0]["then"][1]["add"] == ["vip"]
    assert file["rules"][0]["if"]["all"][0]["value"] == [None, people.agent.user.email]
    assert bring_in(actor=machine.lead, carried=file) == {"rules": 1, "macros": 1}
    one, other = Rule.objects.order_by("pk")
    assert (one.wording, other.active) == (other.wording, False)
    assert AuditEntry.objects.filter(action="automation.imported").exists()


def test_a_file_that_names_what_is_not_here_brings_in_nothing(machine: Machine) -> None:
    good = {"name": "a", "when": [{"event": "begun"}], "then": [{"do": "spam"}]}
    bad = {"name": "b", "when": [{"event": "begun"}], "then": [{"do": "tag", "add": ["nowhere"]}]}
    with pytest.raises(Invalid, match="nowhere"):
        bring_in(actor=machine.lead, carried={"format": "sonnim.automation/1", "rules": [good, bad]})
    assert not Rule.objects.exists()
