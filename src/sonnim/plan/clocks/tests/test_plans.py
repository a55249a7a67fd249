"""Who looks for clocks that strike finds them by the index of timers, however many conversations there are."""

import pytest
from django.db import connection
from tests.people import People

from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import shopper
from sonnim.kernel import clock, sql
from sonnim.plan.clocks.firing import DUE

pytestmark = pytest.mark.django_db
AT = 1_795_000_000_000


def test_the_clocks_that_are_due_are_read_by_their_index_in_order(people: People) -> None:
    who = shopper(people)
    Conversation.objects.bulk_create(
        Conversation(
            shop=people.shop, contact=who, channel="chat", status="open", rank=AT + n,
            timer_at=clock.from_ms(AT + n * 1000) if n % 3 else None,
        )
        for n in range(3000)
    )  # fmt: skip
    how = "EXPLAIN QUERY PLAN" if sql.is_sqlite() else "EXPLAIN"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(f"{how} {DUE}", [AT + 20_000, 1000])
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
        cursor.execute(DUE, [AT + 20_000, 1000])
        assert len(cursor.fetchall()) == 14
    assert "conversation_timer" in plan
    assert not any(bad in plan for bad in ("Seq Scan", "TEMP B-TREE", "Sort"))
