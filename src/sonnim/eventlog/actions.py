"""Upkeep of the event log."""

from django.db import connection

from sonnim.eventlog import log
from sonnim.eventlog.queries import REPLAY_MS
from sonnim.kernel import clock

BATCH = 5000


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
    return forgotten


def _forget_batch(shop_id: int, before: int) -> int:
    """Positions grow with time, so that the oldest events are the first ones; short transactions let chat go on."""
    with log.unit(shop_id), connection.cursor() as cursor:
        cursor.execute("SELECT pos, at FROM eventlog_event WHERE shop_id = %s ORDER BY pos LIMIT %s", [shop_id, BATCH])
        old = [pos for pos, at in cursor.fetchall() if at < before]
        if old:
            cursor.execute("DELETE FROM eventlog_event WHERE shop_id = %s AND pos <= %s", [shop_id, old[-1]])
        return len(old) if len(old) == BATCH else 0
