"""What is read with every draft, and what grows for years, is found by an index."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sonnim.accounts.models import Agent, User
from sonnim.coaching import queries
from sonnim.coaching.models import Count, Dismissal, Quiet
from sonnim.coaching.surroundings import turns_of
from sonnim.coaching.tests.desk import Coached
from sonnim.kernel import clock, sql

ROWS = 2_000
READS: dict[str, Callable[[int, int], object]] = {
    "the last messages": lambda shop, where: turns_of(where),
    "what is quiet": lambda shop, where: queries.quiet_for(7),
    "what was waved away here": lambda shop, where: queries.dismissed_in(agent_id=7, conversation_id=where),
    "the figures": lambda shop, where: queries.figures_of(shop),
    "the newest dismissals": lambda shop, where: queries.dismissals_of(shop_id=shop),
    "earlier ones of a rule": lambda shop, where: queries.dismissals_of(shop_id=shop, rule="curt", before=900),
}
pytestmark = pytest.mark.django_db


def many_agents(shop_id: int) -> list[int]:
    users = User.objects.bulk_create(User(email=f"agent-{n}@people.test", name=f"Agent {n}") for n in range(60))
    made = Agent.objects.bulk_create(Agent(shop_id=shop_id, user=user, role="agent", name=user.name) for user in users)
    return [agent.pk for agent in made]


@pytest.mark.parametrize("name", READS)
def test_it_is_read_by_an_index(coached: Coached, name: str) -> None:
    shop = coached.people.shop.pk
    shops, agents = (shop, coached.people.other_shop.pk), many_agents(shop)
    Dismissal.objects.bulk_create(
        Dismissal(
            shop_id=shops[n % 2], agent_id=agents[n % 60], conversation_id=coached.where, key=str(n), reason="wrong",
            rule="curt" if n % 7 else "cold",
        )
        for n in range(ROWS)
    )  # fmt: skip
    Quiet.objects.bulk_create(
        Quiet(shop_id=shops[n % 2], agent_id=agents[n % 60], rule=f"rule {n}") for n in range(ROWS)
    )
    day = clock.now().date().isoformat()
    Count.objects.bulk_create(Count(shop_id=shops[n % 2], rule=f"rule {n}", day=day) for n in range(ROWS))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        READS[name](shop, coached.where)
    [statement] = [each["sql"] for each in asked]
    with connection.cursor() as cursor:
        for way in () if sql.is_sqlite() else ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if sql.is_sqlite() else 'EXPLAIN'} {statement}")
        lines = [str(row[-1]) for row in cursor.fetchall()]
    scanned = r"^SCAN (coaching_|conversations_)|Seq Scan on (coaching_|conversations_)"
    assert not [line for line in lines if re.search(scanned, line)], lines
