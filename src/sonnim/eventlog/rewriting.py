"""Events are told as they were, with one exception: what must not be known any more is taken out of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db import connection

from sonnim.eventlog import log
from sonnim.kernel import sql

_CHUNK = 500
Edit = Callable[[dict[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """The events of some conversations up to a position."""

    shop_id: int
    conversation_ids: list[int]
    positions: list[int]
    upto: int


def find(shop_id: int, conversation_ids: list[int]) -> Found:
    """The positions of their events. The log has no index for this, so that it is not done under a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pos FROM eventlog_head WHERE shop_id = %s", [shop_id])
        row = cursor.fetchone()
        upto = int(row[0]) if row else 0
        return Found(shop_id, conversation_ids, _positions(shop_id, conversation_ids, 0, upto), upto)


def rewrite(found: Found, edit: Edit) -> int:
    """Let `edit` change both parts of each event, those since `find` included; answers how many it did change.

    Call inside the shop's unit. `edit` is handed a decoded part and says whether it has changed it.
    """
    log.current()
    later = _positions(found.shop_id, found.conversation_ids, found.upto, 2**62)
    changed = [
        (public, desk, pos)
        for pos, *parts in _read(found.shop_id, [*found.positions, *later])
        for public, desk, differs in [_edited(parts[0], parts[1], edit)]
        if differs
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE eventlog_event SET public = %s, desk = %s WHERE shop_id = %s AND pos = %s",
            [(public, desk, found.shop_id, pos) for public, desk, pos in changed],
        )
    return len(changed)


def _positions(shop_id: int, conversation_ids: list[int], after: int, upto: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pos FROM eventlog_event WHERE shop_id = %s AND pos > %s AND pos <= %s "  # noqa: S608
            f"AND {sql.among('conversation_id')}",
            [shop_id, after, upto, sql.many(conversation_ids)],
        )
        return [row[0] for row in cursor.fetchall()]


def _read(shop_id: int, positions: list[int]) -> Iterator[tuple[int, str, str]]:
    for start in range(0, len(positions), _CHUNK):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pos, public, desk FROM eventlog_event "  # noqa: S608
                f"WHERE shop_id = %s AND {sql.among('pos')}",
                [shop_id, sql.many(positions[start : start + _CHUNK])],
            )
            yield from cursor.fetchall()


def _edited(public: str, desk: str, edit: Edit) -> tuple[str, str, bool]:
    parts = [msgspec.json.decode(part) if part else None for part in (public, desk)]
    differs = [part is not None and edit(part) for part in parts]
    texts = [msgspec.json.encode(part).decode() if part is not None else "" for part in parts]
    return texts[0], texts[1], any(differs)
