"""Handing out the ledger as a table; the audit log says to whom."""

from collections.abc import Iterator
from typing import Any

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.queries import agents_of
from sonnim.conversations.export import MOST
from sonnim.eventlog import log
from sonnim.plan.ladder import queries
from sonnim.plan.ladder.table import as_csv


def export_ledger(*, actor: Actor, wanted: dict[str, Any]) -> Iterator[str]:
    """The table, written while it is read."""
    with log.unit(actor.shop_id):
        audit.record(actor, "ledger.exported", filter={name: str(value) for name, value in wanted.items() if value})
    agents = {agent.pk: agent.name for agent in agents_of(actor.shop_id)}
    rows = queries.in_steps(queries.ledger(shop_id=actor.shop_id, wanted=wanted), most=MOST)
    return as_csv(rows, agents=agents)
