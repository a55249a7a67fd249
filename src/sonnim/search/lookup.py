"""Which ids a query leads to, newest first. What it costs is bounded by the page, not by how many there are."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

from sonnim.kernel import sql
from sonnim.kernel.tokens import Term
from sonnim.search import keys
from sonnim.search.index import Kind

FOREVER = 2**53
MAX_TOKENS = 32
ALTERNATIVES = 40
Wanted = tuple[tuple[str, ...], ...]
"""What an id must hold: of each group at least one token."""


class Span(NamedTuple):
    """A stretch of time in milliseconds; a text outside of it need not be found."""

    since: int = 0
    until: int = FOREVER


def wanted_of(terms: Iterable[Term]) -> Wanted:
    """The tokens of every term, up to a number that no text is told apart by any more."""
    return tuple(dict.fromkeys((token,) for term in terms for token in _covering(term)))[:MAX_TOKENS]


def _covering(term: Term) -> tuple[str, ...]:
    """Every second pair and the last one: each character is in one, and half the lists are to be merged."""
    return term.tokens if len(term.tokens) < 3 else tuple(dict.fromkeys((*term.tokens[::2], term.tokens[-1])))


def widened(cursor: CursorWrapper, shop_id: int, terms: Iterable[Term]) -> Wanted:
    """The same, but of words typed from the middle on: any word of the shop in which one lies will do."""
    groups: list[tuple[str, ...]] = []
    for term in terms:
        if term.is_word:
            groups.append((*term.tokens, *_words_with(cursor, shop_id, term.text)))
        else:
            groups += [(token,) for token in _covering(term)]
    return tuple(groups)[:MAX_TOKENS]


def _words_with(cursor: CursorWrapper, shop_id: int, part: str) -> list[str]:
    cursor.execute(
        "SELECT DISTINCT word FROM search_word WHERE shop_id = %s AND ending >= %s AND ending < %s LIMIT %s",
        [shop_id, part, part + "\U0010ffff", ALTERNATIVES],
    )
    return [row[0] for row in cursor.fetchall()]


def find_ids(
    cursor: CursorWrapper,
    kind: Kind,
    shop_id: int,
    wanted: Wanted,
    *,
    before: int,
    limit: int,
    span: Span | None = None,
) -> list[int]:
    """The newest ids below `before` that hold what is wanted.

    A few may be of other shops or without it, when numbers collide or a text has gone: look at the texts.
    """
    if not wanted:
        return []
    if sql.is_sqlite():
        return _sqlite_ids(cursor, kind, shop_id, wanted, before, limit, span)
    return _pg_ids(cursor, kind, shop_id, wanted, before, limit, span or Span())


def holds_none(cursor: CursorWrapper, kind: Kind, shop_id: int, token: str) -> bool:
    """Whether no text of the shop has a token."""
    return not find_ids(cursor, kind, shop_id, ((token,),), before=FOREVER, limit=1)


def _sqlite_ids(
    cursor: CursorWrapper, kind: Kind, shop_id: int, wanted: Wanted, before: int, limit: int, span: Span | None
) -> list[int]:
    groups = [" OR ".join(f'"{keys.name(shop_id, token)}"' for token in group) for group in wanted]
    match = " AND ".join(f"({group})" if " OR " in group else group for group in groups)
    found: list[int] = []
    for low, high in [(0, before)] if span is None else runs_of(cursor, kind, shop_id, span=span, before=before):
        cursor.execute(
            f"SELECT rowid FROM search_{kind} WHERE search_{kind} MATCH %s AND rowid >= %s AND rowid < %s "  # noqa: S608
            "ORDER BY rowid DESC LIMIT %s",
            [match, low, high, limit - len(found)],
        )
        found += [row[0] for row in cursor.fetchall()]
        if len(found) >= limit:
            break
    return found


def runs_of(
    cursor: CursorWrapper, kind: Kind, shop_id: int, *, span: Span | None, before: int, most: int | None = None
) -> list[tuple[int, int]]:
    """Stretches of ids in which a shop's texts lie, newest first: runs of neighbouring blocks in one.

    Args:
        span: when they were written, if that matters.
        most: how many blocks are enough.
    """
    since, until = span or Span()
    cursor.execute(
        "SELECT n FROM search_block WHERE shop_id = %s AND kind = %s AND n <= %s AND last_at >= %s AND first_at <= %s "
        "ORDER BY n DESC LIMIT %s",
        [shop_id, kind, keys.block_of(before), since, until, FOREVER if most is None else most],
    )
    runs: list[list[int]] = []
    for (block,) in cursor.fetchall():
        if runs and runs[-1][0] == block + 1:
            runs[-1][0] = block
        else:
            runs.append([block, block + 1])
    return [(low * keys.SIZE, min(high * keys.SIZE, before)) for low, high in runs]


def _pg_ids(
    cursor: CursorWrapper, kind: Kind, shop_id: int, wanted: Wanted, before: int, limit: int, span: Span
) -> list[int]:
    condition, values = _pg_condition(shop_id, wanted)
    # `+ 0` keeps the planner from walking down the ids instead of asking the index, block by block.
    cursor.execute(
        "SELECT found.id FROM (SELECT n << 32 AS high FROM search_block WHERE shop_id = %s AND kind = %s "  # noqa: S608
        "AND n <= %s AND last_at >= %s AND first_at <= %s ORDER BY n DESC) AS block "
        f"CROSS JOIN LATERAL (SELECT id FROM search_{kind} WHERE {condition} AND id + 0 < %s "
        "ORDER BY id + 0 DESC LIMIT %s) AS found LIMIT %s",
        [shop_id, kind, keys.block_of(before), span.since, span.until, *values, before, limit, limit],
    )
    return [row[0] for row in cursor.fetchall()]


def _pg_condition(shop_id: int, wanted: Wanted) -> tuple[str, list[Any]]:
    single = [group[0] for group in wanted if len(group) == 1]
    parts, values = [], []
    for tokens, operator in [(single, "@>"), *((group, "&&") for group in wanted if len(group) > 1)]:
        if tokens:
            parts.append(f"keys {operator} ARRAY[{', '.join(['high | %s'] * len(tokens))}]")
            values += [keys.key(shop_id, token) for token in tokens]
    return " AND ".join(parts), values
