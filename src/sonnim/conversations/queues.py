"""The desk's queues: keyset pages by index ranges alone, and the kept counts. These are the hottest requests."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from sonnim.accounts.queries import team_ids_of
from sonnim.contacts.shapes import CONTACT_COLUMNS, ContactObject, contact_from_row
from sonnim.conversations.shapes import CountObject
from sonnim.conversations.state import COLUMNS, N_COLUMNS, State, from_columns
from sonnim.kernel import sql
from sonnim.kernel.errors import Invalid

QUEUES = (
    "waiting", "waiting_all", "unassigned", "mine", "team", "mentioned", "all", "snoozed", "resolved", "spam",
)  # fmt: skip
"""`waiting` waits for the asking agent: theirs, or nobody's and of no other team. `mentioned` has the newest first."""
MAX_PAGE = 100
_SHOPS = "c.shop_id = %(shop)s AND c.status = "
_WAITS = " AND c.rank < 5000000000000"
_MINE = "c.assignee_id = %(agent)s AND c.shop_id = %(shop)s AND c.status = 'open'"
_NOBODYS = "c.shop_id = %(shop)s AND c.status = 'open' AND c.assignee_id IS NULL"
_CONDITIONS = {
    "waiting_all": f"{_SHOPS}'open'{_WAITS}",
    "unassigned": _NOBODYS,
    "mine": _MINE,
    "all": f"{_SHOPS}'open'",
    "snoozed": f"{_SHOPS}'snoozed'",
    "resolved": f"{_SHOPS}'resolved'",
    "spam": f"{_SHOPS}'spam'",
}
_CONTACT_FIELDS = ", ".join(f"k.{name}" for name in CONTACT_COLUMNS)
_FULL = f"{COLUMNS}, {_CONTACT_FIELDS}"
_MENTIONS_READ = 200


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page: states, the contacts they are with, the next cursor."""

    states: list[State]
    contacts: list[ContactObject]
    next: str | None


def queue_page(*, shop_id: int, agent_id: int, queue: str, limit: int = 50, cursor: str | None = None) -> QueuePage:
    """A page of a queue, in the queue's order.

    Raises:
        Invalid: no such queue, limit or cursor.
    """
    if queue not in QUEUES:
        raise Invalid(f"There is no queue {queue!r}.", fields={"queue": "unknown"})
    check_limit(limit)
    rank, identity = read_cursor(cursor, 2) if cursor else (0, 0)
    parameters = {"shop": shop_id, "agent": agent_id, "rank": rank, "id": identity, "limit": limit + 1}
    if queue == "mentioned":
        return _mentioned(parameters, limit, first=not cursor)
    ranges = _ranges(queue, agent_id, parameters)
    if not ranges:
        return QueuePage([], [], None)
    states, contacts = read_page(_page_of(ranges, after=bool(cursor)), parameters)
    following = cursor_after(states[limit - 1].rank, states[limit - 1].id) if len(states) > limit else None
    return QueuePage(states[:limit], contacts[:limit], following)


def check_limit(limit: int) -> None:
    """Raises: Invalid, for a page of no or too many rows."""
    if not 1 <= limit <= MAX_PAGE:
        raise Invalid(f"A page has 1 to {MAX_PAGE} rows.", fields={"limit": "out of range"})


def _ranges(queue: str, agent_id: int, parameters: dict[str, Any]) -> list[str]:
    """The queue as ranges of indexes; the values that they need are added to the parameters."""
    if queue not in {"waiting", "team"}:
        return [_CONDITIONS[queue]]
    names = []
    for number, team_id in enumerate(team_ids_of(agent_id)):
        names.append(f"%(team{number})s")
        parameters[f"team{number}"] = team_id
    if queue == "team":
        return [f"c.team_id = {name} AND {_SHOPS}'open'" for name in names]
    unheld = ["c.team_id IS NULL", *(f"c.team_id = {name}" for name in names)]
    return [_MINE + _WAITS, *(f"{_NOBODYS} AND {team}{_WAITS}" for team in unheld)]


def _page_of(ranges: Sequence[str], *, after: bool) -> str:
    """Where a page's rows come from: its ids by ranges of indexes, then the rows themselves."""
    beyond = " AND (c.rank, c.id) > (%(rank)s, %(id)s)" if after else ""
    parts = [
        "SELECT c.id AS wanted, c.rank AS rank FROM conversations_conversation c "  # noqa: S608
        f"WHERE {each}{beyond} ORDER BY c.rank, c.id LIMIT %(limit)s"
        for each in ranges
    ]
    if len(parts) == 1:
        return parts[0]
    every = " UNION ALL ".join(
        f"SELECT wanted, rank FROM ({part}) AS part{at}"  # noqa: S608
        for at, part in enumerate(parts)
    )
    return f"SELECT wanted, rank FROM ({every}) AS merged ORDER BY rank, wanted LIMIT %(limit)s"  # noqa: S608


