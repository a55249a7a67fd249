"""Rules that would find everything as they say it are not set off: most words of a conversation change nothing."""

import pytest
from tests.people import People

from sonnim.automation.tests.conftest import Machine
from sonnim.conversations import actions as deeds
from sonnim.conversations.tests.shop_day import say, shopper, texts
from sonnim.eventlog.models import Outbox

pytestmark = pytest.mark.django_db(transaction=True)


def orders() -> int:
    return Outbox.objects.filter(kind="automation").count()


def test_what_is_so_already_is_not_ordered_again(people: People, machine: Machine) -> None:
    refund = machine.tag("refund")
    rule = machine.rule(
        {"event": "message"},
        [
            {"do": "tag", "add": [refund.pk]},
            {"do": "priority", "priority": 2},
            {"do": "assign", "agent_id": people.agent.pk},
            {"do": "reopen"},
        ],
    )
    who = shopper(people)
    where = say(who, "환불해 주세요").conversation
    assert machine.works() == 1
    for text in ("네", "언제 되나요?"):
        say(who, text)
        assert orders() == 0
    assert len(machine.runs(rule)) == 1
    deeds.set_priority(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk, priority=0)
    say(who, "아직인가요?")
    assert machine.works() == 1
    assert machine.state(where).priority == 2


def test_a_rule_with_anything_left_to_do_is_set_off_whole(people: People, machine: Machine) -> None:
    machine.rule({"event": "message"}, [{"do": "priority", "priority": 1}, {"do": "note", "text": "said"}])
    where = say(shopper(people)).conversation
    assert machine.works() == 1
    assert texts(where)[-1] == "said"


def test_idle_rules_go_along_with_one_that_acts(people: People, machine: Machine) -> None:
    """Since it may make their work necessary again."""
    machine.rule({"event": "message"}, {"do": "priority", "priority": 3})
    again = machine.rule({"event": "message"}, {"do": "priority", "priority": 1})
    where = say(shopper(people)).conversation
    assert machine.works() == 1
    assert machine.state(where).priority == 1
    assert [run.did[0]["came"] for run in machine.runs(again)] == ["done"]


def test_an_idle_rule_that_ends_it_keeps_later_ones_from_acting(people: People, machine: Machine) -> None:
    machine.rule({"event": "message"}, {"do": "priority", "priority": 1}, stop=True)
    machine.rule({"event": "message"}, {"do": "note", "text": "later"})
    where = say(shopper(people)).conversation
    assert orders() == 0
    assert machine.works() == 0
    assert "later" not in texts(where)


def test_an_untagging_and_an_unassigning_are_idle_where_there_is_nothing_to_take(
    people: People, machine: Machine
) -> None:
    vip = machine.tag("VIP")
    machine.rule({"event": "message"}, [{"do": "tag", "remove": [vip.pk]}, {"do": "unassign", "team": True}])
    who = shopper(people)
    where = say(who).conversation
    assert orders() == 0
    deeds.assign_conversation(
        shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk, agent_id=people.agent.pk
    )
    say(who, "안녕하세요")
    assert machine.works() == 1
    assert machine.state(where).assignee_id is None
