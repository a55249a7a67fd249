"""Rules act after what sets them off, once, on what is so by then, and say why."""

from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import Agent
from sonnim.automation.actions import order_rules, save_rule
from sonnim.automation.models import Run
from sonnim.automation.running import run_rules
from sonnim.automation.tests.conftest import Machine
from sonnim.conversations import actions as deeds
from sonnim.conversations.posting import ensure_posted
from sonnim.conversations.tests.shop_day import post_of, say, shopper, texts, timeline
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid
from sonnim.plan.scripts.tests.writing import kept

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_shoppers_word_sets_a_rule_off_and_its_log_says_why(people: People, machine: Machine) -> None:
    refund = machine.tag("refund")
    rule = machine.rule(
        {"event": "message"},
        [
            {"do": "tag", "add": [refund.pk]},
            {"do": "priority", "priority": 2},
            {"do": "note", "text": "환불 문의예요."},
        ],
        all=[{"field": "text", "op": "contains", "value": ["환불", "refund"]}],
    )
    told = say(shopper(people), "Hello, I would like a REFUND please").conversation
    other = say(shopper(people), "배송은 언제 되나요?").conversation
    assert machine.works() == 1
    about = machine.state(told)
    assert (about.tag_ids, about.priority) == (f"[{refund.pk}]", 2)
    assert texts(told)[-1] == "환불 문의예요."
    assert machine.state(other).priority == 1
    [run] = machine.runs(rule)
    assert (run.outcome, run.event, run.conversation_id) == ("done", "message", told)
    assert run.found[0]["held"] and run.found[0]["found"].startswith("Hello")
    assert [each["came"] for each in run.did] == ["done", "done", "done"]
    rule.refresh_from_db()
    assert rule.acted == 1


def test_what_no_rule_listens_to_leaves_no_order(people: People, machine: Machine) -> None:
    machine.rule({"event": "message"}, {"do": "spam"}, all=[{"field": "text", "op": "contains", "value": ["casino"]}])
    say(shopper(people), "안녕하세요")
    assert not Outbox.objects.filter(kind="automation").exists()


def test_a_repeated_delivery_of_the_order_does_nothing_twice(people: People, machine: Machine) -> None:
    rule = machine.rule({"event": "begun"}, {"do": "note", "text": "new"})
    where = say(shopper(people)).conversation
    payload = Outbox.objects.get(kind="automation").payload
    for _ in range(3):
        run_rules(payload)
    assert texts(where).count("new") == 1
    assert len(machine.runs(rule)) == 1


def test_conditions_are_asked_again_when_the_rules_turn_comes(people: People, machine: Machine) -> None:
    rule = machine.rule(
        {"event": "message"}, {"do": "priority", "priority": 3}, all=[{"field": "status", "value": ["open"]}]
    )
    where = say(shopper(people)).conversation
    deeds.resolve_conversation(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk)
    machine.works()
    assert machine.state(where).priority == 1
    assert [run.outcome for run in machine.runs(rule)] == ["lapsed"]


def test_a_rule_sees_what_was_before(people: People, machine: Machine) -> None:
    machine.rule(
        {"event": "status", "was": ["resolved"], "now": ["open"]},
        {"do": "priority", "priority": 2},
        all=[{"field": "was_priority", "value": [1]}],
    )
    who = shopper(people)
    where = say(who).conversation
    deeds.resolve_conversation(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk)
    assert machine.works() == 0
    say(who, "아직 안 됐어요")
    assert machine.works() == 1
    assert machine.state(where).priority == 2


def test_rules_act_in_order_and_one_can_end_it(people: People, machine: Machine) -> None:
    first = machine.rule({"event": "begun"}, {"do": "note", "text": "one"})
    second = machine.rule({"event": "begun"}, {"do": "note", "text": "two"}, stop=True)
    third = machine.rule({"event": "begun"}, {"do": "note", "text": "three"})
    where = say(shopper(people)).conversation
    machine.works()
    assert texts(where)[1:] == ["one", "two"]
    order_rules(actor=machine.lead, ids=[third.pk, first.pk, second.pk])
    later = say(shopper(people)).conversation
    machine.works()
    assert texts(later)[1:] == ["three", "one", "two"]


