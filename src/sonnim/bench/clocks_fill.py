"""Run on a site: fills a shop with conversations whose clocks run, some of which strike soon, evenly spread."""

import sys
from typing import Any

import django
import msgspec

TARGET_MS = 3_600_000
DAY_MS = 24 * 3_600_000
_CONTACTS = """
INSERT INTO contacts_contact (id, shop_id, name, email, phone, locale, timezone, verified, blocked, notes, attributes,
    last_seen_at, v, created_at)
SELECT n, {shop}, 'Shopper ' || n, '', '', 'ko', 'Asia/Seoul', FALSE, FALSE, '', '{{}}', {now}, 0, {now} FROM {series}
"""
_CONVERSATIONS = """
INSERT INTO conversations_conversation (id, shop_id, contact_id, channel, status, subject, locale, last_seq, rank,
    waiting_since, last_at, last_text, last_by, contact_seen_seq, desk_seen_seq, v, created_at, clocks, due_at,
    timer_at)
SELECT n, {shop}, n, '{channel}', 'open', '', 'ko', 0, due, due - {target}, due - {target}, '?', 'contact', 0, 0, 0,
    due - {target}, '[{{"kind":"first_reply","policy":{policy},"started":' || (due - {target}) || ',"target":{target},'
    || '"since":' || (due - {target}) || ',"due":' || due || ',"strikes":' || due || '}}]', due, due
FROM (SELECT n, CASE WHEN n <= {soon} THEN {first} + n * {window} / {soon} ELSE {first} + {day} + n END AS due
    FROM {series}) AS planned
"""


def fill(*, clocks: int, strikes: int, lead_s: float, window_s: float) -> dict[str, Any]:
    """Fill; `strikes` of the clocks strike within `window_s`, which begins in `lead_s`."""
    from django.db import connection

    from sonnim.bench.inbox_fill import series
    from sonnim.bench.seed import seed
    from sonnim.channels.registry import LIVE
    from sonnim.kernel import clock
    from sonnim.plan.models import Policy

    made = seed(visitors=0)
    policy = Policy.objects.create(
        shop_id=made["shop"], name="Bench", targets={"first_reply": TARGET_MS // 1000}, calendar_id=0, warn_percent=0
    )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
        rows = series(connection.vendor, clocks)
        cursor.execute(_CONTACTS.format(shop=made["shop"], now=clock.now_ms(), series=rows))
        first = clock.now_ms() + round((lead_s + clocks / 20_000) * 1000)
        cursor.execute(
            _CONVERSATIONS.format(
                shop=made["shop"], channel=LIVE.kind, target=TARGET_MS, policy=policy.pk, soon=strikes,
                first=first, window=round(window_s * 1000), day=DAY_MS, series=rows,
            )
        )  # fmt: skip
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "ANALYZE")
    return {**made, "first": first, "last": first + round(window_s * 1000)}


def struck() -> dict[str, Any]:
    """How each clock struck: milliseconds too late, ascending; how many clocks did not, and how many more than once."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.conversation_id, e.at - c.due_at FROM conversations_entry e "
            "JOIN conversations_conversation c ON c.id = e.conversation_id WHERE e.kind = 'event'"
        )
        rows = cursor.fetchall()
    return {"errors": sorted(row[1] for row in rows), "conversations": len({row[0] for row in rows})}


if __name__ == "__main__":
    django.setup()
    wanted = msgspec.json.decode(sys.stdin.buffer.read())
    wanted.pop("port")
    sys.stdout.buffer.write(msgspec.json.encode(fill(**wanted) if wanted else struck()))
