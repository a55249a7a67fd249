"""What was conceded before is asked for with every concession, and the ledger grows for years: both find their rows."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sonnim.kernel import sql
from sonnim.plan.ladder import queries
from sonnim.plan.ladder.tests.bargaining import Bargain
from sonnim.plan.models import Concession

ROWS = 2000
READS: dict[str, Callable[[int, int], object]] = {
    "what was conceded here": lambda shop, where: queries.given_before(
        shop_id=shop, talk=[where], concession="coupon", order=""
    ),
    "the newest lines": lambda shop, _: queries.page(shop_id=shop, wanted={}, before=None, limit=50),
    "earlier lines": lambda shop, _: queries.page(shop_id=shop, wanted={}, before=900, limit=50),
    "an agent's lines": lambda shop, _: queries.page(shop_id=shop, wanted={"agent_id": 7}, before=None, limit=50),
    "lines of a kind": lambda shop, _: queries.page(shop_id=shop, wanted={"kind": "gift"}, before=None, limit=50),
}


@pytest.mark.parametrize("name", READS)
def test_the_ledger_is_read_by_an_index(bargain: Bargain, name: str) -> None:
    shop = bargain.people.shop.pk
    shops = (shop, bargain.people.other_shop.pk)
    Concession.objects.bulk_create(
        Concession(
            shop_id=shops[n % 2], conversation_id=bargain.where, agent_id=n % 9, client_id=f"{n}", concession="coupon",
            kind="gift" if n % 7 else "coupon", measure="count", units=10_000, version=1, month="2026-11",
        )
        for n in range(ROWS)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        READS[name](shop, bargain.where)
    [statement] = [each["sql"] for each in asked]
    with connection.cursor() as cursor:
        for way in () if sql.is_sqlite() else ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if sql.is_sqlite() else 'EXPLAIN'} {statement}")
        lines = [str(row[-1]) for row in cursor.fetchall()]
    assert not [line for line in lines if re.search(r"^SCAN plan_|Seq Scan on plan_", line)], lines