def test_a_deed_that_fails_is_told_and_stops_no_other(people: People, machine: Machine) -> None:
    rule = machine.rule(
        {"event": "message"},
        [{"do": "assign", "agent_id": people.agent.pk}, {"do": "snooze", "for_s": 3600}, {"do": "note", "text": "x"}],
    )
    where = say(shopper(people)).conversation
    Agent.objects.filter(pk=people.agent.pk).update(removed_at=clock.now())
    machine.works()
    [run] = machine.runs(rule)
    assert run.outcome == "failed"
    assert [each["came"] for each in run.did] == ["failed", "done", "done"]
    assert "no such agent" in run.did[0]["why"]
    assert machine.state(where).status == "snoozed"


def test_two_rules_that_set_each_other_off_end(people: People, machine: Machine) -> None:
    up = machine.rule({"event": "priority"}, {"do": "priority", "priority": 3}, name="up")
    down = machine.rule({"event": "priority"}, {"do": "priority", "priority": 0}, name="down")
    where = say(shopper(people)).conversation
    deeds.set_priority(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk, priority=2)
    assert machine.works() < 20
    outcomes = [run.outcome for run in [*machine.runs(up), *machine.runs(down)]]
    assert "loop" in outcomes
    assert outcomes.count("done") <= 6


def test_a_rule_never_acts_on_its_own_doing(people: People, machine: Machine) -> None:
    rule = machine.rule({"event": "note"}, {"do": "note", "text": "noted"})
    where = say(shopper(people)).conversation
    say(people.agent, "look", conversation_id=where, kind="note")
    machine.works()
    assert texts(where).count("noted") == 1
    assert [run.outcome for run in machine.runs(rule)] == ["done", "loop"]


def test_a_rule_that_cannot_be_asked_costs_no_message(
    people: People, machine: Machine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    machine.rule({"event": "message"}, {"do": "spam"})

    def broken(*_: Any) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("sonnim.automation.compiling.Force.matching", broken)
    where = say(shopper(people), "kept all the same").conversation
    assert texts(where) == ["kept all the same"]
    assert "could not be asked" in caplog.text


def test_a_script_is_said_in_the_shoppers_language_and_who_waits_goes_on_waiting(
    people: People, machine: Machine
) -> None:
    canned = kept(
        people, {"en": ["Soon, {{contact.name|friend}}."], "ko": ["곧 답해 드릴게요, {{contact.name|손님}}."]}
    )
    machine.rule({"event": "begun"}, {"do": "script", "canned_id": canned.pk})
    where = say(shopper(people, "ko"), locale="ko").conversation
    machine.works()
    said = timeline(where)[-1]
    assert (said.author_kind, said.public, said.text) == ("system", True, "곧 답해 드릴게요, 손님.")
    assert machine.state(where).waiting_since is not None


@pytest.mark.parametrize(
    "wording",
    [
        {"when": [], "then": [{"do": "spam"}]},
        {"when": [{"event": "nothing"}], "then": [{"do": "spam"}]},
        {"when": [{"event": "begun"}], "then": []},
        {"when": [{"event": "begun"}], "then": [{"do": "assign"}]},
        {"when": [{"event": "begun"}], "then": [{"do": "tag", "add": [999999]}]},
        {"when": [{"event": "begun"}], "then": [{"do": "spam", "more": 1}]},
        {"when": [{"event": "waiting", "for_s": 1}], "then": [{"do": "spam"}]},
        {"when": [{"event": "daily", "at": "25:00"}], "then": [{"do": "spam"}]},
        {
            "when": [{"event": "begun"}],
            "then": [{"do": "spam"}],
            "if": {"all": [{"field": "text", "op": "regex", "value": ["(?=a)"]}]},
        },
        {
            "when": [{"event": "begun"}],
            "then": [{"do": "spam"}],
            "if": {"all": [{"field": "status", "value": ["waiting"]}]},
        },
    ],
)
def test_what_is_no_rule_is_refused(machine: Machine, wording: Any) -> None:
    with pytest.raises(Invalid):
        save_rule(actor=machine.lead, name="x", active=True, wording=wording)


def test_a_letter_of_a_machine_sets_nothing_off(people: People, machine: Machine) -> None:
    machine.rule({"event": "message"}, {"do": "note", "text": "seen"})
    who = shopper(people)
    say(who)
    machine.works()
    before = Run.objects.count()
    ensure_posted(post_of(who, "I am away.", automatic=True))
    machine.works()
    assert Run.objects.count() == before
