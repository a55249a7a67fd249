"""Many rows in one statement: every value comes back as it went in, on both databases."""

import pytest
from django.db import connection

from sonnim.kernel import sql

COLUMNS = {"id": "bigint", "words": "text", "flag": "boolean"}
AWKWARD = [
    "",
    "NULL",
    "null",
    " spaced ",
    'say "hi"',
    "back\\slash",
    "\\n",
    "a,b",
    "{x}",
    "줄\n바꿈\t탭",
    "' OR 1=1",
    "%s %%",
    "🙇🏻‍♀️",
]


@pytest.mark.django_db
def test_awkward_values_come_back_as_they_were() -> None:
    rows: list[tuple[int, str | None, bool | None]] = [
        (number, text, number % 2 == 0) for number, text in enumerate(AWKWARD)
    ]
    rows.append((2**53, None, None))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE things (id bigint, words text, flag boolean)")
        sql.insert_rows(cursor, "things", COLUMNS, rows)
        cursor.execute("SELECT id, words, flag FROM things ORDER BY id")
        assert cursor.fetchall() == rows


@pytest.mark.django_db
def test_an_update_changes_its_own_rows_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE things (id bigint, words text, flag boolean)")
        sql.insert_rows(cursor, "things", COLUMNS, [(number, "before", True) for number in range(3)])
        sql.update_rows(cursor, "things", {"words": "text", "flag": "boolean"}, [(None, False, 0), ('"', True, 2)])
        cursor.execute("SELECT id, words, flag FROM things ORDER BY id")
        assert cursor.fetchall() == [(0, None, False), (1, "before", True), (2, '"', True)]


def test_a_value_that_has_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="dict"):
        sql.arrays([({},)])
