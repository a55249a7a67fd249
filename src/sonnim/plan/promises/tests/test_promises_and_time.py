"""A promise reminds, is overdue, reaches the leads: each once, on time, whoever looks at the clock."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from tests.people import People

from sonnim.accounts.actions import remove_agent
from sonnim.conversations.tests.shop_day import say, shopper, timeline
from sonnim.kernel import clock
from sonnim.plan.clocks.rules import Strike, WallClock
from sonnim.plan.hours.rules import Calendar, Span
from sonnim.plan.models import Promise
from sonnim.plan.promises import actions, queries, rules
from sonnim.plan.promises.tests.reading import WEEK


def _made(people: People, minutes: int = 100) -> tuple[int, int]:
    where = say(shopper(people), "교환이 될까요?").conversation
    made = actions.make_promise(
        shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk, act="call",
        due_at=clock.now() + timedelta(minutes=minutes),
    )  # fmt: skip
    return where, made["id"]


def _done(where: int) -> list[str]:
    found = [entry.data for entry in timeline(where) if entry.kind == "event" and '"what":"promise"' in entry.data]
    return [data.split('"done":"')[1].split('"')[0] for data in found]


def _notified(where: int) -> list[str]:
    """Who is told of each strike; the notices themselves are made of the timeline."""
    found = [entry.data for entry in timeline(where) if '"notify":"' in entry.data]
    return [data.split('"notify":"')[1].split('"')[0] for data in found]


@pytest.mark.django_db
def test_it_reminds_is_overdue_and_reaches_the_leads_each_once(people: People) -> None:
    where, _ = _made(people)
    for minutes, stage in (
        (69, None),
        (71, "warned"),
        (99, "warned"),
        (101, "overdue"),
        (114, "overdue"),
        (116, "escalated"),
    ):
        with clock.moved(timedelta(minutes=minutes)):
            actions.strike_due_promises()
            assert actions.strike_due_promises() == 0
            assert queries.open_promises(shop_id=people.shop.pk)[0]["stage"] == stage
    assert _done(where) == ["made", "warned", "overdue", "escalated"]
    assert _notified(where) == ["agent", "agent", "lead"]


@pytest.mark.django_db
def test_after_a_night_without_power_it_is_overdue_at_once_and_reminds_of_nothing(people: People) -> None:
    where, _ = _made(people)
    with clock.moved(timedelta(hours=12)):
        actions.strike_due_promises()
        actions.strike_due_promises()
        assert actions.strike_due_promises() == 0
    assert _done(where) == ["made", "overdue", "escalated"]


@pytest.mark.django_db
def test_the_leads_hear_at_once_where_its_agent_works_here_no_more(people: People) -> None:
    where, _ = _made(people)
    remove_agent(actor=people.actor(people.owner), agent_id=people.agent.pk)
    with clock.moved(timedelta(minutes=101)):
        actions.strike_due_promises()
    assert _done(where)[-1] == "overdue"
    assert _notified(where) == ["lead"]


@pytest.mark.django_db(transaction=True)
def test_two_nodes_at_once_tell_it_once(people: People) -> None:
    wheres = [_made(people)[0] for _ in range(12)]
    go = threading.Barrier(3)
    failures: list[BaseException] = []

    def look() -> None:
        try:
            go.wait(10)
            for _ in range(3):
                actions.strike_due_promises()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    with clock.moved(timedelta(minutes=101)):
        nodes = [threading.Thread(target=look) for _ in range(3)]
        for node in nodes:
            node.start()
        for node in nodes:
            node.join(60)
    assert failures == []
    assert [_done(where) for where in wheres] == [["made", "overdue"]] * 12


@pytest.mark.django_db
def test_the_clock_asks_an_index_what_is_due(people: People) -> None:
    where, _ = _made(people)
    row = Promise.objects.get()
    Promise.objects.bulk_create(
        Promise(
            shop=people.shop, conversation_id=where, agent_id=1, made_by_id=1, act="call", due_at=row.due_at,
            warn_at=row.warn_at, timer_at=row.due_at if n % 50 == 0 else None, kept_at=row.due_at if n % 2 else None,
        )
        for n in range(3_000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
        cursor.execute(
            f"{explain} SELECT shop_id, conversation_id, id FROM plan_promise WHERE timer_at IS NOT NULL "  # noqa: S608
            "AND timer_at <= %s ORDER BY timer_at LIMIT %s",
            [clock.now_ms(), 1000],
        )
        assert "promise_timer" in str(cursor.fetchall())


def _instant(day: int, hour: int, minute: int = 0) -> int:
    return clock.to_ms(datetime(2026, 11, day, hour, minute, tzinfo=UTC))


def test_it_reminds_when_seventy_percent_of_the_business_time_has_gone() -> None:
    calendar = Calendar(zone="UTC", week=WEEK)

    def reminds(since: int, due: int) -> int:
        return rules.warn_at(rules.steps(since=since, due=due, calendar=calendar, strikes=None), due=due)

    # Monday at five until Tuesday at ten is two hours of business; 84 minutes of them have gone on Tuesday at 9:24.
    assert reminds(_instant(23, 17), _instant(24, 10)) == _instant(24, 9, 24)
    assert reminds(_instant(23, 0), _instant(23, 5)) == _instant(23, 3, 30)


@pytest.mark.parametrize(
    ("after", "now", "told"),
    [
        (0, 69, []),
        (0, 70, ["warned"]),
        (70, 99, []),
        (70, 100, ["overdue"]),
        (0, 100, ["overdue"]),
        (100, 100 + rules.LEAD_AFTER, ["escalated"]),
        (0, 100 + rules.LEAD_AFTER, ["overdue", "escalated"]),
    ],
)
def test_what_is_told_follows_from_the_clock_and_from_what_was_told(after: int, now: int, told: list[str]) -> None:
    planned = rules.steps(since=0, due=100, calendar=WallClock(), strikes=None)
    assert [step.stage for step in rules.struck(planned, after=after, now=now)] == told


def test_a_policys_steps_come_at_their_share_of_the_time_before_and_after_its_end() -> None:
    strikes = [Strike("warn", 50, "agent"), Strike("escalate", 80, "team"), Strike("late", 100, "agent")]
    strikes += [Strike("escalate", 100, "lead"), Strike("escalate", 150, release=True)]
    calendar = Calendar(zone="UTC", week=WEEK)
    since, due = _instant(23, 16), _instant(23, 18)  # two hours of business, the last ones of Monday
    planned = rules.steps(since=since, due=due, calendar=calendar, strikes=strikes)
    assert [(step.at, step.stage) for step in planned] == [
        (_instant(23, 17), "warned"),
        (_instant(23, 17, 36), "warned"),
        (due, "overdue"),
        (due, "escalated"),
        (_instant(24, 10), "escalated"),  # an hour more, on Tuesday
    ]
    assert rules.next_at(planned, after=due) == _instant(24, 10)
    assert rules.warn_at(rules.steps(since=since, due=due, calendar=calendar, strikes=strikes[1:]), due=due) == due


def test_what_would_come_while_it_is_closed_for_good_does_not_come() -> None:
    closed = Calendar(zone="UTC", week=WEEK, spans=[Span(_instant(23, 18), None, False)])
    late = [Strike("late", 100, "agent"), Strike("escalate", 200, "lead")]
    planned = rules.steps(since=_instant(23, 16), due=_instant(23, 18), calendar=closed, strikes=late)
    assert [step.stage for step in planned] == ["overdue"]
