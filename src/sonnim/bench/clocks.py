"""How exactly promises strike among very many that run, over a power cut."""

import os
import signal
import time
from typing import Any

from sonnim.bench import machine
from sonnim.bench.progress import tell
from sonnim.bench.server import Site

LEAD_S = 8.0
SETTLE_S = 5.0


def measure(*, database: str, database_url: str | None, clocks: int, strikes: int, seconds: float) -> dict[str, Any]:
    """Let some of very many clocks strike while the server is killed once and started again at once.

    The error of a strike is the instant that stands with it in the timeline, less the instant that was promised; those
    that fell into the time without a server are among them.

    Args:
        clocks: how many run.
        strikes: how many of them strike, evenly spread.
        seconds: over how long.
    """
    around = machine.described()
    with Site(database_url=database_url) as site:
        tell(f"{database}: filling a shop with {clocks:,} running clocks")
        seed = site.ask("clocks_fill", clocks=clocks, strikes=strikes, lead_s=LEAD_S, window_s=seconds)
        late = max(time.time() - seed["first"] / 1000, 0)
        site.start()
        tell(f"{strikes:,} of them strike within {seconds:g} s; the server is killed after half of it")
        _sleep_until((seed["first"] + seed["last"]) / 2000)
        os.kill(site.pid, signal.SIGKILL)
        down = site.start()
        _sleep_until(seed["last"] / 1000 + SETTLE_S)
        found = site.ask("clocks_fill")
        memory = machine.resident_kb(site.pid) / 1024
    tell("done")
    errors = [each / 1000 for each in found["errors"]]
    return {
        "p99_error_s": errors[len(errors) * 99 // 100] if errors else None,
        "lost": strikes - found["conversations"],
        "twice": len(errors) - found["conversations"],
        "p50_error_s": errors[len(errors) // 2] if errors else None,
        "longest_error_s": errors[-1] if errors else None,
        "too_early": sum(each < 0 for each in errors),
        "restart_s": round(down, 2),
        "clocks": clocks,
        "strikes": strikes,
        "began_late_s": round(late, 1),
        "server_mb": round(memory, 1),
        "database": database,
        "machine": around,
    }


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.time()))
