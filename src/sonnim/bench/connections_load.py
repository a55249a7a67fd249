"""Run on a site: opens many visitors' sockets, and reads how much the server's memory has grown."""

import asyncio
import sys
import time
from typing import Any

import msgspec
import uvloop

from sonnim.bench.machine import resident_kb
from sonnim.bench.socketline import Line, open_line

AT_ONCE = 100
WARM = 50
REST_S = 2.0


def _nothing(line: Line, payload: bytes) -> None:
    return


async def _open(port: int, seed: dict[str, Any], tokens: list[str]) -> list[Line]:
    lines: list[Line] = []
    for start in range(0, len(tokens), AT_ONCE):
        hellos = [
            msgspec.json.encode(
                {"t": "resume", "as": "visitor", "token": token, "epoch": seed["epoch"], "pos": seed["pos"]}
            )
            for token in tokens[start : start + AT_ONCE]
        ]
        lines += await asyncio.gather(*(open_line(port, hello, _nothing) for hello in hellos))
    return lines


async def run(wanted: dict[str, Any]) -> dict[str, Any]:
    """A few first, so that what is loaded once is not counted as theirs; then all."""
    tokens = wanted["seed"]["visitors"]
    first = await _open(wanted["port"], wanted["seed"], tokens[:WARM])
    for line in first:
        line.transport.close()
    await asyncio.sleep(REST_S)
    before = resident_kb(wanted["pid"])
    began = time.perf_counter()
    lines = await _open(wanted["port"], wanted["seed"], tokens)
    seconds = time.perf_counter() - began
    await asyncio.sleep(REST_S)
    after = resident_kb(wanted["pid"])
    gone = [line.closed for line in lines if line.closed]
    if gone:
        raise ConnectionError(f"{len(gone)} sockets were closed, one of them: {gone[0]}")
    return {
        "kb_per_connection": round((after - before) / len(lines), 1),
        "opened_per_s": round(len(lines) / seconds),
        "before_mb": round(before / 1024, 1),
        "after_mb": round(after / 1024, 1),
    }


if __name__ == "__main__":
    found = uvloop.run(run(msgspec.json.decode(sys.stdin.buffer.read())))
    sys.stdout.buffer.write(msgspec.json.encode(found))
