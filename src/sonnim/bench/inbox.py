"""How fast a large shop's queues are read over HTTP."""

import time
from statistics import fmean
from typing import Any

from sonnim.bench import machine
from sonnim.bench.progress import tell
from sonnim.bench.server import Site


def measure(
    *, database: str, database_url: str | None, conversations: int, pages: int, seconds: float
) -> dict[str, Any]:
    """Pages one after another, then as many a second as one core of the server gives.

    Args:
        pages: how many of each sort (first ones of two queues, random later ones).
        seconds: how long the server is kept busy.
    """
    around = machine.described()
    with Site(database_url=database_url) as site:
        tell(f"{database}: filling a shop with {conversations:,} conversations")
        began = time.monotonic()
        seed = site.ask("inbox_fill", conversations=conversations, pages=pages)
        filled = time.monotonic() - began
        site.start()
        tell(f"reading {pages} first and {pages} random pages of its queues, then as many as it answers")
        found = site.ask("inbox_load", seed=seed, pid=site.pid, pages=pages, seconds=seconds)
        memory = machine.resident_kb(site.pid) / 1024
    tell("done")
    rates = found["rates"]
    return {
        "first_page_p99_ms": round(found["first"][1], 2),
        "random_page_p99_ms": round(found["later"][1], 2),
        "requests_per_s": round(fmean(rates)),
        "first_page_p50_ms": round(found["first"][0], 2),
        "random_page_p50_ms": round(found["later"][0], 2),
        "cpu_us_per_request": found["cpu_us"],
        "rows": found["rows"],
        "conversations": conversations,
        "open": seed["open"],
        "one_core": found["one_core"],
        "fill_s": round(filled, 1),
        "server_mb": round(memory, 1),
        "noise": {"requests_per_s": [round(min(rates)), round(max(rates))]},
        "database": database,
        "machine": around,
    }
