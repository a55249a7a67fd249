"""Clocks through a conversation's life: reopened, merged, split, an answer taken back, hours that change."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.people import People

from sonnim.conversations import actions, reach
from sonnim.conversations.actions.merging import merge_conversations
from sonnim.conversations.actions.retracting import retract_entry
from sonnim.conversations.actions.splitting import split_conversation
from sonnim.conversations.clocks import Clock, read
from sonnim.conversations.models import Entry
from sonnim.conversations.tests.shop_day import conversation, say, shopper
from sonnim.eventlog import outbox
from sonnim.kernel import clock
from sonnim.plan.clocks.actions import RESET, save_policy
from sonnim.plan.clocks.delivery import set_clocks_anew
from sonnim.plan.clocks.firing import strike_due
from sonnim.plan.hours.actions import follow_calendar, switch_now
from sonnim.plan.hours.telling import CHANGED
from sonnim.plan.models import KeptPromise

pytestmark = pytest.mark.django_db
BASE = clock.from_ms(1_795_000_000_000)
VALUES: dict[str, Any] = {
    "name": "All", "active": True, "fits": {}, "targets": {"first_reply": 60, "next_reply": 60, "resolution": 600},
    "calendar_id": 0, "warn_percent": 0, "pauses": True, "stages": [],
}  # fmt: skip


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    outbox.HANDLERS.update({RESET: set_clocks_anew, CHANGED: set_clocks_anew})
    with clock.standing_at(BASE):
        yield


def after(seconds: float) -> Any:
    return clock.standing_at(BASE + timedelta(seconds=seconds))


def clocks(identity: int) -> dict[str, Clock]:
    return {each.kind: each for each in read(conversation(identity).clocks)}


def due(identity: int, kind: str) -> float:
    """By when, in seconds after the beginning."""
    instant = clocks(identity)[kind].due
    assert instant is not None
    return (instant - clock.to_ms(BASE)) / 1000


def strikes(identity: int) -> int:
    return Entry.objects.filter(conversation_id=identity, kind="event", data__contains='"what":"clock"').count()


def promise(people: People, **more: Any) -> None:
    save_policy(actor=people.actor(people.owner), values=VALUES | more)
    settle_outbox()


def settle_outbox() -> None:
    while outbox.deliver_due():
        pass


def resolve(people: People, identity: int) -> None:
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=identity, by=people.agent.pk)


def test_a_conversation_that_is_brought_back_has_its_whole_time_again(people: People) -> None:
    promise(people)
    who = shopper(people)
    identity = say(who).conversation
    assert due(identity, "resolution") == 600
    with after(100):
        say(people.agent, "네", conversation_id=identity)
        resolve(people, identity)
    with after(5000):
        say(who, "다시 고장났어요", conversation_id=identity)
        assert due(identity, "resolution") == 5600
        strike_due()
    assert strikes(identity) == 0
    kept = KeptPromise.objects.get(kind="resolution")
    assert (kept.took_ms, kept.late) == (100_000, False)


def test_a_new_promise_counts_a_resolution_from_when_it_was_opened_last(people: People) -> None:
    who, other = shopper(people), shopper(people)
    fresh = say(other).conversation
    identity = say(who).conversation
    resolve(people, identity)
    with after(1000):
        actions.reopen_conversation(shop_id=people.shop.pk, conversation_id=identity, by=people.agent.pk)
    with after(1200):
        promise(people, targets={"resolution": 900})
        assert due(identity, "resolution") == 1900
        assert due(fresh, "resolution") == 900
        strike_due()
    assert strikes(fresh) == 0, "what was past already when it was promised makes no noise"


def test_two_that_become_one_wait_since_the_older_and_strike_no_second_time(people: People) -> None:
    promise(people)
    who = shopper(people)
    older = say(who).conversation
    with after(61):
        strike_due()
    assert strikes(older) == 1
    with after(70):
        newer = split_conversation(
            shop_id=people.shop.pk,
            conversation_id=older,
            from_seq=say(who, "그리고요", conversation_id=older).seq,
            by=people.agent.pk,
        )
        assert due(newer, "first_reply") == 130
    with after(80):
        merge_conversations(shop_id=people.shop.pk, conversation_id=older, into_id=newer, by=people.agent.pk)
        assert clocks(older) == {}
        assert due(newer, "first_reply") == 60
        assert clocks(newer)["first_reply"].late
        strike_due()
    assert strikes(newer) == 0


def test_a_conversation_that_is_split_off_has_a_clock_of_its_own_and_leaves_the_other_its_own(people: People) -> None:
    promise(people)
    who = shopper(people)
    identity = say(who).conversation
    with after(20):
        say(people.agent, "네", conversation_id=identity)
    with after(30):
        second = say(who, "다른 질문이에요", conversation_id=identity)
    with after(40):
        begun = split_conversation(
            shop_id=people.shop.pk, conversation_id=identity, from_seq=second.seq, by=people.agent.pk
        )
    assert due(begun, "first_reply") == 90
    assert set(clocks(identity)) == {"resolution"}
    assert [each.kind for each in KeptPromise.objects.all()] == ["first_reply"], "nothing was kept by moving it"


def test_an_answer_that_is_taken_back_leaves_a_wait_since_the_question(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "calls_back", lambda channel: True)
    promise(people)
    identity = say(shopper(people)).conversation
    with after(5):
        answer = say(people.agent, "잘못 보냄", conversation_id=identity)
        assert "first_reply" not in clocks(identity)
        retract_entry(shop_id=people.shop.pk, conversation_id=identity, seq=answer.seq, agent_id=people.agent.pk)
    waits = {kind: each for kind, each in clocks(identity).items() if kind != "resolution"}
    assert [(each.started, each.due) for each in waits.values()] == [(clock.to_ms(BASE), clock.to_ms(BASE) + 60_000)]


def test_clocks_follow_when_the_shop_closes_and_opens(people: People) -> None:
    promise(people, calendar_id=None, targets={"first_reply": 60})
    identity = say(shopper(people)).conversation
    with after(10):
        switch_now(actor=people.actor(people.owner), is_open=False, lasting=True)
        settle_outbox()
    with after(3600):
        strike_due()
        assert strikes(identity) == 0
        follow_calendar(actor=people.actor(people.owner))
        settle_outbox()
    assert due(identity, "first_reply") == 3650
    with after(3650):
        strike_due()
    assert strikes(identity) == 1
