"""Run on a site: fills a shop with conversations of two years, by statements that the database runs on its own.

Three in ten are open, a fifth of these wait, a quarter are nobody's; some are snoozed, the rest are settled.
"""

import random
import sys
from typing import Any

import django
import msgspec

AGENTS = 20
TEXTS = (
    "안녕하세요! 어제 주문한 찻잔 세트는 언제 출발하나요?",
    "您好,这款白茶还有货吗?我想买两盒送人。",
    "Hi, the teapot arrived today but its lid has a small crack.",
    "네, 감사합니다.",
    "Order 20418. Thanks!",
)
# n → one row. The factors are primes, so that the properties are spread and independent of each other.
_CONTACTS = """
INSERT INTO contacts_contact (id, shop_id, name, email, phone, locale, timezone, verified, blocked, notes, attributes,
    last_seen_at, v, created_at)
SELECT n, {shop}, 'Shopper ' || n, CASE WHEN n % 3 = 0 THEN 'shopper' || n || '@example.test' ELSE '' END, '',
    CASE n % 3 WHEN 0 THEN 'ko' WHEN 1 THEN 'zh' ELSE 'en' END, 'Asia/Seoul', n % 7 = 0, FALSE, '', '{{}}',
    {now} - ({contacts} - n) * 100000, 0, {now} - ({contacts} - n) * 120000
FROM {series}
"""
_CONVERSATIONS = """
INSERT INTO conversations_conversation (id, shop_id, contact_id, channel, status, assignee_id, subject, locale,
    last_seq, rank, waiting_since, snoozed_until, last_at, last_text, last_by, last_agent_id, contact_seen_seq,
    desk_seen_seq, v, created_at)
SELECT n, {shop}, contact, '{channel}', status, CASE WHEN nobodys THEN NULL ELSE agent END, '', 'ko', seq,
    CASE WHEN status = 'snoozed' THEN {now} + 3600000 + n WHEN waits THEN last_at ELSE 10000000000000 - last_at END,
    CASE WHEN waits THEN last_at END, CASE WHEN status = 'snoozed' THEN {now} + 3600000 + n END, last_at,
    CASE n % 5 {texts} END, CASE WHEN waits THEN 'contact' ELSE 'agent' END, agent, seq, seq, n, created_at
FROM (SELECT n, status, contact, agent, seq, created_at, nobodys,
        CASE WHEN created_at + n * 7907 % 5000000 < {now} THEN created_at + n * 7907 % 5000000 ELSE {now}
        END AS last_at,
        status = 'open' AND n * 6151 % 100 < 20 AS waits
    FROM (SELECT n, 1 + n * 4099 % {contacts} AS contact, {agent} + n * 3079 % {agents} AS agent,
            2 + n * 2053 % 30 AS seq, n * 1543 % 100 < 25 AS nobodys, {now} - ({count} - n) * 60000 AS created_at,
            CASE WHEN n * 7919 % 1000 < 300 THEN 'open' WHEN n * 7919 % 1000 < 320 THEN 'snoozed' ELSE 'resolved'
            END AS status FROM {series}) AS first) AS second
"""
_TALLY = """
INSERT INTO conversations_tally (shop_id, key, n, v)
SELECT shop_id, CASE status WHEN 'open' THEN 'all' ELSE status END, count(*), 1
FROM conversations_conversation GROUP BY shop_id, status
"""


def fill(*, conversations: int, pages: int) -> dict[str, Any]:
    """Fill, and choose the cursors of random pages among the open conversations."""
    from django.db import connection

    from sonnim.bench.seed import seed
    from sonnim.channels.registry import LIVE
    from sonnim.conversations.queues import cursor_after
    from sonnim.kernel import clock

    made = seed(visitors=0)
    values = {
        "shop": made["shop"],
        "channel": LIVE.kind,
        "now": clock.now_ms(),
        "count": conversations,
        "contacts": max(1, conversations // 2),
        "agent": _hire(made["shop"]),
        "agents": AGENTS,
        "texts": " ".join(f"WHEN {number} THEN '{text}'" for number, text in enumerate(TEXTS)),
    }
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
        indexes = _indexes(cursor, connection.vendor)
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for statement, rows in ((_CONTACTS, values["contacts"]), (_CONVERSATIONS, conversations)):
            cursor.execute(statement.format(**values, series=series(connection.vendor, rows)))
        cursor.execute(_TALLY)
        for _, statement in indexes:
            cursor.execute(statement)
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "ANALYZE")
        chosen = random.choices(range(1, conversations + 1), k=pages * 5)
        found: list[tuple[int, int]] = []
        for start in range(0, len(chosen), 500):
            some = ", ".join(map(str, chosen[start : start + 500]))
            cursor.execute(
                f"SELECT rank, id FROM conversations_conversation WHERE status = 'open' AND id IN ({some})"  # noqa: S608
            )
            found += cursor.fetchall()
        cursor.execute("SELECT count(*) FROM conversations_conversation WHERE status = 'open'")
        opened = cursor.fetchone()[0]
    random.shuffle(found)
    return {**made, "open": opened, "cursors": [cursor_after(*place) for place in found[:pages]]}


def _hire(shop_id: int) -> int:
    """Make the agents; answers the first one's id, which the others follow."""
    from sonnim.accounts.models import Agent, User

    people = [User.objects.create(email=f"agent{n}@example.test", name=f"Agent {n}") for n in range(AGENTS)]
    agents = [Agent.objects.create(shop_id=shop_id, user=user, name=user.name, role="agent") for user in people]
    if agents[-1].pk - agents[0].pk != AGENTS - 1:
        raise ValueError("the agents' ids are not consecutive")
    return agents[0].pk


def series(vendor: str, rows: int) -> str:
    """The numbers from 1 to `rows`, as a table."""
    if vendor != "sqlite":
        return f"generate_series(1::bigint, {rows}) AS series(n)"
    return f"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {rows}) SELECT n FROM s)"  # noqa: S608


def _indexes(cursor: Any, vendor: str) -> list[tuple[str, str]]:
    """Those that can be dropped and made again, which takes a fraction of the time of keeping them."""
    tables = "('conversations_conversation', 'contacts_contact')"
    if vendor == "sqlite":
        cursor.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN {tables}"  # noqa: S608
        )
    else:
        cursor.execute(
            f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN {tables} "  # noqa: S608
            "AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        )
    return list(cursor.fetchall())


if __name__ == "__main__":
    django.setup()
    wanted = msgspec.json.decode(sys.stdin.buffer.read())
    made = fill(conversations=wanted["conversations"], pages=wanted["pages"])
    sys.stdout.buffer.write(msgspec.json.encode(made))
