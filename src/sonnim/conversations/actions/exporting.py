"""Handing out conversations as a table; the audit log says to whom."""

from collections.abc import Iterator
from itertools import islice

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.queries import agents_of, teams_of
from sonnim.contacts.tags import tags_of
from sonnim.conversations.bulk import Line
from sonnim.conversations.export import MOST, as_csv
from sonnim.eventlog import log


def export_conversations(
    *, actor: Actor, lines: Iterator[Line], queue: str, view: int | None, filter: str | None
) -> Iterator[str]:
    """The table, written while it is read. Raises: Invalid, when there is no such queue."""
    first = list(islice(lines, 1))  # what cannot be read is refused before anything is noted
    with log.unit(actor.shop_id):
        target = f"view:{view}" if view is not None else "filter" if filter is not None else f"queue:{queue}"
        audit.record(actor, "conversation.exported", target=target, filter=(filter or "")[:500])
    agents = {agent.pk: agent.name for agent in agents_of(actor.shop_id)}
    teams = {team.pk: team.name for team in teams_of(actor.shop_id)}
    tags = {tag["id"]: tag["name"] for tag in tags_of(actor.shop_id)}
    return as_csv(islice(_joined(first, lines), MOST), agents=agents, teams=teams, tags=tags)


def _joined(first: list[Line], rest: Iterator[Line]) -> Iterator[Line]:
    yield from first
    yield from rest
