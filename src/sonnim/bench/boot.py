"""How long a start on an existing database takes, and what the server takes when nobody comes."""

import time
from typing import Any

from sonnim.bench import machine
from sonnim.bench.progress import tell
from sonnim.bench.server import Site


def measure(*, database: str, database_url: str | None, starts: int, idle: float) -> dict[str, Any]:
    """The product on the demo's database, started several times; seconds are from the exec to the first good answer."""
    around = machine.described()
    with Site(database_url=database_url) as site:
        tell(f"{database}: making the demo store")
        first = site.start(demo=True)
        seconds = []
        for number in range(1, starts + 1):
            site.stop()
            tell(f"start {number} of {starts}")
            seconds.append(site.start())
        tell(f"resting for {idle:g} s")
        time.sleep(idle)
        resting = machine.resident_kb(site.pid) / 1024
    tell("done")
    return {
        "start_s": round(machine.percentile(seconds, 0.5), 2),
        "start_max_s": round(max(seconds), 2),
        "first_start_s": round(first, 2),
        "idle_mb": round(resting, 1),
        "noise": {"start_s": [round(min(seconds), 2), round(max(seconds), 2)]},
        "database": database,
        "machine": around,
    }
