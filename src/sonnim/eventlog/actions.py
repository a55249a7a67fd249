"""Upkeep of the event log."""

import uuid
from collections.abc import Sequence

from django.db import connection

from sonnim.eventlog import log
from sonnim.eventlog.models import Outbox
from sonnim.eventlog.queries import REPLAY_MS
from sonnim.kernel import clock, sql

BATCH = 5000


def begin_epoch(*, shop_ids: Sequence[int] | None = None) -> None:
    """Give the logs of these shops (of all, without) a new name from here on; what was true of the old one stays true.

    Every start does it. Whatever is served after a backup was restored, by whichever means, therefore has a name that
    the lost log never had, and who comes with a position of the lost log is told to read everything afresh.
    """
    with connection.cursor() as cursor:
        if shop_ids is None:
            cursor.execute("SELECT shop_id FROM eventlog_head")
            shop_ids = [row[0] for row in cursor.fetchall()]
        if not shop_ids:
            return
        these = sql.among("shop_id")
        with log.unit(*shop_ids):
            cursor.execute(
                "INSERT INTO eventlog_pastepoch (shop_id, epoch, pos, ended_at) "  # noqa: S608
                f"SELECT shop_id, epoch, pos, %s FROM eventlog_head WHERE {these}",
                [clock.now_ms(), sql.many(shop_ids)],
            )
            cursor.execute(
                f"UPDATE eventlog_head SET epoch = %s WHERE {these}",  # noqa: S608
                [str(uuid.uuid4()), sql.many(shop_ids)],
            )


def forget_old_events(*, keep_ms: int = 2 * REPLAY_MS) -> int:
    """Delete events that nobody can resume from any more; the timeline keeps what they told. Answers how many."""
    before = clock.now_ms() - keep_ms
    forgotten = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT shop_id FROM eventlog_head")
        shops = [row[0] for row in cursor.fetchall()]
    for shop in shops:
        while removed := _forget_batch(shop, before):
            forgotten += removed
        with log.unit(shop), connection.cursor() as cursor:
            # An unknown epoch is told to begin afresh, which is what such an old position would be told anyway.
            cursor.execute("DELETE FROM eventlog_pastepoch WHERE shop_id = %s AND ended_at < %s", [shop, before])
    return forgotten


def _forget_batch(shop_id: int, before: int) -> int:
    """Positions grow with time, so that the oldest events are the first ones; short transactions let chat go on."""
    with log.unit(shop_id), connection.cursor() as cursor:
        cursor.execute("SELECT pos, at FROM eventlog_event WHERE shop_id = %s ORDER BY pos LIMIT %s", [shop_id, BATCH])
        old = [pos for pos, at in cursor.fetchall() if at < before]
        if old:
            cursor.execute("DELETE FROM eventlog_event WHERE shop_id = %s AND pos <= %s", [shop_id, old[-1]])
        return len(old) if len(old) == BATCH else 0


def forget_failed_side_effects(*, older_than_days: int = 90) -> int:
    """Delete side effects that were given up long ago; until then an operator can look at them. Answers how many."""
    before = clock.from_ms(clock.now_ms() - older_than_days * 24 * 3600 * 1000)
    with log.unit():
        gone, _ = Outbox.objects.filter(state="failed", created_at__lt=before).delete()
    return gone
