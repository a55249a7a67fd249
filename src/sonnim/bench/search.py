"""How fast a large shop's messages are searched over HTTP, and whether anything is there that is not found."""

import time
from typing import Any

from sonnim.bench import machine
from sonnim.bench.progress import tell
from sonnim.bench.server import Site


def measure(*, database: str, database_url: str | None, messages: int, queries: int) -> dict[str, Any]:
    """Queries one after another, in a shop of so many messages in three languages.

    `missed` counts queries for which the search finds nothing and a reader of all texts does.
    """
    around = machine.described()
    with Site(database_url=database_url) as site:
        tell(f"{database}: writing and indexing {messages:,} messages")
        seed = site.ask("seed", visitors=0)
        began = time.monotonic()
        index_s = 0.0
        for part in _parts(messages, 20_000):
            index_s += site.ask("search_fill", shop=seed["shop"], **part)["index_s"]
        size = site.ask("search_fill", last=True)["index_mb"]
        filled = time.monotonic() - began
        site.start()
        tell(f"asking {queries:,} queries")
        found = site.ask("search_load", seed=seed, messages=messages, queries=queries)
        memory = machine.resident_kb(site.pid) / 1024
        site.stop()
        tell(f"reading every message for the {len(found['empty'])} queries that found nothing")
        missed = []
        for part in _parts(messages, 100_000):
            missed += site.ask("search_scan", queries=[each for each in found["empty"] if each not in missed], **part)
    tell("done")
    return {
        "p50_ms": round(found["p50_ms"], 1),
        "p99_ms": round(found["p99_ms"], 1),
        "index_per_s": round(messages / index_s),
        "missed": len(missed),
        "messages": messages,
        "queries": queries,
        **{
            f"{order}_{name}_ms": round(value, 1)
            for order, pair in found["orders"].items()
            for name, value in zip(("p50", "p99"), pair, strict=True)
        },
        "mean_and_p99_ms_of": {kind: [round(value, 1) for value in pair] for kind, pair in found["kinds"].items()},
        "slowest": [round(found["slowest"][0], 1), found["slowest"][1]],
        "found_nothing": len(found["empty"]),
        "missed_queries": missed[:10],
        "index_mb": size,
        "fill_s": round(filled, 1),
        "server_mb": round(memory, 1),
        "database": database,
        "machine": around,
    }


def _parts(messages: int, size: int) -> list[dict[str, int]]:
    """Message numbers in parts, each of which is done well within the time that a process gets."""
    return [{"begin": start, "end": min(start + size, messages + 1)} for start in range(1, messages + 1, size)]
