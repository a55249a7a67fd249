"""The plan is asked for with every concession: which version is in force is found by an index."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import People

from sonnim.kernel import sql
from sonnim.plan.document import queries
from sonnim.plan.models import PlanVersion

ROWS = 2000
READS: dict[str, Callable[[People], object]] = {
    "the version in force": lambda people: queries.version_in_force(people.shop.pk),
    "a version by its number": lambda people: queries.version_of(people.shop.pk, 700),
    "the newest versions": lambda people: queries.versions_of(people.shop.pk),
    "earlier versions": lambda people: queries.versions_of(people.shop.pk, before=900),
}


@pytest.mark.parametrize("name", READS)
def test_a_version_is_found_by_an_index(people: People, name: str) -> None:
    PlanVersion.objects.bulk_create(
        PlanVersion(shop=people.shop, n=n + 1, document={}, digest=str(n), author=people.lead) for n in range(ROWS)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        READS[name](people)
    [statement] = [each["sql"] for each in asked]
    with connection.cursor() as cursor:
        for way in () if sql.is_sqlite() else ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if sql.is_sqlite() else 'EXPLAIN'} {statement}")
        lines = [str(row[-1]) for row in cursor.fetchall()]
    assert not [line for line in lines if re.search(r"^SCAN plan_|Seq Scan on plan_|TEMP B-TREE|\bSort\b  ", line)], (
        lines
    )
