"""A rule tried on last week: what it would have done, without doing it."""

from datetime import timedelta

import pytest
from tests.people import People

from sonnim.automation.models import Run
from sonnim.automation.rehearsal import PAGE, rehearse
from sonnim.automation.tests.conftest import Machine
from sonnim.conversations import actions as deeds
from sonnim.conversations.models import Entry
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.eventlog.models import Event
from sonnim.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)


def wording(when: object, **conditions: object) -> dict[str, object]:
    return {"when": [when], "if": conditions, "then": [{"do": "priority", "priority": 3}]}


def test_it_finds_when_a_rule_would_have_acted_and_why_and_changes_nothing(people: People, machine: Machine) -> None:
    who = shopper(people)
    with clock.moved(timedelta(days=-2)):
        where = say(who, "환불 되나요?").conversation
        deeds.set_priority(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk, priority=2)
    with clock.moved(timedelta(days=-1)):
        say(who, "환불이요!")
        say(shopper(people), "배송 문의")
    before = Entry.objects.count(), Event.objects.count(), Run.objects.count()
    asked = wording(
        {"event": "message"},
        all=[{"field": "text", "op": "contains", "value": ["환불"]}, {"field": "priority", "value": [2]}],
    )
    found = rehearse(shop_id=people.shop.pk, wording=asked, after=None)
    assert [(hit["conversation_id"], hit["event"]) for hit in found["hits"]] == [(where, "message")]
    assert found["hits"][0]["found"][1] == {"field": "priority", "op": "is", "value": [2], "found": 2, "held": True}
    assert found["hits"][0]["then"][0]["priority"] == 3
    assert (found["looked"], found["next"]) == (2, None)
    assert before == (Entry.objects.count(), Event.objects.count(), Run.objects.count())


def test_what_only_time_would_have_brought_is_found_between_the_lines(people: People, machine: Machine) -> None:
    who = shopper(people)
    with clock.moved(timedelta(days=-3)):
        where = say(who).conversation
    with clock.moved(timedelta(days=-3, minutes=30)):
        say(people.agent, "죄송합니다", conversation_id=where)
    with clock.moved(timedelta(days=-3, minutes=40)):
        deeds.resolve_conversation(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk)
    shop = people.shop.pk
    assert len(rehearse(shop_id=shop, wording=wording({"event": "waiting", "for_s": 1200}), after=None)["hits"]) == 1
    assert rehearse(shop_id=shop, wording=wording({"event": "waiting", "for_s": 2400}), after=None)["hits"] == []
    assert rehearse(shop_id=shop, wording=wording({"event": "silent", "for_s": 1200}), after=None)["hits"] == []
    turned = wording({"event": "status", "now": ["resolved"]}, all=[{"field": "assignee", "value": [people.agent.pk]}])
    assert [hit["event"] for hit in rehearse(shop_id=shop, wording=turned, after=None)["hits"]] == ["status"]


def test_a_daily_rule_would_have_acted_on_each_day_on_what_was_open(people: People, machine: Machine) -> None:
    with clock.moved(timedelta(days=-3)):
        say(shopper(people))
    at = (clock.now() - timedelta(hours=2)).strftime("%H:%M")
    found = rehearse(shop_id=people.shop.pk, wording=wording({"event": "daily", "at": at}), after=None)
    assert [hit["event"] for hit in found["hits"]] == ["daily"] * 3


def test_it_goes_on_page_by_page_and_leaves_out_what_is_older(people: People, machine: Machine) -> None:
    with clock.moved(timedelta(days=-9)):
        say(shopper(people))
    ids = {say(shopper(people)).conversation for _ in range(PAGE + 5)}
    first = rehearse(shop_id=people.shop.pk, wording=wording({"event": "begun"}), after=None)
    assert (first["looked"], first["total"]) == (PAGE, PAGE + 6), "whoever still waits is looked at too"
    assert first["next"] is not None
    rest = rehearse(shop_id=people.shop.pk, wording=wording({"event": "begun"}), after=first["next"])
    assert rest["next"] is None
    assert {hit["conversation_id"] for hit in [*first["hits"], *rest["hits"]]} == ids
