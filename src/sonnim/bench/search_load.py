"""Run on a site: asks what people would ask, one after another."""

import random
import sys
import time
from collections import defaultdict
from statistics import fmean
from typing import Any
from urllib.parse import quote

import msgspec
import uvloop

from sonnim.bench.inbox_load import open_http
from sonnim.bench.machine import percentile
from sonnim.bench.search_texts import queries

WARM = 60
ORDERS = {
    "newest": "sort=newest",
    "best": "sort=best",
    "conversations": "in=conversations",
    "contacts": "in=contacts",
}
MESSAGES = ("newest", "best")
SHARES = (4, 4, 1, 1)


async def run(wanted: dict[str, Any]) -> dict[str, Any]:
    """How long answers take, by order and by kind of query, and which queries found nothing."""
    seed, messages, count = wanted["seed"], wanted["messages"], wanted["queries"]

    def request(query: str, options: str) -> bytes:
        return (
            f"GET /api/v1/shops/{seed['shop']}/search?q={quote(query)}&{options} HTTP/1.1\r\nHost: localhost\r\n"
            f"Authorization: Bearer {seed['agent_token']}\r\n\r\n"
        ).encode()

    line = await open_http(wanted["port"])
    for _, query in queries(WARM, messages=messages, seed=1):
        await line.get(request(query, "sort=newest"))
    waits: dict[str, list[float]] = defaultdict(list)
    kinds: dict[str, list[float]] = defaultdict(list)
    empty: list[str] = []
    slowest = (0.0, "")
    rng = random.Random(3)
    for kind, query in queries(count, messages=messages):
        order = rng.choices(tuple(ORDERS), weights=SHARES)[0]
        began = time.perf_counter()
        answer = msgspec.json.decode(await line.get(request(query, ORDERS[order])))
        took = (time.perf_counter() - began) * 1000
        waits[order].append(took)
        kinds[kind].append(took)
        slowest = max(slowest, (took, query))
        if order != "contacts" and not answer["messages"]:
            empty.append(query)
    every = [wait for name, some in waits.items() if name in MESSAGES for wait in some]
    return {
        "p50_ms": percentile(every, 0.5),
        "p99_ms": percentile(every, 0.99),
        "orders": {name: [percentile(some, 0.5), percentile(some, 0.99)] for name, some in waits.items()},
        "kinds": {kind: [fmean(some), percentile(some, 0.99)] for kind, some in kinds.items()},
        "slowest": slowest,
        "empty": sorted(set(empty)),
    }


if __name__ == "__main__":
    found = uvloop.run(run(msgspec.json.decode(sys.stdin.buffer.read())))
    sys.stdout.buffer.write(msgspec.json.encode(found))
