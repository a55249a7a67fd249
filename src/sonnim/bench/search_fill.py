"""Run on a site: writes messages and their index, in batches as the writer does, and says how long the index took."""

import sys
import time
from operator import itemgetter
from typing import Any

import django
import msgspec

BATCH = 500
PER_CONVERSATION = 8
_STEP_MS = 60_000


def fill(*, begin: int, end: int, shop: int) -> dict[str, Any]:
    """Messages `begin` to `end` (without it), their conversations and contacts."""
    from django.db import connection, transaction

    index_s = 0.0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
        for start in range(begin, end, BATCH):
            with transaction.atomic():
                index_s += _write(cursor, range(start, min(start + BATCH, end)), shop)
    return {"index_s": index_s, "messages": end - begin}


def finish() -> dict[str, Any]:
    """What a database of this size has had done to it long ago."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        return {"index_mb": round(_index_bytes(cursor, connection.vendor) / 1e6, 1)}


def _write(cursor: Any, numbers: range, shop: int) -> float:
    """Write a batch; answers the seconds that the index took."""
    from sonnim.bench.search_texts import message
    from sonnim.channels.registry import LIVE
    from sonnim.contacts.models import Contact
    from sonnim.conversations import search
    from sonnim.conversations.change import ENTRY_COLUMNS
    from sonnim.conversations.models import Conversation
    from sonnim.kernel import clock, sql

    def at(number: int) -> int:
        return 1_700_000_000_000 + number * _STEP_MS

    begun = [number for number in numbers if number % PER_CONVERSATION == 1]
    contacts = [_contact(number, shop) for number in begun]
    Contact.objects.bulk_create(contacts)
    Conversation.objects.bulk_create(
        Conversation(
            id=1 + number // PER_CONVERSATION, shop_id=shop, contact_id=contact.pk, channel=LIVE.kind,
            last_seq=PER_CONVERSATION, last_at=clock.from_ms(at(number)), created_at=clock.from_ms(at(number)),
        )
        for number, contact in zip(begun, contacts, strict=True)
    )  # fmt: skip
    rows = []
    for number in numbers:
        values = {
            "id": number, "conversation_id": 1 + (number - 1) // PER_CONVERSATION,
            "seq": 1 + (number - 1) % PER_CONVERSATION, "kind": "message", "author_kind": "contact", "author_id": 1,
            "client_id": None, "text": message(number), "attachments": "[]", "data": "{}", "at": at(number), "v": 0,
            "edited_at": None, "hidden": "", "delivery": "", "shop_id": shop, "digest": "", "public": True,
        }  # fmt: skip
        rows.append(tuple(values[column] for column in ENTRY_COLUMNS))
    sql.insert_rows(cursor, "conversations_entry", ENTRY_COLUMNS, rows)
    columns = [list(ENTRY_COLUMNS).index(name) for name in search.COLUMNS]
    began = time.perf_counter()
    search.index_entries(cursor, list(map(itemgetter(*columns), rows)))
    took = time.perf_counter() - began
    _index_contacts(contacts)
    return took


def _contact(number: int, shop: int) -> Any:
    import random

    from sonnim.bench.search_texts import LANGUAGES, name
    from sonnim.contacts.models import Contact
    from sonnim.kernel import clock

    rng = random.Random(-number)
    return Contact(
        id=1 + number // PER_CONVERSATION, shop_id=shop, name=name(rng, rng.choice(LANGUAGES)),
        email=f"shopper{number}@example.test", created_at=clock.from_ms(1_700_000_000_000 + number * _STEP_MS),
    )  # fmt: skip


def _index_contacts(contacts: list[Any]) -> None:
    from sonnim.contacts.search import index_contacts

    index_contacts(contacts)


def _index_bytes(cursor: Any, vendor: str) -> int:
    if vendor == "sqlite":
        cursor.execute("SELECT sum(length(block)) FROM search_entry_data")
    else:
        cursor.execute("SELECT pg_total_relation_size('search_entry')")
    return int(cursor.fetchone()[0])


if __name__ == "__main__":
    django.setup()
    wanted = msgspec.json.decode(sys.stdin.buffer.read())
    wanted.pop("port")
    sys.stdout.buffer.write(msgspec.json.encode(finish() if wanted.pop("last", False) else fill(**wanted)))
