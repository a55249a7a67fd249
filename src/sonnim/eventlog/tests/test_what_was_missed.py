"""What is replayed to whom, and when it is too much or too old."""

from datetime import timedelta

import pytest

from sonnim.eventlog import log, queries
from sonnim.eventlog.actions import forget_old_events
from sonnim.kernel import clock

SHOP = 903
pytestmark = pytest.mark.django_db


def publish(count: int = 1, *, contact: int | None = None, agent: int | None = None) -> None:
    with log.unit(SHOP) as work:
        for _ in range(count):
            work.publish(SHOP, work.claim(SHOP), "test.happened", contact_id=contact, agent_id=agent)


@pytest.fixture(autouse=True)
def shop(db: None) -> None:
    with log.unit():
        log.begin_log(SHOP)


def _positions(events: list[log.LoggedEvent] | None) -> list[int]:
    assert events is not None
    return [event.pos for event in events]


def test_agents_miss_everything_but_what_is_for_another_agent() -> None:
    publish()
    publish(agent=1)
    publish(agent=2)
    publish(contact=5)
    assert _positions(queries.missed_by_agent(SHOP, 1, 0, 4)) == [1, 2, 4]
    assert _positions(queries.missed_by_agent(SHOP, 1, 2, 3)) == []


def test_a_contact_misses_only_what_is_for_it() -> None:
    publish()
    publish(contact=5)
    publish(contact=6)
    publish(contact=5)
    assert _positions(queries.missed_by_contact(SHOP, 5, 0, 4)) == [2, 4]
    assert _positions(queries.missed_by_contact(SHOP, 5, 2, 4)) == [4]
    assert _positions(queries.missed_by_contact(SHOP, 7, 0, 4)) == []


def test_five_hundred_events_are_replayed_and_one_more_is_too_much() -> None:
    publish(500, contact=5)
    assert len(_positions(queries.missed_by_agent(SHOP, 1, 0, 500))) == 500
    publish(contact=5)
    assert queries.missed_by_agent(SHOP, 1, 0, 501) is None
    assert queries.missed_by_contact(SHOP, 5, 0, 501) is None
    assert len(_positions(queries.missed_by_agent(SHOP, 1, 1, 501))) == 500


def test_what_is_older_than_a_day_is_not_replayed() -> None:
    publish(contact=5)
    with clock.moved(timedelta(hours=25)):
        publish(contact=5)
        assert queries.missed_by_agent(SHOP, 1, 0, 2) is None
        assert _positions(queries.missed_by_agent(SHOP, 1, 1, 2)) == [2]


def test_forgetting_takes_only_what_nobody_could_resume_from() -> None:
    publish(3)
    with clock.moved(timedelta(hours=47)):
        publish()
        forget_old_events()
        assert _positions(queries.events_after(SHOP, 0)) == [1, 2, 3, 4]
    with clock.moved(timedelta(hours=49)):
        forget_old_events()
        assert _positions(queries.events_after(SHOP, 0)) == [4]
        publish()
        assert _positions(queries.events_after(SHOP, 0)) == [4, 5]


def test_a_client_that_was_away_longer_than_the_log_is_kept_is_not_told_a_part() -> None:
    publish(3, contact=5)
    with clock.moved(timedelta(hours=49)):
        forget_old_events()
        publish(contact=5)
        assert queries.missed_by_agent(SHOP, 1, 1, 4) is None
        assert queries.missed_by_contact(SHOP, 5, 1, 4) is None
