"""A trace of system calls: each acknowledgement leaves after the disk has confirmed what it acknowledges."""

import asyncio
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.faults.conftest import OpenDesk
from tests.protocol.client import Client
from tests.protocol.desk import Desk
from tests.providers.postgres import Postgres
from tests.providers.processes import running_as_root

MESSAGES = 60
CALLS = "pwrite64,pwritev,fdatasync,fsync,write,writev,sendto,sendmsg"


def find_strace() -> str | None:
    found = shutil.which("strace")
    if found is None and running_as_root() and shutil.which("apt-get") is not None:
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", "--no-install-recommends", "strace"]):
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        found = shutil.which("strace")
    return found


@contextmanager
def traced(strace: str, pid: int, into: Path) -> Iterator[None]:
    """Everything that a process writes, with the file behind each descriptor, in the order in which it happens."""
    command = [strace, "-f", "-yy", "-xx", "-s", "70000", "-e", f"trace={CALLS}", "-o", str(into), "-p", str(pid)]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr is not None
        said = tracer.stderr.readline()
        if "attached" not in said:
            tracer.kill()
            pytest.skip(f"this machine does not let processes be traced: {said.strip()}")
        try:
            yield
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.communicate(timeout=20)


def hexed(text: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in text.encode())


WAL = hexed("-wal") + ">"


def steps(trace: str) -> Iterator[tuple[str, str]]:
    """(what, line) for each call at the moment it is *known*: a sync when it has returned, a write when it begins."""
    syncing: set[str] = set()
    for line in trace.splitlines():
        thread = line.split(maxsplit=1)[0]
        if "fdatasync(" in line or "fsync(" in line:
            if WAL not in line:
                continue
            if "<unfinished" in line:
                syncing.add(thread)
            elif line.rstrip().endswith("= 0"):
                yield "synced", line
        elif ("fdatasync resumed" in line or "fsync resumed" in line) and thread in syncing:
            syncing.discard(thread)
            if line.rstrip().endswith("= 0"):
                yield "synced", line
        elif "pwrite" in line and WAL in line:
            yield "written", line
        elif "<TCP" in line:
            yield "sent", line


async def _send(desk: Desk) -> list[str]:
    """Half of the messages one by one, half in a burst that shares its syncs."""
    async with Client(desk, await asyncio.to_thread(desk.visitor)) as client:
        await client.is_live()
        for number in range(MESSAGES):
            await client.say(f"말 {number}")
            if number < MESSAGES / 2:
                await client.is_settled()
        await client.is_settled()
        return list(client.acked.acks)


def test_sqlite_has_synced_a_message_before_its_acknowledgement_leaves(open_desk: OpenDesk, tmp_path: Path) -> None:
    strace = find_strace()
    if strace is None:
        pytest.skip("strace is neither installed nor can apt-get install it")
    desk = open_desk(SONNIM_DATABASE_URL=f"sqlite://{tmp_path / 'traced.sqlite3'}", SONNIM_REDIS_URL="")
    with traced(strace, desk.server.pid, tmp_path / "trace"):
        acked = asyncio.run(_send(desk))
    safe: set[str] = set()
    pending: set[str] = set()
    acknowledged = []
    ack = hexed('"t":"ack"')
    for what, line in steps((tmp_path / "trace").read_text(errors="replace")):
        if what == "written":
            pending |= {each for each in acked if hexed(each) in line}
        elif what == "synced":
            safe |= pending
            pending.clear()
        elif ack in line:
            for each in acked:
                if hexed(f'"client_id":"{each}"') in line:
                    assert each in safe, "acknowledged before the disk had it"
                    acknowledged.append(each)
    assert sorted(acknowledged) == sorted(acked)
    assert len(acked) == MESSAGES


def test_postgresql_has_flushed_a_message_before_its_acknowledgement_arrives(open_desk: OpenDesk) -> None:
    """Between messages nothing else writes: what is not flushed when the answer comes was acknowledged early."""
    with Postgres(durable=True) as postgres:
        desk = open_desk(SONNIM_DATABASE_URL=postgres.create_database(), SONNIM_REDIS_URL="")
        try:
            assert asyncio.run(_flushed(desk, postgres.url)) == MESSAGES
        finally:
            desk.server.stop()


async def _flushed(desk: Desk, url: str) -> int:
    kept = 0
    with psycopg.connect(url, autocommit=True) as database:
        async with Client(desk, await asyncio.to_thread(desk.visitor)) as client:
            await client.is_live()
            for number in range(MESSAGES):
                before = database.execute("SELECT pg_current_wal_insert_lsn()").fetchone()
                await client.say(f"말 {number}")
                await client.is_settled()
                # The commit record of the message lies behind `before`; a later flush position covers it.
                row = database.execute("SELECT pg_current_wal_flush_lsn() > %s", before).fetchone()
                assert row is not None
                assert row[0], "acknowledged before the log of the database was flushed"
                kept += 1
    return kept
