"""Reads of the event log."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from sonnim.eventlog.log import LoggedEvent
from sonnim.kernel import clock, sql

REPLAY_EVENTS = 500
REPLAY_MS = 24 * 3600 * 1000
_FIELDS = "shop_id, pos, type, conversation_id, contact_id, agent_id, at, public, desk"


@dataclass(frozen=True, slots=True)
class Position:
    """A point in a shop's log."""

    epoch: str
    pos: int


def head(shop_id: int) -> Position | None:
    """Where a shop's log stands now, or None when there is no such shop."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT epoch, pos FROM eventlog_head WHERE shop_id = %s", [shop_id])
        row = cursor.fetchone()
    return Position(*row) if row else None


def heads(shop_ids: Sequence[int]) -> dict[int, Position]:
    """Where these shops' logs stand now, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT shop_id, epoch, pos FROM eventlog_head WHERE {sql.among('shop_id')}",  # noqa: S608
            [sql.many(shop_ids)],
        )
        return {shop: Position(epoch, pos) for shop, epoch, pos in cursor.fetchall()}


def leads_here(shop_id: int, epoch: str, pos: int) -> bool:
    """Whether a position of a former epoch is part of the log as it is now, not of one that a restore has undone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM eventlog_pastepoch WHERE shop_id = %s AND epoch = %s AND pos >= %s", [shop_id, epoch, pos]
        )
        return cursor.fetchone() is not None


def holds(event: LoggedEvent) -> bool:
    """Whether the log has this very event at its position; its wording may have been redacted since."""
    found = _select("shop_id = %s AND pos = %s", [event.shop_id, event.pos])
    return [(each.type, each.at, each.conversation_id) for each in found] == [
        (event.type, event.at, event.conversation_id)
    ]


def events_after(shop_id: int, pos: int, *, limit: int = REPLAY_EVENTS) -> list[LoggedEvent]:
    """The next events of a shop's log, in order."""
    return _select("shop_id = %s AND pos > %s ORDER BY pos LIMIT %s", [shop_id, pos, limit])


def missed_by_agent(shop_id: int, agent_id: int, pos: int, upto: int) -> list[LoggedEvent] | None:
    """What an agent missed after `pos`, or None when it is too much or too old to replay."""
    found = _select(
        "shop_id = %s AND pos > %s AND pos <= %s AND (agent_id IS NULL OR agent_id = %s) ORDER BY pos LIMIT %s",
        [shop_id, pos, upto, agent_id, REPLAY_EVENTS + 1],
    )
    return _replayable(found) if _still_kept(shop_id, pos, upto) else None


def missed_by_contact(shop_id: int, contact_id: int, pos: int, upto: int) -> list[LoggedEvent] | None:
    """What a contact missed after `pos`, or None when it is too much or too old to replay."""
    found = _select(
        "contact_id = %s AND pos > %s AND pos <= %s AND shop_id = %s ORDER BY pos LIMIT %s",
        [contact_id, pos, upto, shop_id, REPLAY_EVENTS + 1],
    )
    return _replayable(found) if _still_kept(shop_id, pos, upto) else None


def _still_kept(shop_id: int, pos: int, upto: int) -> bool:
    """Whether the log still has all after `pos`; old events are forgotten, and a part of them must not pass for all."""
    if pos >= upto:
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM eventlog_event WHERE shop_id = %s AND pos = %s", [shop_id, pos + 1])
        return cursor.fetchone() is not None


def _replayable(found: list[LoggedEvent]) -> list[LoggedEvent] | None:
    if len(found) > REPLAY_EVENTS or (found and found[0].at < clock.now_ms() - REPLAY_MS):
        return None
    return found


def _select(condition: str, parameters: list[int]) -> list[LoggedEvent]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_FIELDS} FROM eventlog_event WHERE {condition}", parameters)  # noqa: S608
        return [LoggedEvent(*row) for row in cursor.fetchall()]
