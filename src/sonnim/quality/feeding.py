"""Reads settled conversations for scoring: a few statements for many of them."""

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from django.db import connection

from sonnim.accounts.models import Agent
from sonnim.coach.languages.registry import FALLBACK
from sonnim.conversations import reach
from sonnim.conversations.rules import NEWEST_FIRST
from sonnim.kernel import sql
from sonnim.quality.talk import Read, Row, Talk, read

MOST_LINES = 1_000
"""Of a longer conversation the last lines are read."""
AT_ONCE = 50


class Place(NamedTuple):
    """Where a walk through a shop's settled conversations has come to, newest first."""

    rank: int = 0
    id: int = 0


class Pending(NamedTuple):
    """The next conversations that are not scored as they stand, and where to go on; None at the end."""

    ids: list[int]
    looked_at: int
    next: Place | None


class Fed(NamedTuple):
    """What is to be scored; and of what is scored but for lines without a bearing, such as a note, the last line."""

    talks: list[Talk]
    unchanged: dict[int, int]


START = Place()
_SETTLED = (
    "FROM conversations_conversation c WHERE c.shop_id = %s AND c.status = 'resolved' "
    "AND (c.rank > %s OR (c.rank = %s AND c.id > %s)) AND c.rank >= %s AND c.rank <= %s"
)


def pending(
    shop_id: int, *, version: int, predictor: str, since_ms: int, after: Place = START, limit: int = AT_ONCE,
    most: int | None = None,
) -> Pending:  # fmt: skip
    """The next of a shop's conversations that were settled since then and are not scored as they stand.

    Args:
        version: of the scorecard in force.
        predictor: the version of the model of satisfaction in use.
        limit: how many are looked at.
        most: how many of these may be found.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.rank, c.id, EXISTS (SELECT 1 FROM quality_scored s WHERE s.conversation_id = c.id "  # noqa: S608
            f"AND s.last_seq = c.last_seq AND s.version = %s AND s.predictor = %s) {_SETTLED} "
            "ORDER BY c.rank, c.id LIMIT %s",
            [version, predictor, *_between(shop_id, since_ms, after), limit],
        )
        rows = cursor.fetchall()
    is_cut = len(rows) == limit
    wanted = [at for at, row in enumerate(rows) if not row[2]]
    if most is not None and len(wanted) >= most:
        rows, is_cut = rows[: wanted[most - 1] + 1], True
    following = Place(rows[-1][0], rows[-1][1]) if is_cut else None
    return Pending([row[1] for row in rows if not row[2]], len(rows), following)


def settled_since(shop_id: int, *, since_ms: int, after: Place = START) -> int:
    """How many conversations of a shop were settled since then, and still are; or only those `after` a place."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_SETTLED}", _between(shop_id, since_ms, after))
        return int(cursor.fetchone()[0])


def _between(shop_id: int, since_ms: int, after: Place) -> list[int]:
    # What is settled is ranked newest first; naming the lower bound twice keeps the range of the index narrow.
    return [shop_id, after.rank, after.rank, after.id, after.rank, NEWEST_FIRST - since_ms]


def talks(shop_id: int, ids: list[int]) -> list[Talk]:
    """These conversations as they are scored; without those that go on."""
    return feed(shop_id, ids).talks


