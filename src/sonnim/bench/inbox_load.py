"""Run on a site: reads pages of the queues over HTTP, one after another, then as many as the server answers."""

import asyncio
import itertools
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any, cast

import msgspec
import uvloop

from sonnim.bench.machine import cpu_each, cpu_seconds, keep_on_core, percentile

LINES = 8
WARM = 50


class HttpLine(asyncio.Protocol):
    """One keep-alive connection that asks one thing at a time; every answer must be a 200 with a length."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._missing = -1
        self._answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    async def get(self, request: bytes) -> bytes:
        """The body of the answer."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._missing < 0:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = bytes(self._buffer[:end]).lower()
            del self._buffer[: end + 4]
            if b" 200 " not in head[:16]:
                self._fail(head.decode("latin-1"))
                return
            if b"content-length:" not in head:
                self._fail("an answer came without its length")
                return
            self._missing = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        if len(self._buffer) >= self._missing:
            body = bytes(self._buffer)
            self._buffer.clear()
            self._missing = -1
            self._answer.set_result(body)

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail("the connection was cut")

    def _fail(self, why: str) -> None:
        if not self._answer.done():
            self._answer.set_exception(ConnectionError(why))


async def open_http(port: int) -> HttpLine:
    """A connection to the server."""
    _, line = await asyncio.get_running_loop().create_connection(HttpLine, "127.0.0.1", port)
    return line


async def _timed(line: HttpLine, requests: Iterable[bytes]) -> list[float]:
    waits = []
    for request in requests:
        began = time.perf_counter()
        await line.get(request)
        waits.append((time.perf_counter() - began) * 1000)
    return waits


async def _saturate(lines: list[HttpLine], requests: Iterator[bytes], seconds: float) -> float:
    until = time.perf_counter() + seconds

    async def ask(line: HttpLine) -> int:
        count = 0
        while time.perf_counter() < until:
            await line.get(next(requests))
            count += 1
        return count

    began = time.perf_counter()
    counts = await asyncio.gather(*(ask(line) for line in lines))
    return sum(counts) / (time.perf_counter() - began)


async def run(wanted: dict[str, Any]) -> dict[str, Any]:
    """Latency of first and later pages, then requests a second with the server on one core."""
    seed = wanted["seed"]

    def page(query: str) -> bytes:
        return (
            f"GET /api/v1/shops/{seed['shop']}/conversations?{query} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {seed['agent_token']}\r\n\r\n"
        ).encode()

    first = [page("queue=all&limit=50"), page("queue=waiting_all&limit=50")]
    later = [page(f"queue=all&limit=50&cursor={cursor}") for cursor in seed["cursors"]]
    line = await open_http(wanted["port"])
    bodies = [msgspec.json.decode(await line.get(request)) for request in (*first, *later[:WARM])]
    firsts = await _timed(line, itertools.islice(itertools.cycle(first), 2 * wanted["pages"]))
    laters = await _timed(line, later)
    alone = keep_on_core(wanted["pid"], 0)
    if alone:
        os.sched_setaffinity(0, {1})
    mixed = [*later, *(first[0] for _ in later)]
    random.shuffle(mixed)
    lines = [await open_http(wanted["port"]) for _ in range(LINES)]
    await _saturate(lines, itertools.cycle(mixed), wanted["seconds"] / 4)
    cpu = cpu_seconds(wanted["pid"])
    rates = [await _saturate(lines, itertools.cycle(mixed), wanted["seconds"] / 3) for _ in range(3)]
    cpu_us = cpu_each(wanted["pid"], cpu, round(sum(rates) * wanted["seconds"] / 3))
    return {
        "rows": [len(body["items"]) for body in bodies[:2]],
        "first": [percentile(firsts, 0.5), percentile(firsts, 0.99)],
        "later": [percentile(laters, 0.5), percentile(laters, 0.99)],
        "rates": rates,
        "cpu_us": cpu_us,
        "one_core": alone,
    }


if __name__ == "__main__":
    found = uvloop.run(run(msgspec.json.decode(sys.stdin.buffer.read())))
    sys.stdout.buffer.write(msgspec.json.encode(found))
