"""Goes down the matches from the newest one, looks at each text again, and stops when it has seen enough."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.backends.utils import CursorWrapper

from sonnim.conversations.search.asking import LITERAL, WIDENED, Question
from sonnim.conversations.search.upkeep import searchable, titled
from sonnim.kernel import sql
from sonnim.kernel.highlights import fit
from sonnim.search import lookup
from sonnim.search.lookup import FOREVER

STEPS = (64, 300, 2_000, 4_000)
"""How many matches are fetched at a time. Filters may let few of them through; then the answer says how far it came."""
SCANNED = 4
"""Newest blocks of the shop's own rows that are read letter by letter when the index has nothing to look up."""
_COLUMNS = "e.id, e.conversation_id, e.seq, e.kind, e.author_kind, e.author_id, e.text, e.attachments, e.at, c.subject"
Row = tuple[Any, ...]
_FROM = "FROM conversations_entry e JOIN conversations_conversation c ON c.id = e.conversation_id"


class Match(NamedTuple):
    """An entry that holds what was asked for."""

    id: int
    conversation_id: int
    seq: int
    kind: str
    author_kind: str
    author_id: int | None
    text: str
    at: int
    fit: float


class Walk:
    """One way down. Once iterated, `reached` is the lowest id looked at, and `is_at_end` whether there are no more."""

    def __init__(self, cursor: CursorWrapper, question: Question, way: int) -> None:
        self._cursor = cursor
        self._asked = question
        self._way = way
        self.reached = question.place.before
        self.is_at_end = False

    def __iter__(self) -> Iterator[Match]:
        if self._way == LITERAL or not self._asked.terms:
            yield from self._literal()
            return
        wanted = (
            lookup.widened(self._cursor, self._asked.shop_id, self._asked.terms)
            if self._way == WIDENED
            else lookup.wanted_of(self._asked.terms)
        )
        for step in STEPS:
            ids = lookup.find_ids(
                self._cursor, "entry", self._asked.shop_id, wanted,
                before=self.reached, limit=step, span=self._asked.filters.span,
            )  # fmt: skip
            for match in self._matches(ids):
                self.reached = match.id
                yield match
            if len(ids) < step:
                self.is_at_end = True
                return
            self.reached = min(ids)

    def reached_at(self) -> int | None:
        """When the lowest id looked at was written."""
        self._cursor.execute("SELECT at FROM conversations_entry WHERE id = %s", [self.reached])
        row = self._cursor.fetchone()
        return row[0] if row else None

    def _matches(self, ids: list[int]) -> Iterator[Match]:
        if not ids:
            return
        narrowed, values = self._asked.filters.conditions()
        self._cursor.execute(
            f"SELECT {_COLUMNS} {_FROM} WHERE {sql.among('e.id')} AND e.shop_id = %s AND e.hidden = ''{narrowed} "
            "ORDER BY e.id DESC",
            [sql.many(ids), self._asked.shop_id, *values],
        )
        for row in self._cursor.fetchall():
            match = self._looked_at(row)
            if match is not None:
                yield match

    def _literal(self) -> Iterator[Match]:
        narrowed, values = self._asked.filters.conditions()
        like = "LIKE" if sql.is_sqlite() else "ILIKE"
        escaped = self._asked.query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        shop = self._asked.shop_id
        left = STEPS[0]
        # Of the shop's own blocks, so that what others write meanwhile takes nothing out of its reach.
        for low, high in lookup.runs_of(self._cursor, "entry", shop, span=None, before=FOREVER, most=SCANNED):
            self._cursor.execute(
                f"SELECT {_COLUMNS} {_FROM} WHERE e.id >= %s AND e.id < %s AND e.shop_id = %s AND e.hidden = '' "
                f"AND e.text {like} %s ESCAPE '\\'{narrowed} ORDER BY e.id DESC LIMIT %s",
                [low, min(high, self.reached), shop, f"%{escaped}%", *values, left],
            )
            rows = self._cursor.fetchall()
            left -= len(rows)
            for row in rows:
                match = _match(row, 0.0)
                self.reached = match.id
                yield match
            if not left:
                return
        self.is_at_end = True

    def _looked_at(self, row: Row) -> Match | None:
        fits = fit(searchable(titled(row[9], row[2], row[6]), row[7]), self._asked.terms)
        return None if fits is None else _match(row, fits)


def _match(row: Row, fits: float) -> Match:
    identity, conversation, seq, kind, author_kind, author_id, text, attachments, at, subject = row
    said = searchable(titled(subject, seq, text), attachments)
    return Match(identity, conversation, seq, kind, author_kind, author_id, said, at, fits)
