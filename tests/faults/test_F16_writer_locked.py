"""Another process holds the database's write lock: messages are delayed or refused for now, never dropped."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.faults.conftest import OpenDesk, scaled
from tests.protocol.client import Client
from tests.protocol.desk import Desk

# SQLite's own patience is ten seconds: the lock outlasts it, so that both the delay and the refusal happen.
LOCKED_S = 10 + scaled(2)
WAITING = 60

HOLD = """
import os, sys, time
os.environ["DJANGO_SETTINGS_MODULE"] = "sonnim.config.settings"
import django
django.setup()
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pos FROM eventlog_head FOR UPDATE")
    print("locked", flush=True)
    time.sleep(float(sys.argv[1]))
"""


@contextmanager
def locked(desk: Desk, seconds: float) -> Iterator[None]:
    """Somebody else's transaction, as long as the block or `seconds`, whichever ends first."""
    command = [sys.executable, "-c", HOLD, str(seconds)]
    with subprocess.Popen(command, env=desk.server.env, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        try:
            yield
        finally:
            holder.kill()


def test_messages_outlast_a_lock_without_being_lost_doubled_or_held_against_their_sender(open_desk: OpenDesk) -> None:
    desk = open_desk()
    client = asyncio.run(_outlast(desk))
    assert set(client.errors()) <= {"unavailable"}
    assert not client.closes, "an outage of ours is not the client's abuse"
    [conversation] = {ack["conversation"] for ack in client.acked.acks.values()}
    entries = desk.entries(desk.agent(), conversation)
    assert sorted(entry["text"] for entry in entries) == sorted(f"{number:03}" for number in range(WAITING))
    assert [entry["seq"] for entry in entries] == list(range(1, WAITING + 1))


async def _outlast(desk: Desk) -> Client:
    async with Client(desk, await asyncio.to_thread(desk.visitor)) as client:
        await client.is_live()
        with locked(desk, LOCKED_S):
            for number in range(WAITING):
                await client.say(f"{number:03}")
            await asyncio.sleep(1)
            assert not client.acked.acks
            await client.until(
                lambda: bool(client.errors() or client.acked.acks), "an answer", patience_s=LOCKED_S + 10
            )
        await client.is_settled(patience_s=60)
        closes = list(client.closes)
    client.closes = closes
    return client
