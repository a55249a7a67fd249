"""The past is scored in small steps with pauses, one request at a time, and whatever happens meanwhile."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from tests.people import People

from sonnim.accounts.actions import remove_shop
from sonnim.eventlog import log, outbox
from sonnim.eventlog.models import Event, Outbox
from sonnim.eventlog.outbox import HANDLERS, deliver_due
from sonnim.kernel import clock
from sonnim.quality import actions, duties
from sonnim.quality.actions import rescoring
from sonnim.quality.errands import RESCORE, steps_of
from sonnim.quality.models import Score
from sonnim.quality.rescoring import progress
from sonnim.quality.scorecards import shipped
from sonnim.quality.scoring import Measure, Result, score
from sonnim.quality.tests.settled import CURT, GOOD, at_once, deliver, say, settle

EARLY, LATE = (datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2025))
pytestmark = pytest.mark.django_db


@pytest.fixture
def two_a_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescoring, "A_PIECE", 2)
    monkeypatch.setattr(rescoring, "ENOUGH_S", 0)
    HANDLERS.update(duties.OUTBOX)


def scored(people: People, n: int) -> None:
    """So many conversations, scored by a scorecard that is no longer in force."""
    for _ in range(n):
        settle(people, GOOD)
    deliver()
    new_scorecard(people, 0)


def new_scorecard(people: People, version: int) -> None:
    card = shipped()
    actions.save_scorecard(actor=people.actor(people.owner), version=version, criteria=card.criteria, per_week=1)


def by_version(people: People) -> dict[int, int]:
    found = list(Score.objects.filter(shop=people.shop, current=True).values_list("version", flat=True))
    return {version: found.count(version) for version in set(found)}


def due() -> list[dict[str, Any]]:
    return list(Outbox.objects.filter(kind=RESCORE, state="due").order_by("id").values_list("payload", flat=True))


def go_on(steps: int = 1_000) -> int:
    """Do so many steps as if every pause were over; answers how many there were."""
    for n in range(steps):
        Outbox.objects.filter(kind=RESCORE, state="due").update(due_at=clock.now())
        if not deliver_due(limit=1):
            return n
    return steps


def out_of_order(**_: object) -> None:
    raise OperationalError("the disk is away")


def test_a_step_is_small_and_the_next_one_waits(
    people: People, two_a_step: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescoring, "PAUSE_MS", 60_000)  # longer than any machine takes to look
    scored(people, 5)
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    assert deliver_due() == 1, "the next is not due"
    assert by_version(people) == {0: 3, 1: 2}
    [waiting] = Outbox.objects.filter(kind=RESCORE)
    assert clock.to_ms(waiting.due_at) - clock.now_ms() > rescoring.PAUSE_MS / 2
    with clock.moved(timedelta(minutes=2)):
        deliver_due()
    assert by_version(people) == {0: 1, 1: 4}


def test_a_step_that_takes_long_is_followed_by_a_long_pause(
    people: People, two_a_step: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored(people, 3)
    ticks = iter((0.0, 20.0))
    monkeypatch.setattr("sonnim.kernel.clock.monotonic", lambda: next(ticks, 99.0))
    actions.score_next(shop_id=people.shop.pk, since_ms=0, rank=0, id=0)
    [waiting] = Outbox.objects.filter(kind=RESCORE)
    assert clock.to_ms(waiting.due_at) - clock.now_ms() > 60_000


def test_a_step_goes_on_until_it_has_taken_its_time(
    people: People, two_a_step: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored(people, 7)
    monkeypatch.setattr(rescoring, "ENOUGH_S", 0.5)
    ticks = iter((0.0, 0.2, 0.6))
    monkeypatch.setattr("sonnim.kernel.clock.monotonic", lambda: next(ticks, 99.0))
    actions.score_next(shop_id=people.shop.pk, since_ms=0, rank=0, id=0)
    assert by_version(people) == {0: 3, 1: 4}


def test_what_is_scored_already_is_passed_over_quickly(people: People, two_a_step: None) -> None:
    scored(people, 7)
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    assert go_on() >= 4
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    assert go_on() == 1


def test_who_asks_again_takes_over_from_the_earlier_day_and_the_former_ends(people: People, two_a_step: None) -> None:
    scored(people, 6)
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    go_on(1)
    assert by_version(people) == {0: 4, 1: 2}
    new_scorecard(people, 1)
    actions.rescore(actor=people.actor(people.owner), since=LATE)
    assert [each["run"] for each in due()] == [1, 2]
    go_on(1)
    assert [each["run"] for each in due()] == [2], "the former has seen that it is over"
    assert by_version(people) == {0: 4, 1: 2}
    assert {each.since_ms for each in steps_of(people.shop.pk)} == {clock.to_ms(EARLY)}
    go_on()
    assert by_version(people) == {2: 6}


def test_of_several_requests_at_once_one_chain_is_left(people: People, two_a_step: None) -> None:
    scored(people, 4)
    for _ in range(4):
        actions.rescore(actor=people.actor(people.lead), since=EARLY)
    seen = 0
    while go_on(1):
        seen += 1
        assert len({each["run"] for each in due()}) <= max(1, 4 - seen)
    assert by_version(people) == {1: 4}


def test_a_step_that_is_done_again_after_a_crash_leaves_one_follower(people: People, two_a_step: None) -> None:
    scored(people, 5)
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    [first] = due()
    actions.score_next(**first)  # and here its process died, before the row was done with
    assert len(due()) == 2
    actions.score_next(**first)
    assert len(due()) == 2
    go_on()
    assert by_version(people) == {1: 5}


def test_the_desk_hears_of_it_at_the_end_and_not_at_each_step(people: People, two_a_step: None) -> None:
    scored(people, 6)
    before = Event.objects.filter(type="quality.changed").count()
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    assert go_on() > 3
    assert Event.objects.filter(type="quality.changed").count() == before + 1


def test_a_long_history_is_told_of_now_and_then(
    people: People, two_a_step: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescoring, "TOLD_AFTER", 4)
    scored(people, 9)
    before = Event.objects.filter(type="quality.changed").count()
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    go_on()
    assert Event.objects.filter(type="quality.changed").count() == before + 3


def test_a_shop_that_is_erased_meanwhile_takes_it_along_without_a_word(
    people: People, two_a_step: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scored(people, 3)
    shop, score = people.shop, actions.score_conversations
    actions.rescore(actor=people.actor(people.lead), since=EARLY)

    def erased(**given: Any) -> int:
        with log.unit(shop.pk):
            remove_shop(shop=shop)
        return score(**given)

    monkeypatch.setattr(rescoring, "score_conversations", erased)
    with caplog.at_level(logging.WARNING):
        assert deliver_due(limit=1) == 1
    assert not due()
    assert not caplog.records


def test_a_walk_that_fails_for_good_ends_and_can_be_begun_again(
    people: People, two_a_step: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kept, own in ((outbox.GIVEN_UP, duties.GIVEN_UP), (outbox.PATIENCE, duties.PATIENCE)):
        monkeypatch.setitem(kept, RESCORE, own[RESCORE])
    scored(people, 3)
    before = Event.objects.filter(type="quality.changed").count()
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    with monkeypatch.context() as broken:
        broken.setattr(rescoring, "score_conversations", out_of_order)
        assert go_on() == duties.PATIENCE[RESCORE]
    assert not progress(people.shop.pk)["under_way"]
    assert Event.objects.filter(type="quality.changed").count() == before + 1
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    go_on()
    assert by_version(people) == {1: 3}


def test_a_note_after_the_end_costs_one_look_and_not_one_each_time(people: People) -> None:
    about = settle(people, CURT)
    deliver()
    say(people, people.agent, "손님이 만족하심", about, kind="note")

    def statements() -> int:
        with CaptureQueriesContext(connection) as seen:
            actions.score_next(shop_id=people.shop.pk, since_ms=0, rank=0, id=0)
        return len([each for each in seen if "conversations_entry" in each["sql"]])

    assert statements() > 0
    assert statements() == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_do_the_same_step_at_once_leave_one_follower_and_one_score_each(
    people: People, two_a_step: None
) -> None:
    scored(people, 5)
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    [first] = due()
    assert at_once(*[lambda: actions.score_next(**first)] * 3) == [None] * 3
    assert len(due()) == 2
    Outbox.objects.filter(payload=first).delete()
    go_on()
    assert by_version(people) == {1: 5}
    assert Score.objects.count() == 5


def test_one_that_cannot_be_scored_is_left_out_and_the_others_are(
    people: People, two_a_step: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scored(people, 3)
    [broken, *_] = (
        Score.objects.filter(current=True).order_by("conversation_id").values_list("conversation_id", flat=True)
    )

    def breaks(talk: Any, measure: Measure) -> Result:
        if talk.id == broken:
            raise ValueError("a line that no rule foresaw")
        return score(talk, measure)

    monkeypatch.setattr("sonnim.quality.actions.scoring.score", breaks)
    actions.rescore(actor=people.actor(people.lead), since=EARLY)
    with caplog.at_level(logging.ERROR):
        go_on()
    assert not due()
    assert by_version(people) == {0: 1, 1: 2}
    assert [record.message for record in caplog.records] == [
        f"conversation {broken} cannot be scored, and is left as it was"
    ]
