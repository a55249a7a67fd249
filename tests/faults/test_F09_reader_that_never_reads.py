"""A client that never reads: what waits for it is bounded, its line is closed with 4008, and it may resume."""

import asyncio
import json
import socket
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.faults.conftest import OpenDesk
from tests.protocol.client import Client
from tests.protocol.desk import Desk, Who
from tests.protocol.view import read_snapshot, visible_to_agent

TEXT = "x" * 19_900
MESSAGES = 700
SLEEPERS = 8
QUEUE_MB = 8  # what one line may have waiting
CACHES_MB = 20  # what the desk keeps of 14 MB of news for itself, measured without sleepers: 16
TOO_SLOW = 4008


def resident_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def test_sleeping_readers_cost_little_are_closed_and_resume_with_everything(open_desk: OpenDesk) -> None:
    desk = open_desk()
    before, after, codes = asyncio.run(_asleep(desk))
    assert codes == [TOO_SLOW] * SLEEPERS
    # Each was owed 14 MB, which would be 112.
    assert after - before < SLEEPERS * QUEUE_MB + CACHES_MB, f"{before:.0f} MB before, {after:.0f} MB after"


async def _fall_asleep(desk: Desk, who: Who) -> "tuple[socket.socket, object]":
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", desk.server.port))
    client = await connect(desk.server.ws_url, sock=line, ping_interval=None, max_size=None, compression=None)
    fresh = await asyncio.to_thread(read_snapshot, desk, who)
    await client.send(json.dumps(who.resume(fresh.epoch, fresh.pos)))
    while '"resumed"' not in str(await client.recv()):
        pass
    client.transport.pause_reading()
    return line, client


async def _asleep(desk: Desk) -> tuple[float, float, list[int]]:
    shopper = await asyncio.to_thread(desk.visitor)
    who = desk.agent()
    async with Client(desk, shopper) as writer:
        await writer.is_live()
        await _flood(writer, 100)
        before = resident_mb(desk.server.pid)
        sleepers = [await _fall_asleep(desk, who) for _ in range(SLEEPERS)]
        await _flood(writer, MESSAGES)
        after = resident_mb(desk.server.pid)
    codes = []
    for _, client in sleepers:
        client.transport.resume_reading()  # type: ignore[attr-defined]
        try:
            while True:
                await client.recv()  # type: ignore[attr-defined]
        except ConnectionClosed as closed:
            codes.append(closed.rcvd.code if closed.rcvd else 0)
    async with Client(desk, who) as again:
        await again.is_live()
        fresh = await asyncio.to_thread(read_snapshot, desk, who)
        await again.is_at(fresh.pos)
        assert visible_to_agent(again.view, who) == visible_to_agent(fresh, who)
        assert len(fresh.of("entries")) == 100 + MESSAGES
    return before, after, codes


async def _flood(writer: Client, count: int) -> None:
    for _ in range(count):
        await writer.say(TEXT)
        await writer.until(lambda: len(writer.outbox) < 8, "room in the outbox")
    await writer.is_settled()
