"""Promises, the clocks' conversations and feeds are found by an index, however many there are; on both databases."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from tests.people import People

from sonnim.conversations.models import Conversation, Entry
from sonnim.conversations.tests.shop_day import client_id, say, shopper
from sonnim.eventlog import log
from sonnim.kernel import clock, sql
from sonnim.plan.clocks import queries as clocks
from sonnim.plan.hours.actions import refresh_due_feeds
from sonnim.plan.models import HoursCalendar, HoursFeed, Promise
from sonnim.plan.promises import actions, queries

pytestmark = pytest.mark.django_db
ROWS = 3000
SAID = 20
Read = Callable[[People, int], object]


@pytest.fixture
def filled(people: People) -> int:
    """A shop of some size, in statistics the planner knows; answers a conversation with promises."""
    who = shopper(people)
    where = say(who).conversation
    seq = say(people.agent, "오늘 중으로 연락드릴게요.", conversation_id=where).seq
    now = clock.now()
    others = Conversation.objects.bulk_create(
        Conversation(shop=people.shop, contact=who, channel="chat", status="open" if n % 9 else "resolved", rank=n)
        for n in range(ROWS)
    )
    Entry.objects.bulk_create(
        Entry(shop=people.shop, conversation=each, seq=1, kind="message", public=True, author_kind="contact",
              author_id=who.pk, client_id=client_id())
        for each in others
    )  # fmt: skip
    Promise.objects.bulk_create(
        Promise(
            shop=people.shop, conversation_id=where if n % 100 == 0 else others[n].pk, agent_id=people.agent.pk,
            made_by_id=people.agent.pk, act="call", due_at=now + timedelta(minutes=n), warn_at=now,
            said_in_id=where if n % 100 == 0 else others[n].pk, said_seq=seq if n == 0 else SAID + n,
            timer_at=now + timedelta(minutes=n) if n % 7 == 0 else None, kept_at=now if n % 7 else None,
        )
        for n in range(ROWS)
    )  # fmt: skip
    calendar = HoursCalendar.objects.create(shop=people.shop, name="Desk", zone="UTC", is_standard=True)
    HoursFeed.objects.bulk_create(
        HoursFeed(calendar=calendar, name=str(n), url="https://x.test", due_at=now + timedelta(minutes=n + 1))
        for n in range(ROWS)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return where


def page(*, mine: bool, later: bool) -> Read:
    def read(people: People, where: int) -> object:
        agent = people.agent.pk if mine else None
        cursor = queries.page(shop_id=people.shop.pk, agent_id=agent, cursor=None, limit=5)["next"] if later else None
        return queries.page(shop_id=people.shop.pk, agent_id=agent, cursor=cursor, limit=5)

    return read


def of_message(people: People, where: int) -> object:
    [said] = Entry.objects.filter(conversation_id=where, author_kind="agent", kind="message")
    found = queries.found_in(shop_id=people.shop.pk, conversation_id=where, seq=said.seq)
    assert len(found["made"]) == 1
    return found


def taken_back(people: People, where: int) -> object:
    with log.unit(people.shop.pk) as work:
        return actions.drop_unsaid(work=work, shop_id=people.shop.pk, places=[(where, SAID)])


def moved(people: People, where: int) -> object:
    with log.unit(people.shop.pk) as work:
        return actions.move_promises(work=work, shop_id=people.shop.pk, agents={where: people.agent.pk}, merged={})


def reopened(people: People, where: int) -> object:
    with connection.cursor() as cursor:
        return clocks.reopened_at(cursor, [where, where + 1])


READS: dict[str, tuple[str, str, Read]] = {
    "what is still to be kept": (
        "plan_promise", "promise_open", lambda people, where: queries.open_promises(shop_id=people.shop.pk)
    ),
    "a page of it": ("plan_promise", "promise_open", page(mine=False, later=False)),
    "a later page of it": ("plan_promise", "promise_open", page(mine=False, later=True)),
    "a page of mine": ("plan_promise", "promise_open", page(mine=True, later=True)),
    "what a conversation has": (
        "plan_promise", "promise_conversation",
        lambda people, where: queries.promises_in(shop_id=people.shop.pk, conversation_id=where),
    ),
    "what was made of a message": ("plan_promise", "promise_said", of_message),
    "what was said in a message that is taken back": ("plan_promise", "promise_said", taken_back),
    "what moves": ("plan_promise", "promise_conversation", moved),
    "what is due": (
        "plan_promise", "promise_timer", lambda people, where: actions.strike_due_promises()
    ),
    "feeds that are due": ("plan_hoursfeed", "due_at", lambda people, where: refresh_due_feeds()),
    "when it was reopened": ("conversations_entry", "conversation", reopened),
    "conversations under way": (
        "conversations_conversation", "",
        lambda people, where: clocks.under_way(people.shop.pk, after=where, limit=10),
    ),
}  # fmt: skip


def test_each_is_found_by_its_index(people: People, filled: int) -> None:
    wrong: dict[str, list[list[str]]] = {}
    for name, (table, index, read) in READS.items():
        plans = explained(table, partial(read, people, filled))
        assert plans, f"{name} reads nothing"
        used = any(index in line for plan in plans for line in plan)
        if not used or any(whole(plan, table) for plan in plans):
            wrong[name] = plans
    assert not wrong


def whole(plan: list[str], table: str) -> bool:
    """Whether it reads all of the table."""
    return any("Seq Scan" in line or line == f"SCAN {table}" for line in plan)


def explained(table: str, work: Callable[[], object]) -> list[list[str]]:
    """The plan of each statement that reads a table, as of one with millions of rows."""
    seen: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
        read = statement.lstrip().startswith("SELECT") and f"FROM {table}" in statement.replace('"', "")
        if read:
            seen.append((statement, parameters))
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(note):
        work()
    how = "EXPLAIN QUERY PLAN" if sql.is_sqlite() else "EXPLAIN"
    plans = []
    with connection.cursor() as cursor:
        for way in () if sql.is_sqlite() else ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        for statement, parameters in seen:
            cursor.execute(f"{how} {statement}", parameters)
            plans.append([str(row[-1]).strip() for row in cursor.fetchall()])
    return plans
