"""The only writer of the index. Call it in the transaction that writes the text: both are there, or neither."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple, get_args

from django.db import connection
from django.db.backends.utils import CursorWrapper

from sonnim.kernel import sql
from sonnim.kernel.tokens import Tokens, tokens_of
from sonnim.search import keys, known

Kind = Literal["entry", "contact"]
_HOUR = 3_600_000
_SQLITE = {"rowid": "bigint", "keys": "text"}
_POSTGRESQL = {"id": "bigint", "shop_id": "bigint", "keys": "bigint[]"}


class Text(NamedTuple):
    """What shall be found under an id of its kind; `at` in milliseconds."""

    shop_id: int
    id: int
    text: str
    at: int


def put_texts(cursor: CursorWrapper, kind: Kind, texts: Sequence[Text]) -> None:
    """Let texts be found, from this transaction on; the ids are new to the index and ascend."""
    if not texts:
        return
    found = [tokens_of(text.text) for text in texts]
    if sql.is_sqlite():
        documents = [
            (text.id, keys.sqlite_document(text.shop_id, tokens.all)) for text, tokens in zip(texts, found, strict=True)
        ]
        sql.insert_rows(cursor, f"search_{kind}", _SQLITE, documents)
    else:
        rows = [
            (text.id, text.shop_id, keys.pg_document(text.shop_id, text.id, tokens.all))
            for text, tokens in zip(texts, found, strict=True)
        ]
        sql.insert_rows(cursor, f"search_{kind}", _POSTGRESQL, rows)
    _note_blocks(cursor, kind, texts)
    _note_words(cursor, texts, found)


def take_text(cursor: CursorWrapper, kind: Kind, text: Text) -> None:
    """Let a text be found no more. SQLite's index must be told the very text that was put."""
    tokens = tokens_of(text.text)
    if sql.is_sqlite():
        document = keys.sqlite_document(text.shop_id, tokens.all)
        cursor.execute(
            f"INSERT INTO search_{kind}(search_{kind}, rowid, keys) VALUES ('delete', %s, %s)",  # noqa: S608
            [text.id, document],
        )
    else:
        cursor.execute(f"DELETE FROM search_{kind} WHERE id = %s", [text.id])  # noqa: S608


def forget_shop(shop_id: int) -> None:
    """Drop what lies in the index of a shop that goes. SQLite's keeps its numbers, which lead to no text any more."""
    if sql.is_sqlite():
        return
    with connection.cursor() as cursor:
        for kind in get_args(Kind):
            cursor.execute(f"DELETE FROM search_{kind} WHERE shop_id = %s", [shop_id])  # noqa: S608


def forget_words(cursor: CursorWrapper, shop_id: int, words: Iterable[str]) -> None:
    """Erase words from the shop's list; the caller has seen that no text holds them any more."""
    gone = list(words)
    if gone:
        cursor.execute(
            f"DELETE FROM search_word WHERE shop_id = %s AND {sql.among('word', 'text')}",  # noqa: S608
            [shop_id, sql.many(gone)],
        )
        known.forget((shop_id, word) for word in gone)


def _note_blocks(cursor: CursorWrapper, kind: Kind, texts: Sequence[Text]) -> None:
    hours = {(kind, text.shop_id, keys.block_of(text.id), text.at // _HOUR) for text in texts}
    fresh = known.unknown(hours)
    for _, shop, block, hour in fresh:
        cursor.execute(
            "INSERT INTO search_block (shop_id, kind, n, first_at, last_at) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT (shop_id, kind, n) DO UPDATE SET "
            "first_at = CASE WHEN excluded.first_at < search_block.first_at "
            "THEN excluded.first_at ELSE search_block.first_at END, "
            "last_at = CASE WHEN excluded.last_at > search_block.last_at "
            "THEN excluded.last_at ELSE search_block.last_at END",
            [shop, kind, block, hour * _HOUR, (hour + 1) * _HOUR],
        )
    if fresh:
        known.remember(fresh)


def _note_words(cursor: CursorWrapper, texts: Sequence[Text], found: Sequence[Tokens]) -> None:
    written = {(text.shop_id, word) for text, tokens in zip(texts, found, strict=True) for word in tokens.words}
    fresh = known.unknown(written)
    if not fresh:
        return
    rows = [(shop, word[at:], word) for shop, word in sorted(fresh) for at in range(1, len(word))]
    _insert_words(cursor, rows)
    known.remember(fresh)


def _insert_words(cursor: CursorWrapper, rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    if sql.is_sqlite():
        cursor.executemany("INSERT OR IGNORE INTO search_word (shop_id, ending, word) VALUES (%s, %s, %s)", rows)
    else:
        cursor.execute(
            "INSERT INTO search_word (shop_id, ending, word) "
            "SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING",
            sql.arrays(rows),
        )
