"""The ledger as a table for a spreadsheet."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from itertools import islice

from sonnim.conversations.export import cell
from sonnim.plan.ladder.rules import as_text
from sonnim.plan.models import Concession

HEAD = (
    "id", "at", "agent", "kind", "title", "measure", "value", "currency", "order", "step", "reason", "sentence",
    "conversation_id", "contact_id", "plan_version", "approved_by", "taken_back_at", "taken_back_by",
)  # fmt: skip


def as_csv(rows: Iterator[Concession], *, agents: dict[int, str]) -> Iterator[str]:
    """A table with a head, a few hundred lines at a time; Excel knows the encoding by its mark."""
    yield "\ufeff" + _written([HEAD])
    while some := list(islice(rows, 200)):
        yield _written([_row(each, agents) for each in some])


def _row(given: Concession, agents: dict[int, str]) -> tuple[str, ...]:
    title = next((given.title[each] for each in ("ko", "zh", "en") if given.title.get(each)), "")
    named = [
        str(given.pk), _moment(given.at), agents.get(given.agent_id, ""), given.kind, title, given.measure,
        as_text(given.units), given.currency, given.order, given.step, given.reason, given.sentence,
        str(given.conversation_id), str(given.conversation.contact_id), str(given.version),
        agents.get(given.approved_by_id or 0, ""), _moment(given.taken_back_at),
        agents.get(given.taken_back_by_id or 0, ""),
    ]  # fmt: skip
    return tuple(cell(each) for each in named)


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.strftime("%Y-%m-%d %H:%M:%SZ")


def _written(rows: list[tuple[str, ...]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