def feed(shop_id: int, ids: list[int], *, version: int | None = None, predictor: str = "") -> Fed:
    """These conversations as they are scored; without those that go on, or are scored up to there already.

    Args:
        version: leave out what is scored by this scorecard, up to the same line or a later one, and was asked of
            `predictor`.
    """
    if not ids:
        return Fed([], {})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.last_seq, c.last_at, c.channel, k.name, k.locale, s.seq, s.version, s.predictor, "  # noqa: S608
            "s.last_seq FROM conversations_conversation c JOIN contacts_contact k ON k.id = c.contact_id "
            "LEFT JOIN quality_scored s ON s.conversation_id = c.id "
            f"WHERE {sql.among('c.id')} AND c.shop_id = %s AND c.status = 'resolved'",
            [sql.many(ids), shop_id],
        )
        heads = cursor.fetchall()
        wanted = [row[0] for row in heads]
        lines = _lines(cursor, wanted)
        clocks = _clocks(cursor, wanted)
    found: list[tuple[tuple[object, ...], Read]] = []
    unchanged: dict[int, int] = {}
    for head in heads:
        about = read(lines.get(head[0], ()))
        known = version is not None and (head[7], head[8]) == (version, predictor) and head[6] >= about.seq
        if not known:
            found.append((head, about))
        elif head[9] != head[1]:
            unchanged[head[0]] = head[1]
    langs = _langs({reply.agent_id for _, about in found for reply in about.replies})
    return Fed([_talk(shop_id, head, about, clocks, langs) for head, about in found], unchanged)


def edited_at(entry_ids: list[int]) -> dict[int, int]:
    """When these were written otherwise or taken away, in milliseconds; those that never were are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, edited_at FROM conversations_entry WHERE {sql.among('id')} AND edited_at IS NOT NULL",  # noqa: S608
            [sql.many(entry_ids)],
        )
        return dict(cursor.fetchall())


def _talk(
    shop_id: int,
    head: tuple[object, ...],
    about: Read,
    clocks: dict[int, dict[int, tuple[int, int]]],
    langs: dict[int, str],
) -> Talk:
    identity, last_seq, last_at, channel, name, locale = head[:6]
    assert isinstance(identity, int) and isinstance(last_seq, int) and isinstance(last_at, int)
    own = {reply.agent_id: langs.get(reply.agent_id, "en") for reply in about.replies}
    return Talk(
        id=identity,
        shop_id=shop_id,
        seq=about.seq,
        last_seq=last_seq,
        resolved_at=about.resolved_at if about.resolved_at is not None else last_at,
        channel="email" if reach.is_carried(str(channel)) else "chat",
        turns=about.turns,
        replies=about.replies,
        solved=about.solved,
        reopened=about.reopened,
        ended=clocks.get(identity, {}),
        names=[str(name)] if name else [],
        speaks=[str(locale)] if locale != FALLBACK else [],
        langs=own,
    )


def _lines(cursor: object, ids: list[int]) -> dict[int, list[Row]]:
    """What shoppers saw and what happened, of each; a wording that is gone is not judged."""
    # The cross join has SQLite look at the conversations first, so that of each it reads the end alone.
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT e.conversation_id, e.id, e.seq, e.kind, e.author_kind, e.author_id, e.text, e.data, e.at, e.edited_at "  # noqa: S608
        "FROM conversations_conversation c CROSS JOIN conversations_entry e "
        f"WHERE {sql.among('c.id')} AND e.conversation_id = c.id AND e.seq > c.last_seq - %s "
        "AND e.kind IN ('message', 'event') AND e.hidden = '' ORDER BY e.conversation_id, e.seq",
        [sql.many(ids), MOST_LINES],
    )
    rows = cursor.fetchall()  # type: ignore[attr-defined]
    return {about: [Row(*row[1:]) for row in of] for about, of in groupby(rows, key=itemgetter(0))}


def _clocks(cursor: object, ids: list[int]) -> dict[int, dict[int, tuple[int, int]]]:
    """Of each conversation: agent → clocks kept, clocks late."""
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT conversation_id, agent_id, SUM(CASE WHEN late THEN 0 ELSE 1 END), SUM(CASE WHEN late THEN 1 ELSE 0 END)"  # noqa: S608
        f" FROM plan_keptpromise WHERE {sql.among('conversation_id')} AND agent_id IS NOT NULL "
        "GROUP BY conversation_id, agent_id",
        [sql.many(ids)],
    )
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for about, agent, kept, late in cursor.fetchall():  # type: ignore[attr-defined]
        found.setdefault(about, {})[agent] = int(kept), int(late)
    return found


def _langs(agents: set[int]) -> dict[int, str]:
    return dict(Agent.objects.filter(pk__in=agents).values_list("pk", "user__locale"))
