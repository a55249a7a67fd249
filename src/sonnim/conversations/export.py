"""Conversations as a table for a spreadsheet."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from sonnim.conversations.bulk import Line
from sonnim.conversations.idlists import ids_of
from sonnim.kernel.clock import from_ms

MOST = 100_000
HEAD = (
    "id", "status", "channel", "contact_id", "contact_name", "contact_email", "language", "assignee", "team", "tags",
    "created_at", "last_at", "waiting_since", "snoozed_until", "entries", "last_by", "last_text",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" \u3000").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def as_csv(
    lines: Iterator[Line], *, agents: dict[int, str], teams: dict[int, str], tags: dict[int, str]
) -> Iterator[str]:
    """A table with a head, a few hundred lines at a time; Excel knows the encoding by its mark."""
    yield "\ufeff" + _written([HEAD])
    while some := list(islice(lines, 200)):
        yield _written([_row(line, agents, teams, tags) for line in some])


def _row(line: Line, agents: dict[int, str], teams: dict[int, str], tags: dict[int, str]) -> tuple[str, ...]:
    about, contact = line
    named = [
        str(about.id), about.status, about.channel, str(about.contact_id), contact["name"], contact["email"] or "",
        about.locale, agents.get(about.assignee_id or 0, ""), teams.get(about.team_id or 0, ""),
        ", ".join(tags[each] for each in ids_of(about.tag_ids) if each in tags),
        _moment(about.created_at), _moment(about.last_at), _moment(about.waiting_since), _moment(about.snoozed_until),
        str(about.last_seq), about.last_by, about.last_text,
    ]  # fmt: skip
    return tuple(cell(each) for each in named)


def _moment(ms: int | None) -> str:
    return "" if ms is None else from_ms(ms).strftime("%Y-%m-%d %H:%M:%SZ")


def _written(rows: list[tuple[str, ...]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
