"""Answers a search: a page of messages, newest or best first, or of the conversations that they are in."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection
from django.db.backends.utils import CursorWrapper

from sonnim.conversations.queues import cursor_after
from sonnim.conversations.search.asking import EXACT, LITERAL, WIDENED, Question
from sonnim.conversations.search.walk import Match, Walk

BEST_OF = 300
"""Newest matches among which the best ones are chosen; of a word that many more have, the best are recent anyway."""


@dataclass(slots=True)
class Page:
    """Matches, how many of each conversation were seen, where the next page begins, and how far back it was looked."""

    matches: list[Match]
    counts: dict[int, int] = field(default_factory=dict)
    next: str | None = None
    upto: int | None = None


MOST_SEEN = 600
"""Matches that a page of conversations looks at; a word of a very long conversation may take several pages."""
Reader = Callable[[Walk, Question, int], Page]


def newest(question: Question) -> Page:
    """Messages, newest first."""
    return _answer(question, _read_newest)


def best(question: Question) -> Page:
    """Messages that fit best first: whole words and the query in one piece before parts; of equals the newest."""
    return _answer(question, _read_best)


def conversations(question: Question) -> Page:
    """The newest match of each conversation. A later page may name one again whose newer match an earlier page had."""
    return _answer(question, _read_conversations)


def best_conversations(question: Question) -> Page:
    """The best match of each conversation, of those among which the best messages are chosen."""
    return _answer(question, _read_best_conversations)


def _answer(question: Question, read: Reader) -> Page:
    """Ask in the narrowest way; only when that finds nothing at all in widening ones."""
    with connection.cursor() as cursor:
        if not question.is_first:
            return read(Walk(cursor, question, question.place.way), question, question.place.way)
        return _first_page(cursor, question, read)


def _first_page(cursor: CursorWrapper, question: Question, read: Reader) -> Page:
    page = Page([])
    for way in (EXACT, WIDENED, LITERAL) if question.terms else (LITERAL,):
        if way == WIDENED and not any(term.is_word for term in question.terms):
            continue
        page = read(Walk(cursor, question, way), question, way)
        if page.matches or page.next:
            break
    return page


def _read_newest(walk: Walk, question: Question, way: int) -> Page:
    matches: list[Match] = []
    for match in walk:
        if len(matches) == question.limit:
            return Page(matches, next=cursor_after(way, matches[-1].id, 0), upto=matches[-1].at)
        matches.append(match)
    return _ended(walk, matches, way)


def _read_best(walk: Walk, question: Question, way: int) -> Page:
    found = _best_of(walk)
    if not found:
        return _ended(walk, [], way)
    return _best_page(found, max(match.id for match in found), question, way)


def _read_best_conversations(walk: Walk, question: Question, way: int) -> Page:
    found = _best_of(walk)
    if not found:
        return _ended(walk, [], way)
    firsts: dict[int, Match] = {}
    counts: dict[int, int] = {}
    for match in found:
        firsts.setdefault(match.conversation_id, match)
        counts[match.conversation_id] = counts.get(match.conversation_id, 0) + 1
    page = _best_page(list(firsts.values()), max(match.id for match in found), question, way)
    page.counts = counts
    return page


def _best_of(walk: Walk) -> list[Match]:
    found: list[Match] = []
    for match in walk:
        found.append(match)
        if len(found) == BEST_OF:
            break
    return sorted(found, key=lambda match: (-match.fit - 20 / (20 + len(match.text)), -match.id))


def _best_page(found: list[Match], newest_id: int, question: Question, way: int) -> Page:
    # What came since the first page would move everything; the cursor names the newest match that counts.
    start, end = question.place.skip, question.place.skip + question.limit
    following = cursor_after(way, newest_id + 1, end) if len(found) > end else None
    return Page(found[start:end], next=following)


def _read_conversations(walk: Walk, question: Question, way: int) -> Page:
    firsts: dict[int, Match] = {}
    counts: dict[int, int] = {}
    for seen, match in enumerate(walk):
        if seen == MOST_SEEN or (match.conversation_id not in firsts and len(firsts) == question.limit):
            return Page(list(firsts.values()), counts, cursor_after(way, match.id + 1, 0), match.at)
        firsts.setdefault(match.conversation_id, match)
        counts[match.conversation_id] = counts.get(match.conversation_id, 0) + 1
    page = _ended(walk, list(firsts.values()), way)
    page.counts = counts
    return page


def _ended(walk: Walk, matches: list[Match], way: int) -> Page:
    """Everything was seen, or as much of it as one request may cost."""
    if walk.is_at_end:
        return Page(matches)
    return Page(matches, next=cursor_after(way, walk.reached, 0), upto=walk.reached_at())
