"""What only time brings: how long something lasts, and times of day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import Shop
from sonnim.automation import timing
from sonnim.automation.actions import forget_old_runs
from sonnim.automation.compiling import Compiled
from sonnim.automation.daily import set_off_daily
from sonnim.automation.models import Lasted, Run
from sonnim.automation.tests.conftest import Machine
from sonnim.automation.timing import Watch, act_on_lasting
from sonnim.conversations import actions as deeds
from sonnim.conversations.tests.shop_day import say, shopper, texts
from sonnim.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # a Monday, half past nine in Seoul


def after(minutes: float) -> int:
    with clock.moved(timedelta(minutes=minutes)):
        return Watch().look()


def test_a_rule_acts_once_on_who_waits_too_long_and_again_when_they_wait_anew(people: People, machine: Machine) -> None:
    rule = machine.rule({"event": "waiting", "for_s": 600}, {"do": "priority", "priority": 3})
    who = shopper(people)
    where = say(who).conversation
    assert after(9) == 0
    assert after(11) == 1
    assert machine.state(where).priority == 3
    assert after(12) == 0
    say(people.agent, "네!", conversation_id=where)
    deeds.set_priority(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk, priority=1)
    assert after(60) == 0
    with clock.moved(timedelta(hours=2)):
        say(who, "한 가지 더요")
    assert after(125) == 0
    assert after(131) == 1
    assert [run.event for run in machine.runs(rule)] == ["waiting", "waiting"]


def test_a_rule_that_listens_to_two_things_that_last_acts_once_on_each(people: People, machine: Machine) -> None:
    rule = machine.rule(
        [{"event": "waiting", "for_s": 60}, {"event": "open", "for_s": 60}], {"do": "priority", "priority": 2}
    )
    who = shopper(people)
    where = say(who).conversation
    say(people.agent, "곧 알아볼게요", conversation_id=where)
    with clock.moved(timedelta(minutes=1)):
        say(who, "아직인가요?")
    assert [after(minutes) for minutes in (5, 6, 7)] == [2, 0, 0]
    assert sorted(run.event for run in machine.runs(rule)) == ["open", "waiting"]


def test_a_rule_that_fails_holds_up_no_other(
    people: People, machine: Machine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = machine.rule({"event": "waiting", "for_s": 60}, {"do": "note", "text": "a"})
    machine.rule({"event": "waiting", "for_s": 60}, {"do": "note", "text": "b"})
    where = say(shopper(people)).conversation

    def act(*, rule: Compiled, **more: Any) -> int:
        if rule.id == broken.pk:
            raise RuntimeError("broken")
        return act_on_lasting(rule=rule, **more)

    monkeypatch.setattr(timing, "act_on_lasting", act)
    assert after(2) == 1
    assert texts(where)[-1] == "b"
    assert "RuntimeError: broken" in caplog.text


def test_it_acts_when_its_conditions_come_true_while_it_lasts(people: People, machine: Machine) -> None:
    machine.rule(
        {"event": "waiting", "for_s": 600}, {"do": "note", "text": "now"}, all=[{"field": "priority", "value": [3]}]
    )
    where = say(shopper(people)).conversation
    assert after(15) == 0
    deeds.set_priority(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk, priority=3)
    assert after(16) == 1
    assert texts(where)[-1] == "now"


def test_silence_after_an_answer_can_settle_a_conversation(people: People, machine: Machine) -> None:
    machine.rule({"event": "silent", "for_s": 86_400}, {"do": "resolve"})
    where = say(shopper(people)).conversation
    still_waits = say(shopper(people)).conversation
    say(people.agent, "더 필요하신 것 있으세요?", conversation_id=where)
    assert after(23 * 60) == 0
    assert after(25 * 60) == 1
    assert machine.state(where).status == "resolved"
    assert machine.state(still_waits).status == "open"


def test_many_that_last_are_all_found_page_by_page(people: People, machine: Machine) -> None:
    machine.rule({"event": "open", "for_s": 60}, {"do": "priority", "priority": 2})
    for _ in range(103):
        say(shopper(people))
    assert after(2) == 103
    assert after(3) == 0


def test_a_daily_rule_acts_at_its_time_in_the_shops_zone_once_a_day(people: People, machine: Machine) -> None:
    Shop.objects.filter(pk=people.shop.pk).update(timezone="Asia/Seoul")
    with clock.standing_at(MORNING):
        rule = machine.rule({"event": "daily", "at": "09:00"}, {"do": "note", "text": "아침"})
        where = say(shopper(people)).conversation
        assert set_off_daily() == 0, "its time of today had passed when it was written"
    with clock.standing_at(MORNING + timedelta(hours=23, minutes=29)):
        assert set_off_daily() == 0
    with clock.standing_at(MORNING + timedelta(hours=23, minutes=31)):
        assert set_off_daily() == 1
        assert set_off_daily() == 0
        machine.works()
    assert texts(where).count("아침") == 1
    with clock.standing_at(MORNING + timedelta(days=2)):
        assert set_off_daily() == 1
        machine.works()
    assert len(machine.runs(rule)) == 2


def test_a_daily_rule_keeps_to_its_days(machine: Machine) -> None:
    with clock.standing_at(MORNING - timedelta(days=1)):
        machine.rule({"event": "daily", "at": "00:10", "days": [5, 6]}, {"do": "resolve"})
    with clock.standing_at(MORNING):
        assert set_off_daily() == 0


def test_logs_go_after_thirty_days_but_what_still_lasts_is_remembered(people: People, machine: Machine) -> None:
    machine.rule({"event": "waiting", "for_s": 60}, {"do": "note", "text": "x"})
    say(shopper(people))
    assert after(2) == 1
    with clock.moved(timedelta(days=31)):
        forget_old_runs()
    assert not Run.objects.exists()
    assert Lasted.objects.count() == 1
    assert after(32 * 24 * 60) == 0
