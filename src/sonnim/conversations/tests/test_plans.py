"""The desk's hottest reads find their rows by an index: nothing reads a whole table, nothing sorts one."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from tests.people import People

from sonnim.accounts.models import Team
from sonnim.contacts.models import Tag
from sonnim.conversations import actions, filters, finding, posting, queries, queues, talks, together, waiting
from sonnim.conversations.change import Change
from sonnim.conversations.models import Conversation, ConversationTag, Entry, Mention
from sonnim.conversations.tests.shop_day import client_id, post_of, shopper
from sonnim.eventlog import log
from sonnim.eventlog import queries as events
from sonnim.eventlog.models import Event
from sonnim.kernel import clock, sql

ROWS = 3000
BIG = (
    "conversations_conversation|conversations_entry|conversations_conversationtag|conversations_mention|eventlog_event"
)
AT = 1_795_000_000_000
Read = Callable[[People, int], object]


@pytest.fixture
def filled(people: People) -> int:
    """A shop of some size, in statistics the planner knows; answers a conversation with a long timeline."""
    who = shopper(people)
    teams = [Team.objects.create(shop=people.shop, name=name) for name in ("Tea", "Cups", "Jars")]
    teams[0].agents.add(people.agent)
    teams[1].agents.add(people.agent)
    status = ("open", "open", "snoozed", "resolved")
    moment = clock.from_ms(AT)
    Conversation.objects.bulk_create(
        Conversation(
            shop=people.shop, contact=who, channel="chat", status=status[n % 4], rank=AT + n * (10 if n % 3 else 4000),
            assignee=people.agent if n % 5 == 0 else None, snoozed_until=moment if n % 4 == 2 else None,
            team=teams[n % 9] if n % 9 < 3 else None,
        )
        for n in range(ROWS)
    )  # fmt: skip
    long = Conversation.objects.earliest("pk")
    rare, common = [Tag.objects.create(shop=people.shop, name=name) for name in ("rare", "common")]
    ConversationTag.objects.bulk_create(
        ConversationTag(shop=people.shop, conversation_id=each, tag=rare if each % 50 == 0 else common)
        for each in Conversation.objects.values_list("pk", flat=True)
    )
    Mention.objects.bulk_create(
        Mention(shop=people.shop, agent=people.agent, conversation=long, seq=n, by_id=1, seen_at=moment)
        for n in range(ROWS)
    )
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
    cursor = queues.cursor_after(AT + 500, 5) if later else None
    return lambda people, about: queues.queue_page(
        shop_id=people.shop.pk, agent_id=people.agent.pk, queue=queue, cursor=cursor
    )


def view(*, later: bool = False, **wanted: Any) -> Read:
    def read(people: People, about: int) -> object:
        tags = [each.pk for each in Tag.objects.filter(name__in=wanted.get("tag", []))]
        teams = [each.pk for each in Team.objects.filter(name__in=wanted.get("team", []))]
        given = {**wanted, **({"tag": tags} if tags else {}), **({"team": teams} if teams else {})}
        seer = finding.seer_of(shop_id=people.shop.pk, agent_id=people.agent.pk)
        cursor = queues.cursor_after(0, AT + 500, 5) if later else None
        found = filters.as_filter(given)
        finding.filtered_count(wanted=found, seer=seer)
        return finding.filtered_page(wanted=found, seer=seer, cursor=cursor)

    return read


FILTERS: dict[str, dict[str, Any]] = {
    "one that matches nothing": {"channel": ["none"], "status": ["open", "snoozed", "resolved", "spam"]},
    "a text": {"text": "100%"},
    "mine": {"assignee": ["me"]},
    "nobody's": {"assignee": [None], "text": "x"},
    "one team's": {"team": ["Tea"], "locale": ["ko"]},
    "a rare tag's": {"tag": ["rare"]},
    "a common tag's": {"tag": ["common", "rare"]},
    "a contact's": {"contact": 1},
    "who waits long": {"waiting_over": 600},
    "those of a day": {"created_from": "2026-11-22T00:00:00Z", "created_to": "2026-11-23T00:00:00Z"},
}


def already_sent(people: People, about: int) -> None:
    with log.unit(people.shop.pk) as work, Change(work) as change:
        posting._already_sent(change.cursor, [post_of(people.agent) for _ in range(40)])


READS: dict[str, Read] = {
    **{f"first page of {queue}": page(queue, later=False) for queue in queues.QUEUES},
    **{f"later page of {queue}": page(queue, later=True) for queue in queues.QUEUES},
    **{f"a view of {name}": view(**wanted) for name, wanted in FILTERS.items()},
    **{f"a later page of {name}": view(later=True, **wanted) for name, wanted in FILTERS.items()},
    "unread mentions": lambda people, about: queues.counts(shop_id=people.shop.pk, agent_id=people.agent.pk),
    "newest entries": lambda people, about: queries.entries(conversation_id=about),
    "older entries": lambda people, about: queries.entries(conversation_id=about, before=1500),
    "a shopper's entries": lambda people, about: queries.entries(conversation_id=about, public=True),
    "what an agent missed": lambda people, about: events.missed_by_agent(people.shop.pk, 1, 12_000, 12_900),
    "what a contact missed": lambda people, about: events.missed_by_contact(people.shop.pk, 7, 12_000, 12_900),
    "what was sent already": already_sent,
    "a contact's conversations": lambda people, about: queries.conversations_of(shop_id=people.shop.pk, contact_id=1),
    "a shopper's talk": lambda people, about: talks.talk_of(shop_id=people.shop.pk, contact_id=1),
    "a talk's newest entries": lambda people, about: talks.talk_entries(ids=[about]),
    "a talk's older entries": lambda people, about: talks.talk_entries(ids=[about], before=2**40),
    "an agent's mentions": lambda people, about: together.mentions_of(shop_id=people.shop.pk, agent_id=people.agent.pk),
    "how long shoppers wait": lambda people, about: waiting.wait_of(shop_id=people.shop.pk, state=None),
    "what is due to wake": lambda people, about: actions.wake_snoozed(limit=0),
}


def explained(work: Callable[[], object], *, of: str = BIG) -> Iterator[tuple[str, list[str]]]:
    """Each SELECT of the big tables that `work` runs, with the lines of its plan; `of` is a pattern of their names.

    PostgreSQL reads three thousand rows whole when that is cheaper; it is asked how it would do with millions.
    """
    seen: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
        if statement.lstrip().startswith("SELECT") and re.search(of, statement):
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


# These sort what has been cut to a page, or to a few, before.
MAY_SORT = (
    "how long shoppers wait", "of waiting", "of team", "of mentioned", "unread mentions", "of a rare tag's",
    "of a contact's",
)  # fmt: skip


def faults(plan: list[str], *, may_sort: bool = False) -> list[str]:
    """Lines that read all of one of our big tables, or sort."""
    big = rf"({BIG}|\bc\b|\be\b)"
    bad = (
        [
            rf"^SCAN {big}(?! USING (COVERING )?INDEX)",
            rf"Seq Scan on {big}",
        ]
        if may_sort
        else [
            rf"^SCAN {big}(?! USING (COVERING )?INDEX)",
            r"TEMP B-TREE",
            rf"Seq Scan on {big}",
            r"(?<!Incremental )\bSort\b  ",
        ]
    )
    return [line for line in plan if any(re.search(pattern, line) for pattern in bad)]


def test_every_hot_read_uses_its_index(people: People, filled: int) -> None:
    wrong: dict[str, list[str]] = {}
    for name, read in READS.items():
        plans = list(explained(lambda read=read: read(people, filled)))  # type: ignore[misc]
        assert plans, f"{name} reads nothing"
        wrong |= {
            f"{name}: {statement}": plan for statement, plan in plans if faults(plan, may_sort=name.endswith(MAY_SORT))
        }
    assert not wrong, "\n".join(f"{name}\n  {chr(10).join(plan)}" for name, plan in wrong.items())


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
