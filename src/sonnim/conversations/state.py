"""A conversation's row as the writers hold it, and how it is read and saved in bulk."""

from collections.abc import Iterable, Sequence
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
    rank: int
    waiting_since: int | None
    snoozed_until: int | None
    last_seq: int
    last_at: int
    last_text: str
    last_by: str
    last_agent_id: int | None
    contact_seen_seq: int
    desk_seen_seq: int
    v: int
    blocked: bool = False
    queued: tuple[Any, ...] | None = None  # the indexed part as the database has it

    def queue_part(self) -> tuple[Any, ...]:
        """The columns that indexes hold; rewriting them costs more than all the others."""
        return (self.status, self.assignee_id, self.team_id, self.rank, self.waiting_since, self.snoozed_until)


_TABLE = "conversations_conversation"
_FIXED = ("id", "shop_id", "contact_id", "channel", "locale", "subject", "created_at")
_QUEUED = {
    "status": "text",
    "assignee_id": "bigint",
    "team_id": "bigint",
    "rank": "bigint",
    "waiting_since": "bigint",
    "snoozed_until": "bigint",
}
_TALKED = {
    "last_seq": "integer",
    "last_at": "bigint",
    "last_text": "text",
    "last_by": "text",
    "last_agent_id": "bigint",
    "contact_seen_seq": "integer",
    "desk_seen_seq": "integer",
    "v": "bigint",
}
_NAMES = (*_FIXED, *_QUEUED, *_TALKED)
COLUMNS = ", ".join(f"c.{name}" for name in _NAMES)
_FROM = "FROM conversations_conversation c JOIN contacts_contact k ON k.id = c.contact_id WHERE "


def _from_row(row: Sequence[Any]) -> State:
    found = State(*row)
    found.blocked = bool(found.blocked)
    found.queued = found.queue_part()
    return found


def load(cursor: CursorWrapper, ids: Iterable[int]) -> dict[int, State]:
    """The states of these conversations; ids that do not exist are left out."""
    rows = sql.select_rows(cursor, f"{COLUMNS}, k.blocked", _FROM + sql.among("c.id"), [sql.many(list(ids))])
    return {row[0]: _from_row(row) for row in rows}


def latest_of_contacts(cursor: CursorWrapper, contacts: Iterable[int], channel: str) -> dict[int, State]:
    """Each contact's newest conversation on a channel, by contact."""
    newest = (
        "c.id IN (SELECT max(id) FROM conversations_conversation "  # noqa: S608
        f"WHERE {sql.among('contact_id')} AND channel = %s GROUP BY contact_id)"
    )
    parameters = [sql.many(list(contacts)), channel]
    rows = sql.select_rows(cursor, f"{COLUMNS}, k.blocked", _FROM + newest, parameters)
    return {row[2]: _from_row(row) for row in rows}


def save(cursor: CursorWrapper, states: Iterable[State]) -> None:
    """Write back what may have changed; the indexed columns only where they did."""
    talked, moved = [], []
    for s in states:
        told = (
            s.last_seq, s.last_at, s.last_text, s.last_by, s.last_agent_id, s.contact_seen_seq, s.desk_seen_seq, s.v,
        )  # fmt: skip
        queued = s.queue_part()
        if queued == s.queued:
            talked.append((*told, s.id))
        else:
            moved.append((*told, *queued, s.id))
    sql.update_rows(cursor, _TABLE, _TALKED, talked)
    sql.update_rows(cursor, _TABLE, {**_TALKED, **_QUEUED}, moved)
