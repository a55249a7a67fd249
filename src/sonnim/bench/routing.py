"""How long it takes to decide who gets a conversation, and whether a rush is given out wholly, once and evenly."""

from typing import Any

from sonnim.bench import machine
from sonnim.bench.progress import tell
from sonnim.bench.server import Site


def measure(
    *, database: str, database_url: str | None, agents: int, conversations: int, arrivals: int, rush: int
) -> dict[str, Any]:
    """Single arrivals in a busy shop, each from the look at the queue to the commit; then a rush at once.

    Args:
        agents: in the busy shop, which has so many open `conversations`.
        arrivals: of which half meet an empty queue, and half one of hundreds who wait for somebody to be free.
        rush: chats at once, to a twentieth as many agents who take twenty each, given out by two nodes.
    """
    around = machine.described()
    with Site(database_url=database_url) as site:
        tell(f"{database}: a shop of {agents} agents and {conversations:,} open conversations")
        busy = site.ask("routing_load", agents=agents, conversations=conversations, arrivals=arrivals)
        tell(f"{rush:,} chats at once")
        rushed = site.ask("routing_load", rush=rush)
    tell("done")
    both = busy["empty"] + busy["queued"]
    return {
        "decision_p99_ms": round(machine.percentile(both, 0.99), 2),
        "double": rushed["double"],
        "forgotten": rushed["forgotten"],
        "spread": rushed["spread"],
        "decision_p50_ms": round(machine.percentile(both, 0.5), 2),
        "empty_queue_p99_ms": round(machine.percentile(busy["empty"], 0.99), 2),
        "long_queue_p99_ms": round(machine.percentile(busy["queued"], 0.99), 2),
        "choice_alone_p99_ms": round(machine.percentile(busy["choice"], 0.99), 2),
        "rush_s": round(rushed["seconds"], 2),
        "agents": agents,
        "conversations": conversations,
        "arrivals": arrivals,
        "rush": rush,
        "database": database,
        "machine": around,
    }
