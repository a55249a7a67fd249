"""How often a second business time is counted, once a calendar is worked out."""

import random
import time
from typing import Any

from sonnim.bench import machine
from sonnim.bench.progress import tell
from sonnim.kernel import clock
from sonnim.plan.hours.publicholidays import dates_of
from sonnim.plan.hours.rules import DAY_MS, Calendar

HOURS = ((9 * 3600, 12 * 3600), (13 * 3600, 18 * 3600))


def measure(*, database: str, database_url: str, questions: int) -> dict[str, Any]:
    """A year of a desk in New York: with lunch, weekends, changes of clocks and the holidays of two countries.

    Args:
        database: nothing is asked of it.
        database_url: likewise.
        questions: how many of each kind.
    """
    around = machine.described()
    tell("working a calendar out")
    now = clock.now_ms()
    year = clock.now().year
    random.seed(5)
    starts = [now + random.randrange(300 * DAY_MS) for _ in range(questions)]
    calendar = Calendar(
        zone="America/New_York", week=[HOURS] * 5 + [()] * 2, holidays=dates_of(("US", "KR"), range(year, year + 3))
    )
    began = time.perf_counter()
    calendar.elapsed(now, now + 400 * DAY_MS)
    worked_out = time.perf_counter() - began
    tell(f"{questions} times: how much between two instants")
    began = time.perf_counter()
    for start in starts:
        calendar.elapsed(start, start + 10 * DAY_MS)
    elapsed = time.perf_counter() - began
    tell(f"{questions} times: the instant after so much")
    began = time.perf_counter()
    for start in starts:
        calendar.after(start, 20 * 3_600_000)
    after = time.perf_counter() - began
    return {
        "machine": around,
        "compile_ms": round(worked_out * 1000, 2),
        "elapsed_per_s": round(questions / elapsed),
        "after_per_s": round(questions / after),
    }
