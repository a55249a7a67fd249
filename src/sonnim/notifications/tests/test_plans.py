"""What is read once a second, or at each start of a console, finds its rows by an index."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from tests.people import People

from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.eventlog.models import Event
from sonnim.kernel import clock, sql
from sonnim.notifications import actions, queries
from sonnim.notifications.models import Notification

ROWS = 3000
BIG = "notifications_notification|eventlog_event"
READS: dict[str, Callable[[People, int], object]] = {
    "what is unseen": lambda people, about: queries.unseen(agent_id=people.agent.pk),
    "a page": lambda people, about: queries.page(agent_id=people.agent.pk, before=None, limit=30),
    "an older page": lambda people, about: queries.page(agent_id=people.agent.pk, before=10**6, limit=30),
    "what of a conversation is unseen": lambda people, about: actions.mark_notices_seen(
        shop_id=people.shop.pk, agent_id=people.agent.pk, conversation_id=about
    ),
    "what the log says": lambda people, about: queries.telling(people.shop.pk, 10_500, 10_600),
    "where something was said": lambda people, about: queries.talks(people.shop.pk, 10_500, 10_600),
    "what is old": lambda people, about: actions.forget_old_notices(),
}


@pytest.fixture
def filled(people: People) -> int:
    conversation = Conversation.objects.get(pk=say(shopper(people)).conversation)
    Notification.objects.bulk_create(
        Notification(
            shop=people.shop, agent=(people.agent, people.lead, people.owner)[n % 3], kind="followed",
            conversation=conversation, seq=n, seen_at=clock.now() if n % 60 else None,
        )
        for n in range(ROWS)
    )  # fmt: skip
    Event.objects.bulk_create(
        Event(
            shop_id=people.shop.pk, pos=10_000 + n, type="message.created" if n % 2 else "x", at=clock.now(),
            conversation_id=conversation.pk, public="{}", desk="",
        )
        for n in range(ROWS)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return conversation.pk


def plans_of(work: Callable[[], object]) -> list[str]:
    """The plans of the SELECTs of big tables; PostgreSQL is asked how it would do with millions of rows."""
    seen: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
        if statement.lstrip().startswith("SELECT") and re.search(BIG, statement):
            seen.append((statement, parameters))
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(note):
        work()
    with connection.cursor() as cursor:
        if not sql.is_sqlite():
            cursor.execute("SET LOCAL enable_seqscan = off")
        found = []
        for statement, parameters in seen:
            cursor.execute(f"{'EXPLAIN QUERY PLAN' if sql.is_sqlite() else 'EXPLAIN'} {statement}", parameters)
            found += [str(row[-1]) for row in cursor.fetchall()]
    return found


@pytest.mark.parametrize("name", READS)
def test_a_read_uses_its_index(people: People, filled: int, name: str) -> None:
    plans = plans_of(lambda: READS[name](people, filled))
    assert plans, f"{name} reads nothing"
    whole = [line for line in plans if re.search(rf"^SCAN ({BIG})(?! USING)|Seq Scan on ({BIG})", line)]
    assert not whole, "\n".join(plans)
