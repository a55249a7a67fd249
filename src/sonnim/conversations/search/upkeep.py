"""Keeps the index of entries in step with their texts, inside the transaction that writes these."""

from collections.abc import Iterable
from typing import Any

import msgspec
from django.db.backends.utils import CursorWrapper

from sonnim.kernel.tokens import tokens_of
from sonnim.search import index, lookup
from sonnim.search.index import Text

COLUMNS = ("shop_id", "id", "text", "attachments", "at")
BATCH = 2_000
_files = msgspec.json.Decoder(list[dict[str, Any]])


def searchable(text: str, attachments: str) -> str:
    """What an entry is found by: what was written, and the names of its files."""
    if attachments == "[]":
        return text
    return "\n".join(filter(None, [text, *(file["name"] for file in _files.decode(attachments))]))


def titled(subject: str, seq: int, text: str) -> str:
    """What an entry says: a conversation's first one is found by what the conversation is about, too."""
    return " — ".join(filter(None, [subject, text])) if seq == 1 else text


def index_entries(cursor: CursorWrapper, rows: Iterable[tuple[int, int, str, str, int]]) -> None:
    """Let new entries be found: rows of COLUMNS, ids ascending; those without text or files cannot be."""
    found = [Text(shop, entry, searchable(text, files), at) for shop, entry, text, files, at in rows]
    index.put_texts(cursor, "entry", [each for each in found if each.text])


def index_entry(cursor: CursorWrapper, entry_id: int) -> None:
    """Let one entry be found by the wording that its row has now."""
    index_entries(cursor, _rows(cursor, "id = %s", [entry_id]))


def forget_entry(cursor: CursorWrapper, entry_id: int) -> None:
    """Let one entry be found no more, and drop the words that it alone had; call it while its row has the wording."""
    for shop, entry, text, files, at in _rows(cursor, "id = %s", [entry_id]):
        former = Text(shop, entry, searchable(text, files), at)
        if former.text:
            index.take_text(cursor, "entry", former)
            words = tokens_of(former.text).words
            unused = [
                word
                for word in words
                if lookup.holds_none(cursor, "entry", shop, word) and lookup.holds_none(cursor, "contact", shop, word)
            ]
            index.forget_words(cursor, shop, unused)


def index_all(cursor: CursorWrapper, *, after: int = 0, limit: int = BATCH, subjects: bool = True) -> int | None:
    """Let the next entries after an id be found, for an index that is being filled; answers the last id, or None.

    Args:
        subjects: False as long as the index is one without them.
    """
    rows = _rows(cursor, "id > %s AND hidden = '' ORDER BY id LIMIT %s", [after, limit], subjects=subjects)
    index_entries(cursor, rows)
    return rows[-1][1] if rows else None


def index_subjects(cursor: CursorWrapper) -> None:
    """Let first entries be found by their conversations' subjects, in an index that was filled without them."""
    first = (
        "seq = 1 AND hidden = '' AND conversation_id IN (SELECT id FROM conversations_conversation WHERE subject <> '')"
    )
    for shop, entry, text, files, at in _rows(cursor, first, [], subjects=False):
        known = Text(shop, entry, searchable(text, files), at)
        if known.text:
            index.take_text(cursor, "entry", known)
        index_entry(cursor, entry)


def _rows(
    cursor: CursorWrapper, condition: str, values: list[Any], *, subjects: bool = True
) -> list[tuple[int, int, str, str, int]]:
    about = "(SELECT subject FROM conversations_conversation WHERE id = conversation_id)" if subjects else "''"
    cursor.execute(
        f"SELECT {', '.join(COLUMNS)}, seq, CASE WHEN seq = 1 THEN {about} ELSE '' END "  # noqa: S608
        f"FROM conversations_entry WHERE {condition}",
        values,
    )
    return [(shop, entry, titled(of, seq, text), files, at) for shop, entry, text, files, at, seq, of in cursor]