def read_page(ids: str, parameters: Mapping[str, Any]) -> tuple[list[State], list[ContactObject]]:
    """The conversations whose ids `ids` selects as `wanted`, by rank, and beside each the contact it is with."""
    with connection.cursor() as database:
        rows = sql.select_rows(
            database,
            _FULL,
            f"FROM ({ids}) AS page JOIN conversations_conversation c ON c.id = page.wanted "
            "JOIN contacts_contact k ON k.id = c.contact_id",
            dict(parameters),
        )
    found = sorted(((from_columns(row[:N_COLUMNS]), row) for row in rows), key=lambda pair: (pair[0].rank, pair[0].id))
    return [state for state, _ in found], [contact_from_row(tuple(row[N_COLUMNS:])) for _, row in found]


def _mentioned(parameters: dict[str, Any], limit: int, *, first: bool) -> QueuePage:
    """Where the agent was named, newest first; a page is made from so many mentions, and may be short."""
    with connection.cursor() as database:
        database.execute(
            "SELECT conversation_id, id FROM conversations_mention WHERE agent_id = %(agent)s AND shop_id = %(shop)s "  # noqa: S608
            f"{'' if first else 'AND id < %(id)s '}ORDER BY id DESC LIMIT {_MENTIONS_READ}",
            parameters,
        )
        named = database.fetchall()
    newest: dict[int, int] = {}
    for conversation_id, mention_id in named:
        if conversation_id not in newest and len(newest) == limit:
            break
        newest.setdefault(conversation_id, mention_id)
        last = mention_id
    if not newest:
        return QueuePage([], [], None)
    wanted = f"SELECT c.id AS wanted FROM conversations_conversation c WHERE {sql.among('c.id')}"  # noqa: S608
    wanted = wanted.replace("%s", "%(ids)s")
    states, contacts = read_page(wanted, {"ids": sql.many(list(newest))})
    order = sorted(range(len(states)), key=lambda at: -newest[states[at].id])
    more = last != named[-1][1] or len(named) == _MENTIONS_READ
    following = cursor_after(0, last) if more else None
    return QueuePage([states[at] for at in order], [contacts[at] for at in order], following)


def cursor_after(*place: int) -> str:
    """The cursor of the page that begins after this place: rank and id, in a view the part of the list before them."""
    return base64.urlsafe_b64encode(".".join(map(str, place)).encode()).decode().rstrip("=")


def read_cursor(cursor: str, numbers: int) -> tuple[int, ...]:
    """The place in a cursor. Raises: Invalid, when it is none of ours."""
    try:
        text = base64.urlsafe_b64decode(cursor[:64] + "==").decode("ascii")
        found = tuple(int(each) for each in text.split("."))
    except (ValueError, binascii.Error):
        raise _bad_cursor() from None
    if len(found) != numbers or max(found) >= 2**62 or min(found) < 0:
        raise _bad_cursor()
    return found


def _bad_cursor() -> Invalid:
    return Invalid("This page address is not valid; start from the first page.", fields={"cursor": "bad"})


def tallies(*, shop_id: int) -> list[CountObject]:
    """The kept counts of a shop, as events carry them."""
    with connection.cursor() as database:
        database.execute("SELECT key, v, n FROM conversations_tally WHERE shop_id = %s", [shop_id])
        return [CountObject(id=key, v=v, n=n) for key, v, n in database.fetchall()]


def loads(*, shop_id: int) -> dict[int, tuple[int, int]]:
    """Agent id → how many open conversations they have, and how many of these are answered by letter: kept counts."""
    held: dict[int, int] = {}
    letters: dict[int, int] = {}
    with connection.cursor() as database:
        database.execute(
            "SELECT key, n FROM conversations_tally WHERE shop_id = %s AND (key LIKE %s OR key LIKE %s)",
            [shop_id, "mine:%", "letters:%"],
        )
        for key, n in database.fetchall():
            if key[0] == "m":
                held[int(key[5:])] = n
            else:
                letters[int(key[8:])] = n
    return {agent: (n, letters.get(agent, 0)) for agent, n in held.items()}


def counts(*, shop_id: int, agent_id: int) -> dict[str, int]:
    """How many conversations each queue holds for this agent: sums of kept counts, and the unread mentions."""
    kept = {count["id"]: count["n"] for count in tallies(shop_id=shop_id)}
    teams = team_ids_of(agent_id)
    sums = {
        "waiting": [f"waiting:{agent_id}", "waiting:nobody", *(f"waiting:team:{team}" for team in teams)],
        "waiting_all": ["waiting"],
        "mine": [f"mine:{agent_id}"],
        "team": [f"team:{team}" for team in teams],
        "mentioned": [],
    }
    found = {queue: sum(kept.get(key, 0) for key in sums.get(queue, [queue])) for queue in QUEUES}
    return {**found, "mentioned": _unseen_mentions(shop_id, agent_id)}


def _unseen_mentions(shop_id: int, agent_id: int) -> int:
    with connection.cursor() as database:
        database.execute(
            "SELECT count(DISTINCT conversation_id) FROM (SELECT conversation_id FROM conversations_mention "
            "WHERE agent_id = %s AND shop_id = %s AND seen_at IS NULL LIMIT 200) AS unseen",
            [agent_id, shop_id],
        )
        found: int = database.fetchone()[0]
    return found
