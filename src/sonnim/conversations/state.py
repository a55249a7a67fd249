"""A conversation's row as the writers hold it, and how it is read and saved in bulk."""

from collections.abc import Iterable
from typing import Any

import msgspec
from django.db.backends.utils import CursorWrapper

from sonnim.kernel import sql


class State(msgspec.Struct):
    """The mutable part and the keys of a conversation; times are milliseconds since 1970."""

    id: int
    shop_id: int
    contact_id: int
    channel: str
    locale: str
    subject: str
    created_at: int
    status: str
    assignee_id: int | None
    team_id: int | None
    last_seq: int
    rank: int
    waiting_since: int | None
    snoozed_until: int | None
    last_at: int
    last_text: str
    last_by: str
    last_agent_id: int | None
    contact_seen_seq: int
    desk_seen_seq: int
    v: int
    blocked: bool = False


_FIXED = ("id", "shop_id", "contact_id", "channel", "locale", "subject", "created_at")
SAVED = {
    "status": "text",
    "assignee_id": "bigint",
    "team_id": "bigint",
    "last_seq": "integer",
    "rank": "bigint",
    "waiting_since": "bigint",
    "snoozed_until": "bigint",
    "last_at": "bigint",
    "last_text": "text",
    "last_by": "text",
    "last_agent_id": "bigint",
    "contact_seen_seq": "integer",
    "desk_seen_seq": "integer",
    "v": "bigint",
}
COLUMNS = ", ".join(f"c.{name}" for name in (*_FIXED, *SAVED))
_SELECT = (
    f"SELECT {COLUMNS}, k.blocked FROM conversations_conversation c "  # noqa: S608
    "JOIN contacts_contact k ON k.id = c.contact_id WHERE "
)


def _from_row(row: tuple[Any, ...]) -> State:
    found = State(*row)
    found.blocked = bool(found.blocked)
    return found


def load(cursor: CursorWrapper, ids: Iterable[int]) -> dict[int, State]:
    """The states of these conversations; ids that do not exist are left out."""
    cursor.execute(_SELECT + sql.among("c.id"), [sql.many(list(ids))])
    return {row[0]: _from_row(row) for row in cursor.fetchall()}


def latest_of_contacts(cursor: CursorWrapper, contacts: Iterable[int], channel: str) -> dict[int, State]:
    """Each contact's newest conversation on a channel, by contact."""
    cursor.execute(
        _SELECT  # noqa: S608
        + "c.id IN (SELECT max(id) FROM conversations_conversation "
        + f"WHERE {sql.among('contact_id')} AND channel = %s GROUP BY contact_id)",
        [sql.many(list(contacts)), channel],
    )
    return {row[2]: _from_row(row) for row in cursor.fetchall()}


def save(cursor: CursorWrapper, states: Iterable[State]) -> None:
    """Write the mutable columns back."""
    rows = [
        (
            s.status,
            s.assignee_id,
            s.team_id,
            s.last_seq,
            s.rank,
            s.waiting_since,
            s.snoozed_until,
            s.last_at,
            s.last_text,
            s.last_by,
            s.last_agent_id,
            s.contact_seen_seq,
            s.desk_seen_seq,
            s.v,
            s.id,
        )
        for s in states
    ]
    sql.update_rows(cursor, "conversations_conversation", SAVED, rows)
