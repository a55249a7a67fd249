"""What is asked at each `/`, and each minute, finds its rows by an index."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import People

from sonnim.contacts.actions import create_visitor
from sonnim.contacts.models import Contact
from sonnim.kernel import sql
from sonnim.plan.models import ScriptUse, ScriptVariant
from sonnim.plan.scripts import queries
from sonnim.plan.scripts.actions import note_outcomes
from sonnim.plan.scripts.tests.writing import kept

READERS = 2000


@pytest.fixture
def reader(people: People) -> int:
    """One of many who have read something; few of that is watched any more."""
    who, _ = create_visitor(shop_id=people.shop.pk, locale="en")
    Contact.objects.bulk_create(Contact(shop=people.shop) for _ in range(READERS))
    variant = ScriptVariant.objects.get(canned=kept(people, {"en": ["One"]}))
    ScriptUse.objects.bulk_create(
        ScriptUse(shop=people.shop, contact_id=each, variant=variant, watched=False)
        for each in Contact.objects.filter(shop=people.shop).values_list("pk", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return who.pk


def plan_of(statement: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if sql.is_sqlite() else "EXPLAIN ") + statement)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_what_a_shopper_has_read_is_found_among_what_everybody_has(people: People, reader: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert len(queries.said_to(shop_id=people.shop.pk, contact_id=reader)) == 1
    plan = plan_of(str(asked[-1]["sql"]))
    assert "script_read_once" in plan or "(contact_id=?)" in plan, plan


def test_the_minutes_look_reads_only_what_is_watched(people: People, reader: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert note_outcomes() == 0
    [look, *_] = [str(each["sql"]) for each in asked if "EXISTS" in str(each["sql"])]
    plan = plan_of(look)
    assert "script_use_watched" in plan, plan
