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
    tag_ids: str = "[]"  # lists of ids, as JSON
    follower_ids: str = "[]"
    linked_ids: str = "[]"
    merged_into_id: int | None = None
    split_from_id: int | None = None
    solved: bool | None = None
    priority: int = 1  # 0 low, 1 normal, 2 high, 3 urgent
    clocks: str = "[]"  # clocks.Clock, as JSON
    due_at: int | None = None  # until when whoever waits is promised an answer
    timer_at: int | None = None  # when the next of its clocks strikes
    blocked: bool = False
    contact_tags: str = "[]"
    queued: tuple[Any, ...] | None = None  # the indexed part as the database has it
    labelled: tuple[Any, ...] | None = None  # what seldom changes, as the database has it
    timed: tuple[Any, ...] | None = None  # its clocks, as the database has them

    def queue_part(self) -> tuple[Any, ...]:
        """The columns that indexes hold; rewriting them costs more than all the others."""
        return (self.status, self.assignee_id, self.team_id, self.rank, self.waiting_since, self.snoozed_until)

    def label_part(self) -> tuple[Any, ...]:
        """The columns that no message changes."""
        return (
            self.tag_ids, self.follower_ids, self.linked_ids, self.merged_into_id, self.split_from_id, self.solved,
            self.priority, self.subject,
        )  # fmt: skip

    def clock_part(self) -> tuple[Any, ...]:
        """What its clocks say."""
        return (self.clocks, self.due_at, self.timer_at)


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
_LABELLED = {
    "tag_ids": "text",
    "follower_ids": "text",
    "linked_ids": "text",
    "merged_into_id": "bigint",
    "split_from_id": "bigint",
    "solved": "boolean",
    "priority": "smallint",
}
_TIMED = {"clocks": "text", "due_at": "bigint", "timer_at": "bigint"}
_NAMES = (*_FIXED, *_QUEUED, *_TALKED, *_LABELLED, *_TIMED)
N_COLUMNS = len(_NAMES)
COLUMNS = ", ".join(f"c.{name}" for name in _NAMES)
_LOADED = f"{COLUMNS}, k.blocked, k.tag_ids"
_FROM = "FROM conversations_conversation c JOIN contacts_contact k ON k.id = c.contact_id WHERE "


def _from_row(row: Sequence[Any]) -> State:
    found = from_columns(row[:N_COLUMNS])
    found.blocked, found.contact_tags = bool(row[N_COLUMNS]), row[N_COLUMNS + 1]
    found.queued, found.labelled, found.timed = found.queue_part(), found.label_part(), found.clock_part()
    return found


def from_columns(row: Sequence[Any]) -> State:
    """A state from a row of COLUMNS, for reading alone."""
    found = State(*row)
    if found.solved is not None:
        found.solved = bool(found.solved)  # SQLite knows numbers only
    return found


def load(cursor: CursorWrapper, ids: Iterable[int]) -> dict[int, State]:
    """The states of these conversations; ids that do not exist are left out."""
    rows = sql.select_rows(cursor, _LOADED, _FROM + sql.among("c.id"), [sql.many(list(ids))])
    return {row[0]: _from_row(row) for row in rows}


def latest_of_contacts(cursor: CursorWrapper, contacts: Iterable[int], channel: str) -> dict[int, State]:
    """Each contact's newest conversation on a channel, by contact."""
    newest = (
        "c.id IN (SELECT max(id) FROM conversations_conversation "  # noqa: S608
        f"WHERE {sql.among('contact_id')} AND channel = %s GROUP BY contact_id)"
    )
    parameters = [sql.many(list(contacts)), channel]
    rows = sql.select_rows(cursor, _LOADED, _FROM + newest, parameters)
    return {row[2]: _from_row(row) for row in rows}


def newest_of_contact(cursor: CursorWrapper, contact_id: int, channel: str, *, limit: int = 50) -> list[State]:
    """A contact's newest conversations on a channel."""
    newest = (
        "c.id IN (SELECT id FROM conversations_conversation WHERE contact_id = %s AND channel = %s "
        "ORDER BY id DESC LIMIT %s)"
    )
    rows = sql.select_rows(cursor, _LOADED, _FROM + newest, [contact_id, channel, limit])
    return [_from_row(row) for row in rows]


def save(cursor: CursorWrapper, states: Iterable[State]) -> None:
    """Write back what may have changed; the indexed columns, and the clocks, only where they did."""
    kinds: dict[tuple[bool, bool], list[tuple[Any, ...]]] = {}
    labelled = []
    for s in states:
        told = (
            s.last_seq, s.last_at, s.last_text, s.last_by, s.last_agent_id, s.contact_seen_seq, s.desk_seen_seq, s.v,
        )  # fmt: skip
        queued, clocks = s.queue_part(), s.clock_part()
        moved, timed = queued != s.queued, clocks != s.timed
        row = (*told, *(queued if moved else ()), *(clocks if timed else ()), s.id)
        kinds.setdefault((moved, timed), []).append(row)
        labels = s.label_part()
        if labels != s.labelled:
            labelled.append((*labels, s.id))
    for (moved, timed), rows in kinds.items():
        sql.update_rows(cursor, _TABLE, _TALKED | (_QUEUED if moved else {}) | (_TIMED if timed else {}), rows)
    sql.update_rows(cursor, _TABLE, _LABELLED | {"subject": "text"}, labelled)
