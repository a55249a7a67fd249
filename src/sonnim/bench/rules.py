"""How long it takes to ask all rules of a shop whether something that happens sets them off."""

from typing import Any

from sonnim.bench import machine
from sonnim.bench.progress import tell
from sonnim.bench.server import Site


def measure(*, database: str, database_url: str | None, rules: int, events: int) -> dict[str, Any]:
    """Ask so many rules, of every kind of condition, of so many messages in three languages.

    The time is what a message pays within its transaction; no server runs, since nothing else is to be measured.
    """
    around = machine.described()
    tell(f"a site for {database} is set up")
    with Site(database_url=database_url) as site:
        tell(f"{rules} rules are asked of {events:,} messages")
        found: dict[str, Any] = site.ask("rules_load", rules=rules, events=events)
    tell("done")
    return {**found, "rules": rules, "events": events, "database": database, "machine": around}
