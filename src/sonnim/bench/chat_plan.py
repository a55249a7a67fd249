"""What promises, routing and rules cost: the same load on the product without them and with them, by turns."""

from statistics import fmean
from typing import Any

from sonnim.bench import machine
from sonnim.bench.progress import tell
from sonnim.bench.server import Site

TURNS = 6
SLICES = 4
WARM_S = 4.0
"""In which all conversations have begun and were given out: those are done once, and are no message."""


def measure(*, database: str, database_url: str | None, visitors: int, window: int, seconds: float) -> dict[str, Any]:
    """Messages a second without and with two service promises, direct routing and twenty rules.

    Both have a shop of their own on one server, and take turns, so that a busy machine and a growing database are in
    both alike. Routing gives out what waits, and one of the rules acts on every conversation that begins.
    """
    around = machine.described()
    rates: dict[bool, list[float]] = {False: [], True: []}
    costs: dict[bool, list[float]] = {False: [], True: []}
    lost = repeated = 0
    with Site(database_url=database_url) as site:
        site.ask("seed", visitors=1)
        site.start()
        for turn in range(TURNS):
            on = turn % 4 in {1, 2}  # off, on, on, off, …: neither is always the later one
            seed = site.ask("seed", visitors=visitors, name=f"bench-{turn}")
            if on:
                site.ask("plan_fill", shop=seed["shop"], agent=seed["agent"])
            tell(f"{'with' if on else 'without'} promises, routing and rules, for {seconds:g} s")
            found = site.ask(
                "chat_load", pid=site.pid, seed=seed, window=window, warm_s=WARM_S, slices=SLICES,
                slice_s=seconds / SLICES, rate=1, rate_s=0,
            )  # fmt: skip
            rates[on] += found["rates"]
            costs[on].append(found["cpu_us"])
            lost, repeated = lost + found["lost"], repeated + found["repeated"]
    tell("done")
    without, with_plan = fmean(rates[False]), fmean(rates[True])
    return {
        "plan_ratio": round(with_plan / without, 3),
        "without_per_s": round(without),
        "with_per_s": round(with_plan),
        "cpu_us_without": round(fmean(costs[False])),
        "cpu_us_with": round(fmean(costs[True])),
        "lost": lost,
        "repeated": repeated,
        "noise": {
            "without_per_s": [round(min(rates[False])), round(max(rates[False]))],
            "with_per_s": [round(min(rates[True])), round(max(rates[True]))],
        },
        "database": database,
        "machine": around,
    }
