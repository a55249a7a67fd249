"""How long shoppers wait now: whoever comes before one, and what those who were answered had to wait."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.core.cache import cache
from django.db import connection

from sonnim.conversations.state import State
from sonnim.kernel import clock, sql

MAX_AHEAD = 50
SAMPLE = 20  # conversations of each kind that are looked at
TAIL = 20  # of their entries
WITHIN_MS = 2 * 3600 * 1000
ENOUGH = 3  # answers, before anything is said of how long they take
FRESH_S = 15
# Waiting conversations sort before this, all others after it; see rules.rank.
NOBODY_WAITS = 5 * 10**12


@dataclass(frozen=True, slots=True)
class Wait:
    """What a shopper may expect.

    Attributes:
        ahead: how many wait longer, at most MAX_AHEAD; of one who does not wait, how many wait at all.
        wait_s: within how many seconds three of four are answered now; None when too few were to say so.
    """

    ahead: int
    wait_s: int | None


def wait_of(*, shop_id: int, state: State | None) -> Wait:
    """What a shopper may expect whose conversation this is."""
    waits = state is not None and state.status == "open" and state.waiting_since is not None
    began = _waiting_before(shop_id, (state.rank, state.id) if waits and state is not None else (NOBODY_WAITS, 0))
    key = f"waits:{shop_id}"
    recent = cache.get(key)
    if recent is None:
        recent = recent_waits(_tails(shop_id), since=clock.now_ms() - WITHIN_MS)
        cache.set(key, recent, timeout=FRESH_S)
    return Wait(len(began), expected_wait(recent, waiting=[clock.now_ms() - each for each in began]))


def expected_wait(recent: Sequence[int], *, waiting: Iterable[int] = ()) -> int | None:
    """Seconds within which three of four are answered, and never less than somebody ahead has waited already.

    Args:
        recent: milliseconds that answered shoppers had to wait.
        waiting: milliseconds that those ahead have waited so far.
    """
    if len(recent) < ENOUGH:
        return None
    usual = sorted(recent)[(len(recent) * 3 - 1) // 4]
    return round(max([usual, *waiting]) / 1000)


def recent_waits(rows: Iterable[tuple[int, str, int]], *, since: int) -> list[int]:
    """How long shoppers waited for answers that were given after `since`.

    Args:
        rows: (conversation, who wrote, when) of messages, in the order of each conversation.
    """
    found = []
    for _, tail in groupby(rows, key=itemgetter(0)):
        asked: int | None = None
        for _, author, at in tail:
            if author == "contact":
                asked = at if asked is None else asked
            elif asked is not None:
                if at >= since:
                    found.append(max(at - asked, 0))
                asked = None
    return found


def _waiting_before(shop_id: int, place: tuple[int, int]) -> list[int]:
    """Since when those wait who come before this place in the queue: a range of one index, at most MAX_AHEAD of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT waiting_since FROM conversations_conversation WHERE shop_id = %s AND status = 'open' "
            "AND (rank, id) < (%s, %s) AND waiting_since IS NOT NULL ORDER BY rank LIMIT %s",
            [shop_id, *place, MAX_AHEAD],
        )
        return [row[0] for row in cursor.fetchall()]


def _tails(shop_id: int) -> list[tuple[int, str, int]]:
    """The last messages of the conversations that were answered or settled last."""
    newest = (
        "SELECT id FROM conversations_conversation WHERE shop_id = %s AND status = %s AND rank > %s "
        "ORDER BY rank LIMIT %s"
    )
    with connection.cursor() as cursor:
        ids: list[int] = []
        for status in ("open", "resolved"):
            cursor.execute(newest, [shop_id, status, NOBODY_WAITS, SAMPLE])
            ids += [row[0] for row in cursor.fetchall()]
        if not ids:
            return []
        cursor.execute(
            "SELECT e.conversation_id, e.author_kind, e.at FROM conversations_conversation c "  # noqa: S608
            "JOIN conversations_entry e ON e.conversation_id = c.id AND e.seq > c.last_seq - %s "
            f"WHERE {sql.among('c.id')} AND e.kind = 'message' ORDER BY e.conversation_id, e.seq",
            [TAIL, sql.many(ids)],
        )
        return list(cursor.fetchall())
