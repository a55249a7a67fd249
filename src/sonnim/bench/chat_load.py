"""Run on a site: visitors who write as fast as they are acknowledged, then at a fixed rate, and the agent who reads.

All times are of this process's one clock. A message counts when the agent's socket has got it.
"""

import asyncio
import re
import sys
import time
from typing import Any

import msgspec
import uvloop

from sonnim.bench.machine import cpu_each, cpu_seconds, percentile
from sonnim.bench.socketline import Line, open_line, text_frame

TEXTS = (
    "안녕하세요! 어제 주문한 찻잔 세트는 언제 출발하나요?",
    "您好,这款白茶还有货吗?我想买两盒送人。",
    "Hi, the teapot arrived today but its lid has a small crack. What can I do?",
    "네, 감사합니다.",
    "可以改一下收货地址吗?",
    "Order 20418. Thanks!",
)
_ID = re.compile(rb'"client_id":"([0-9a-f]{8})-0000-4000-8000-')
# Consecutive numbers would flatter the index on client_id: these factors scatter them, and bring them back.
_SCATTER, _GATHER = 2654435761, pow(2654435761, -1, 2**32)
SETTLE_S = 20.0


class Load:
    """The sockets, and what went through them."""

    def __init__(self, *, window: int) -> None:
        self.window = window
        self.lines: list[Line] = []
        self.sent = 0
        self.acked = 0
        self.refused: list[bytes] = []
        self.running = False
        self.arrivals: list[tuple[float, list[bytes]]] = []
        self.delivered = 0
        self._frames = [_split(text) for text in TEXTS]

    async def connect(self, port: int, seed: dict[str, Any]) -> None:
        """Let everybody in; the agent first."""
        at = {"t": "resume", "epoch": seed["epoch"], "pos": seed["pos"]}
        hello = msgspec.json.encode({**at, "as": "agent", "shop": seed["shop"], "token": seed["agent_token"]})
        self.agent = await open_line(port, hello, self._on_agent)
        for start in range(0, len(seed["visitors"]), 50):
            hellos = [
                msgspec.json.encode({**at, "as": "visitor", "token": token})
                for token in seed["visitors"][start : start + 50]
            ]
            self.lines += await asyncio.gather(*(open_line(port, hello, self._on_visitor) for hello in hellos))

    def next_frames(self, count: int) -> bytes:
        """So many messages that nobody has sent before."""
        frames = []
        for number in range(self.sent, self.sent + count):
            head, tail = self._frames[number % len(self._frames)]
            frames.append(b"%b%08x%b" % (head, number * _SCATTER % 2**32, tail))
        self.sent += count
        return b"".join(frames)

    def _on_visitor(self, line: Line, payload: bytes) -> None:
        acks = payload.count(b'"t":"ack"')
        if acks:
            self.acked += acks
            if self.running:
                line.transport.write(self.next_frames(acks))
        elif b'"t":"error"' in payload:
            self.refused.append(payload)

    def _on_agent(self, line: Line, payload: bytes) -> None:
        ids = _ID.findall(payload)
        if ids:
            self.arrivals.append((time.perf_counter(), ids))
            self.delivered += len(ids)
        elif b'{"t":"reset"' in payload:
            self.refused.append(payload)

    async def settle(self) -> None:
        """Wait until all that was sent has come back both ways."""
        deadline = time.perf_counter() + SETTLE_S
        while (self.acked < self.sent or self.delivered < self.sent) and time.perf_counter() < deadline:
            self.check()
            await asyncio.sleep(0.01)

    def check(self) -> None:
        """Fail as soon as the figures would mean nothing."""
        gone = [line.closed for line in (self.agent, *self.lines) if line.closed]
        if gone:
            raise ConnectionError(f"{len(gone)} sockets were closed, one of them: {gone[0]}")
        if self.refused:
            raise ValueError(f"{len(self.refused)} messages were refused, one of them: {self.refused[0]!r}")


async def saturate(load: Load, *, warm_s: float, slices: int, slice_s: float) -> list[float]:
    """Messages a second in each slice of time, with every visitor's window full."""
    load.running = True
    for line in load.lines:
        line.transport.write(load.next_frames(load.window))
    await asyncio.sleep(warm_s)
    rates = []
    for _ in range(slices):
        load.check()
        began, before = time.perf_counter(), load.delivered
        await asyncio.sleep(slice_s)
        rates.append((load.delivered - before) / (time.perf_counter() - began))
    load.running = False
    await load.settle()
    return rates


async def at_rate(load: Load, *, rate: int, seconds: float) -> list[float]:
    """Milliseconds from when each message was due to its arrival at the agent's socket.

    A sender that fell behind sends late; the message is late nevertheless (no coordinated omission).
    """
    first, count = load.sent, int(rate * seconds)
    load.arrivals.clear()
    began = time.perf_counter() + 0.05
    done = 0
    while done < count:
        due = min(count, int((time.perf_counter() - began) * rate) + 1)
        for number in range(done, due):
            load.lines[number % len(load.lines)].transport.write(load.next_frames(1))
        done = max(done, due)
        await asyncio.sleep(0.001)
    await load.settle()
    waits = []
    for arrived, ids in load.arrivals:
        for name in ids:
            number = int(name, 16) * _GATHER % 2**32
            waits.append((arrived - began - (number - first) / rate) * 1000)
    return waits


async def run(wanted: dict[str, Any]) -> dict[str, Any]:
    """Both loads after each other."""
    load = Load(window=wanted["window"])
    await load.connect(wanted["port"], wanted["seed"])
    cpu = cpu_seconds(wanted["pid"])
    rates = await saturate(load, warm_s=wanted["warm_s"], slices=wanted["slices"], slice_s=wanted["slice_s"])
    cpu_us = cpu_each(wanted["pid"], cpu, load.delivered)
    names = {name for _, ids in load.arrivals for name in ids}
    repeated = load.delivered - len(names)
    lost = load.sent - len(names)
    before = load.sent
    await asyncio.sleep(0.5)
    waits = await at_rate(load, rate=wanted["rate"], seconds=wanted["rate_s"])
    names = {name for _, ids in load.arrivals for name in ids}
    lost += load.sent - before - len(names)
    repeated += len(waits) - len(names)
    load.check()
    return {
        "rates": rates,
        "cpu_us": cpu_us,
        "p50_ms": percentile(waits, 0.5),
        "p99_ms": percentile(waits, 0.99),
        "messages": load.sent,
        "lost": max(lost, load.sent - load.acked),
        "repeated": repeated,
    }


def _split(text: str) -> tuple[bytes, bytes]:
    mark = b"########"
    body = {
        "t": "send",
        "client_id": f"{mark.decode()}-0000-4000-8000-00000000beef",
        "conversation": None,
        "text": text,
    }
    head, tail = text_frame(msgspec.json.encode(body)).split(mark)
    return head, tail


if __name__ == "__main__":
    found = uvloop.run(run(msgspec.json.decode(sys.stdin.buffer.read())))
    sys.stdout.buffer.write(msgspec.json.encode(found))
