"""Many rows in one statement, on SQLite and PostgreSQL alike.

SQLite runs prepared statements without a round trip, so `executemany` is its fastest form; PostgreSQL pays for each
round trip, so it gets one statement over `unnest`ed arrays.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

Row = Sequence[Any]


def is_sqlite() -> bool:
    """Whether the default database is SQLite."""
    return connection.vendor == "sqlite"


def insert_rows(cursor: CursorWrapper, table: str, columns: dict[str, str], rows: Sequence[Row]) -> None:
    """Insert `rows` into `table`.

    Args:
        columns: column name → PostgreSQL type, in the order of the row's values.
    """
    if not rows:
        return
    if is_sqlite():
        cursor.executemany(_sqlite_insert(table, tuple(columns)), rows)
    else:
        cursor.execute(_pg_insert(table, tuple(columns.items())), arrays(rows))


def update_rows(cursor: CursorWrapper, table: str, columns: dict[str, str], rows: Sequence[Row]) -> None:
    """Update `table`; each row holds the new values in the order of `columns`, then the id."""
    if not rows:
        return
    if is_sqlite():
        cursor.executemany(_sqlite_update(table, tuple(columns)), rows)
    else:
        cursor.execute(_pg_update(table, tuple(columns.items())), arrays(rows))


def arrays(rows: Sequence[Row]) -> list[str]:
    """The rows' columns as PostgreSQL array literals; each goes to a parameter that is cast, such as `%s::bigint[]`.

    psycopg dumps a list element by element in Python, which was two thirds of the writer's time.
    """
    return ["{" + ",".join(map(_array_element, column)) + "}" for column in zip(*rows, strict=True)]


def _array_element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, int):  # bool too: PostgreSQL reads True and False
        return str(value)
    raise TypeError(f"no array literal for {type(value).__name__}")


def among(column: str, kind: str = "bigint") -> str:
    """A condition `column is one of %s`; pass the parameter through `many`."""
    if is_sqlite():
        return f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608
    return f"{column} = ANY(%s::{kind}[])"


def many(values: Sequence[Any]) -> Any:
    """The parameter for `among`."""
    return json.dumps(list(values)) if is_sqlite() else list(values)


@lru_cache(maxsize=64)
def _sqlite_insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608


@lru_cache(maxsize=64)
def _pg_insert(table: str, columns: tuple[tuple[str, str], ...]) -> str:
    names = ", ".join(name for name, _ in columns)
    arrays = ", ".join(f"%s::{kind}[]" for _, kind in columns)
    return f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608


@lru_cache(maxsize=64)
def _sqlite_update(table: str, columns: tuple[str, ...]) -> str:
    return f"UPDATE {table} SET {', '.join(f'{name} = %s' for name in columns)} WHERE id = %s"  # noqa: S608


@lru_cache(maxsize=64)
def _pg_update(table: str, columns: tuple[tuple[str, str], ...]) -> str:
    changes = ", ".join(f"{name} = n.{name}" for name, _ in columns)
    names = ", ".join([*(name for name, _ in columns), "id"])
    arrays = ", ".join([*(f"%s::{kind}[]" for _, kind in columns), "%s::bigint[]"])
    return f"UPDATE {table} AS t SET {changes} FROM unnest({arrays}) AS n({names}) WHERE t.id = n.id"  # noqa: S608
