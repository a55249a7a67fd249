"""Many rows in one statement, on SQLite and PostgreSQL alike.

PostgreSQL pays for each round trip, so it gets one statement over `unnest`ed arrays. SQLite has no round trips, but
Python's driver gives the interpreter away at each step of a statement and must get it back from the event loop, which
under load takes up to a switch interval; so it gets few steps: many rows to a VALUES, and one row of JSON to a read.
"""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from django.db import connection
from django.db.backends.utils import CursorWrapper

Row = Sequence[Any]
_CHUNK_SIZES = (64, 8, 1)
_rows = msgspec.json.Decoder(list[list[Any]])


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
        for some in _chunks(rows):
            _execute_sqlite(_sqlite_insert(table, tuple(columns), len(some)), some)
    else:
        _copy(cursor, f"COPY {table} ({', '.join(columns)}) FROM STDIN", rows)


def _copy(cursor: CursorWrapper, statement: str, rows: Sequence[Row]) -> None:
    """PostgreSQL's bulk load, inside the transaction like any statement; half the cost of an INSERT of arrays."""
    lines = ["\t".join(map(_copy_field, row)) for row in rows]
    lines.append("")
    with connection.wrap_database_errors, cursor.cursor.copy(statement) as copy:
        copy.write("\n".join(lines))


def _copy_field(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        # Four searches take a tenth of the time of one translate.
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    if isinstance(value, int):  # bool too: PostgreSQL reads True and False
        return str(value)
    raise TypeError(f"no text for {type(value).__name__}")


def update_rows(cursor: CursorWrapper, table: str, columns: dict[str, str], rows: Sequence[Row]) -> None:
    """Update `table`; each row holds the new values in the order of `columns`, then the id."""
    if not rows:
        return
    if is_sqlite():
        for some in _chunks(rows):
            _execute_sqlite(_sqlite_update(table, tuple(columns), len(some)), some)
    else:
        cursor.execute(_pg_update(table, tuple(columns.items())), arrays(rows))


def select_rows(
    cursor: CursorWrapper, columns: str, rest: str, parameters: Sequence[Any] | dict[str, Any]
) -> list[list[Any]]:
    """The rows of `SELECT columns rest`, in no order; for columns of numbers and text, on hot paths."""
    if not is_sqlite():
        cursor.execute(f"SELECT {columns} {rest}", parameters)
        return [list(row) for row in cursor.fetchall()]
    cursor.execute(f"SELECT json_group_array(json_array({columns})) {rest}", parameters)
    return _rows.decode(cursor.fetchone()[0])


def _chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in as few groups as a handful of prepared statements allows."""
    start = 0
    while start < len(rows):
        size = next(size for size in _CHUNK_SIZES if size <= len(rows) - start)
        yield rows[start : start + size]
        start += size


def _execute_sqlite(statement: str, rows: Sequence[Row]) -> None:
    # Past Django's cursor, which would search these long statements for placeholders each time.
    connection.ensure_connection()
    with connection.wrap_database_errors:
        connection.connection.execute(statement, [value for row in rows for value in row])


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
def _sqlite_insert(table: str, columns: tuple[str, ...], count: int) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) {_values(len(columns), count)}"


@lru_cache(maxsize=64)
def _sqlite_update(table: str, columns: tuple[str, ...], count: int) -> str:
    changes = ", ".join(f"{name} = n.column{at}" for at, name in enumerate(columns, 1))
    values = _values(len(columns) + 1, count)
    return f"UPDATE {table} SET {changes} FROM ({values}) AS n WHERE {table}.id = n.column{len(columns) + 1}"  # noqa: S608


def _values(columns: int, count: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return f"VALUES {', '.join([row] * count)}"


@lru_cache(maxsize=64)
def _pg_update(table: str, columns: tuple[tuple[str, str], ...]) -> str:
    changes = ", ".join(f"{name} = n.{name}" for name, _ in columns)
    names = ", ".join([*(name for name, _ in columns), "id"])
    arrays = ", ".join([*(f"%s::{kind}[]" for _, kind in columns), "%s::bigint[]"])
    return f"UPDATE {table} AS t SET {changes} FROM unnest({arrays}) AS n({names}) WHERE t.id = n.id"  # noqa: S608
