"""How many messages a second are stored, acknowledged and delivered to an agent, and how long one takes to arrive."""

from statistics import fmean
from typing import Any

from sonnim.bench import chat_plan, machine
from sonnim.bench.progress import tell
from sonnim.bench.server import Site

SLICES = 4


def measure(
    *,
    database: str,
    database_url: str | None,
    visitors: int,
    window: int,
    seconds: float,
    rate: int,
    plan: bool = False,
) -> dict[str, Any]:
    """The product, then the bare app, under the same load.

    Args:
        visitors: sockets that write.
        window: messages that each of them may have unacknowledged.
        seconds: how long either load lasts (a fifth more for warming up).
        rate: messages a second of the second load, from which the latency is.
        plan: measure the product alone, without and with promises, routing and rules; see chat_plan.py.
    """
    if plan:
        return chat_plan.measure(
            database=database, database_url=database_url, visitors=visitors, window=window, seconds=seconds
        )
    around = machine.described()
    with Site(database_url=database_url) as site:
        tell(f"{database}: making a shop with {visitors} visitors")
        seed = site.ask("seed", visitors=visitors)
        load = {
            "seed": seed, "window": window, "warm_s": seconds / 5, "slices": SLICES, "slice_s": seconds / SLICES,
            "rate": rate, "rate_s": seconds,
        }  # fmt: skip
        tell(f"Sonnim: {visitors} visitors write for {seconds:g} s, then {rate} messages a second for {seconds:g} s")
        site.start()
        product = site.ask("chat_load", pid=site.pid, **load)
        site.stop()
        tell(f"the bare app: the same ({fmean(product['rates']):,.0f} messages a second so far)")
        site.start_bare()
        bare = site.ask("chat_load", pid=site.pid, **load)
        site.stop()
        tell("the bare app once more, gathering frames as the product does")
        site.start_bare(gathers=True)
        gathering = site.ask("chat_load", pid=site.pid, **{**load, "rate_s": 0})
    tell("done")
    return {
        "database": database,
        "delivered_per_s": round(fmean(product["rates"])),
        "bare_per_s": round(fmean(bare["rates"])),
        "ratio": round(fmean(product["rates"]) / fmean(bare["rates"]), 3),
        "bare_gathering_per_s": round(fmean(gathering["rates"])),
        "ratio_gathering": round(fmean(product["rates"]) / fmean(gathering["rates"]), 3),
        f"p50_ms_at_{rate}": round(product["p50_ms"], 1),
        f"p99_ms_at_{rate}": round(product["p99_ms"], 1),
        f"bare_p99_ms_at_{rate}": round(bare["p99_ms"], 1),
        "cpu_us_per_message": product["cpu_us"],
        "bare_cpu_us_per_message": bare["cpu_us"],
        "messages": product["messages"],
        "lost": product["lost"] + bare["lost"] + gathering["lost"],
        "repeated": product["repeated"],
        "noise": {
            "delivered_per_s": [round(min(product["rates"])), round(max(product["rates"]))],
            "bare_per_s": [round(min(bare["rates"])), round(max(bare["rates"]))],
        },
        "machine": around,
    }
