"""What an idle visitor costs in memory."""

from typing import Any

from sonnim.bench import machine
from sonnim.bench.progress import tell
from sonnim.bench.server import BenchFailed, Site


def measure(*, database: str, database_url: str | None, connections: int) -> dict[str, Any]:
    """The server's memory before and after so many visitors have come, for the product and the bare app."""
    around = machine.described()
    wanted = machine.allow_sockets(connections)
    if wanted < 1:
        raise BenchFailed("this machine allows too few open files; raise its limit (ulimit -n).")
    if wanted < connections:
        tell(f"this machine's limit of open files (ulimit -Hn) allows {wanted} sockets, not {connections}")
    with Site(database_url=database_url) as site:
        tell(f"{database}: making a shop with {wanted} visitors")
        seed = site.ask("seed", visitors=wanted)
        tell(f"Sonnim: {wanted} visitors come and are silent")
        site.start()
        product = site.ask("connections_load", pid=site.pid, seed=seed)
        site.stop()
        tell("the bare app: the same")
        site.start_bare()
        bare = site.ask("connections_load", pid=site.pid, seed=seed)
    tell("done")
    return {
        "connections": wanted,
        "kb_per_connection": product["kb_per_connection"],
        "bare_kb_per_connection": bare["kb_per_connection"],
        "opened_per_s": product["opened_per_s"],
        "before_mb": product["before_mb"],
        "after_mb": product["after_mb"],
        "database": database,
        "machine": around,
    }
