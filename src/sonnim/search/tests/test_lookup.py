"""The index answers newest first, ends early, keeps shops apart, and skips the time that nobody asks for."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from tests.people import People

from sonnim.kernel import sql
from sonnim.kernel.tokens import terms_of
from sonnim.search import index, lookup
from sonnim.search.index import Text
from sonnim.search.keys import SIZE, block_of, key
from sonnim.search.lookup import FOREVER, Span

pytestmark = pytest.mark.django_db
DAY = 24 * 3600 * 1000


@pytest.fixture
def cursor(people: People) -> Iterator[CursorWrapper]:
    with connection.cursor() as made:
        yield made


def put(cursor: CursorWrapper, shop: int, texts: dict[int, str]) -> None:
    """Under these ids, each a day after the one before."""
    rows = [Text(shop, identity, text, at * DAY) for at, (identity, text) in enumerate(texts.items())]
    index.put_texts(cursor, "entry", rows)


def found(cursor: CursorWrapper, shop: int, query: str, *, before: int = FOREVER, limit: int = 50) -> list[int]:
    wanted = lookup.wanted_of(terms_of(query))
    return lookup.find_ids(cursor, "entry", shop, wanted, before=before, limit=limit)


def test_newest_come_first_over_blocks(cursor: CursorWrapper, people: People) -> None:
    ids = [5, SIZE - 1, SIZE, 3 * SIZE + 7]
    put(cursor, people.shop.pk, dict.fromkeys(ids, "찻잔 tea"))
    assert found(cursor, people.shop.pk, "찻잔 tea") == ids[::-1]
    assert found(cursor, people.shop.pk, "찻잔", limit=2) == [ids[3], ids[2]]
    assert found(cursor, people.shop.pk, "te", before=SIZE) == [ids[1], ids[0]]


def test_a_shop_finds_its_own_alone(cursor: CursorWrapper, people: People) -> None:
    put(cursor, people.shop.pk, {1: "secret"})
    put(cursor, people.other_shop.pk, {2: "secret"})
    assert found(cursor, people.shop.pk, "secret") == [1]
    assert key(people.shop.pk, "secret") != key(people.other_shop.pk, "secret")


def test_only_asked_for_time_is_looked_through(cursor: CursorWrapper, people: People) -> None:
    put(cursor, people.shop.pk, {1: "tea", SIZE: "tea", 2 * SIZE: "tea"})
    wanted = lookup.wanted_of(terms_of("tea"))

    def during(since: int, until: int) -> list[int]:
        span = Span(since, until)
        return lookup.find_ids(cursor, "entry", people.shop.pk, wanted, before=FOREVER, limit=9, span=span)

    assert during(DAY, 2 * DAY - 1) == [SIZE]
    assert during(DAY, FOREVER) == [2 * SIZE, SIZE]
    assert during(5 * DAY, FOREVER) == []


def test_a_word_typed_from_its_middle_is_widened(cursor: CursorWrapper, people: People) -> None:
    put(cursor, people.shop.pk, {1: "packaging torn", 2: "package late", 3: "tea"})

    def widened(query: str) -> list[int]:
        wanted = lookup.widened(cursor, people.shop.pk, terms_of(query))
        return lookup.find_ids(cursor, "entry", people.shop.pk, wanted, before=FOREVER, limit=9)

    assert found(cursor, people.shop.pk, "ackag") == []
    assert widened("ackag") == [2, 1]
    assert widened("ackag orn") == [1]
    assert widened("zzz") == []


def test_a_text_that_was_taken_is_not_found(cursor: CursorWrapper, people: People) -> None:
    put(cursor, people.shop.pk, {1: "tea", 2: "tea pot"})
    index.take_text(cursor, "entry", Text(people.shop.pk, 2, "tea pot", DAY))
    assert found(cursor, people.shop.pk, "tea") == [1]
    assert lookup.holds_none(cursor, "entry", people.shop.pk, "pot")
    put(cursor, people.shop.pk, {2: "pot again"})
    assert found(cursor, people.shop.pk, "pot") == [2]


def test_the_index_holds_numbers_and_no_wording(cursor: CursorWrapper, people: People) -> None:
    put(cursor, people.shop.pk, {1: "canary4929 찻잔"})
    table = "search_entry_data" if sql.is_sqlite() else "search_entry"
    cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
    kept = repr(cursor.fetchall())
    assert "canary" not in kept
    assert "찻" not in kept and repr("찻잔".encode())[2:-1] not in kept


def test_each_lookup_uses_the_index(cursor: CursorWrapper, people: People) -> None:
    if sql.is_sqlite():
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT rowid FROM search_entry WHERE search_entry MATCH 'a AND b' AND rowid < 9 "
            "ORDER BY rowid DESC LIMIT 5"
        )
        plan = repr(cursor.fetchall())
        assert "VIRTUAL TABLE INDEX" in plan
        assert "B-TREE" not in plan  # it comes sorted
        return
    rows = [
        (n, people.shop.pk, "{" + f"{block_of(n) << 32 | n % 97},{block_of(n) << 32 | 5}" + "}") for n in range(60_000)
    ]
    sql.insert_rows(cursor, "search_entry", {"id": "bigint", "shop_id": "bigint", "keys": "bigint[]"}, rows)
    put(cursor, people.shop.pk, {n * SIZE: "tea" for n in range(4)})
    cursor.execute("ANALYZE")
    statements: list[tuple[str, Any]] = []

    def note(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        statements.append((statement, values))
        return execute(statement, values, many, context)

    with connection.execute_wrapper(note):
        found(cursor, people.shop.pk, "tea pot")
    statement, values = statements[-1]
    cursor.execute(f"EXPLAIN {statement}", values)
    plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "search_entry_keys" in plan
    assert "Seq Scan on search_entry" not in plan
