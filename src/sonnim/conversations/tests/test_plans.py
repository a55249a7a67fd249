"""The desk's hottest reads find their rows by an index: nothing reads a whole table, nothing sorts one."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from tests.people import People

from sonnim.conversations import actions, posting, queries
from sonnim.conversations.change import Change
from sonnim.conversations.models import Conversation, Entry
from sonnim.conversations.tests.shop_day import client_id, post_of, shopper
from sonnim.eventlog import log
from sonnim.eventlog import queries as events
from sonnim.eventlog.models import Event
from sonnim.kernel import clock, sql

ROWS = 3000
BIG = "conversations_conversation|conversations_entry|eventlog_event"
AT = 1_795_000_000_000
Read = Callable[[People, int], object]


@pytest.fixture
def filled(people: People) -> int:
    """A shop of some size, in statistics the planner knows; answers a conversation with a long timeline."""
    who = shopper(people)
    status = ("open", "open", "snoozed", "resolved")
    moment = clock.from_ms(AT)
    Conversation.objects.bulk_create(
        Conversation(
            shop=people.shop, contact=who, channel="chat", status=status[n % 4], rank=AT + n * (10 if n % 3 else 4000),
            assignee=people.agent if n % 5 == 0 else None, snoozed_until=moment if n % 4 == 2 else None,
        )
        for n in range(ROWS)
    )  # fmt: skip
    long = Conversation.objects.earliest("pk")
    Entry.objects.bulk_create(
        Entry(
            shop=people.shop, conversation=long, seq=n + 1, kind="message", public=n % 2 == 0, author_kind="contact",
            author_id=who.pk, client_id=client_id(),
        )
        for n in range(ROWS)
    )  # fmt: skip
    Event.objects.bulk_create(
        Event(shop_id=people.shop.pk, pos=10_000 + n, type="x", contact_id=n % 50, at=moment, public="{}", desk="")
        for n in range(ROWS)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return long.pk


def page(queue: str, *, later: bool) -> Read:
    cursor = queries.cursor_after(AT + 500, 5) if later else None
    return lambda people, about: queries.queue_page(
        shop_id=people.shop.pk, agent_id=people.agent.pk, queue=queue, cursor=cursor
    )


def already_sent(people: People, about: int) -> None:
    with log.unit(people.shop.pk) as work, Change(work) as change:
        posting._already_sent(change.cursor, [post_of(people.agent) for _ in range(40)])


READS: dict[str, Read] = {
    **{f"first page of {queue}": page(queue, later=False) for queue in queries.QUEUES},
    **{f"later page of {queue}": page(queue, later=True) for queue in queries.QUEUES},
    "newest entries": lambda people, about: queries.entries(conversation_id=about),
    "older entries": lambda people, about: queries.entries(conversation_id=about, before=1500),
    "a shopper's entries": lambda people, about: queries.entries(conversation_id=about, public=True),
    "what an agent missed": lambda people, about: events.missed_by_agent(people.shop.pk, 1, 12_000, 12_900),
    "what a contact missed": lambda people, about: events.missed_by_contact(people.shop.pk, 7, 12_000, 12_900),
    "what was sent already": already_sent,
    "a contact's conversations": lambda people, about: queries.conversations_of(shop_id=people.shop.pk, contact_id=1),
    "what is due to wake": lambda people, about: actions.wake_snoozed(limit=0),
}


def explained(work: Callable[[], object]) -> Iterator[tuple[str, list[str]]]:
    """Each SELECT of the big tables that `work` runs, with the lines of its plan.

    PostgreSQL reads three thousand rows whole when that is cheaper; it is asked how it would do with millions.
    """
    seen: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
        if statement.lstrip().startswith("SELECT") and re.search(BIG, statement):
            seen.append((statement, parameters))
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(note):
        work()
    how = "EXPLAIN QUERY PLAN" if sql.is_sqlite() else "EXPLAIN"
    with connection.cursor() as cursor:
        for way in () if sql.is_sqlite() else ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        for statement, parameters in seen:
            cursor.execute(f"{how} {statement}", parameters)
            yield statement, [str(row[-1]) for row in cursor.fetchall()]


def faults(plan: list[str]) -> list[str]:
    """Lines that read all of one of our big tables, or sort."""
    big = rf"({BIG}|\bc\b|\be\b)"
    bad = [
        rf"^SCAN {big}(?! USING (COVERING )?INDEX)",
        r"TEMP B-TREE",
        rf"Seq Scan on {big}",
        r"(?<!Incremental )\bSort\b  ",
    ]
    return [line for line in plan if any(re.search(pattern, line) for pattern in bad)]


def test_every_hot_read_uses_its_index(people: People, filled: int) -> None:
    wrong: dict[str, list[str]] = {}
    for name, read in READS.items():
        plans = list(explained(lambda read=read: read(people, filled)))  # type: ignore[misc]
        assert plans, f"{name} reads nothing"
        wrong |= {f"{name}: {statement}": plan for statement, plan in plans if faults(plan)}
    assert not wrong


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM conversations_entry WHERE text = 'x'",
        "SELECT * FROM conversations_conversation ORDER BY last_text",
    ],
)
def test_a_read_without_an_index_is_noticed(people: People, filled: int, statement: str) -> None:
    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    [(_, plan)] = explained(read)
    assert faults(plan)
