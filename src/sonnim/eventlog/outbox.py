"""Side effects that outlive a crash: rows written with what caused them, performed at least once afterwards."""

import logging
import random
from collections.abc import Callable
from typing import Any

from sonnim.eventlog import log
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock, sql

logger = logging.getLogger(__name__)
HANDLERS: dict[str, Callable[[dict[str, Any]], None]] = {}
MAX_ATTEMPTS = 12
FIRST_WAIT_S, LONGEST_WAIT_S = 5, 3600


class OutboxError(Exception):
    """A side effect did not happen.

    Args:
        permanent: trying again would fail the same way.
    """

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


def deliver_due(*, limit: int = 20) -> int:
    """Perform what is due; answers how many rows were tried. Safe on many nodes: a row is claimed before it is tried.

    A claim is a lease: `due_at` moves ahead, so that a process which dies leaves the row to be tried again.
    """
    rows = _claim(limit)
    for row in rows:
        _perform(row)
    return len(rows)


def _claim(limit: int) -> list[Outbox]:
    due = Outbox.objects.filter(state="due", due_at__lte=clock.now()).order_by("due_at")
    if not due.exists():
        return []
    with log.unit():
        found = due if sql.is_sqlite() else due.select_for_update(skip_locked=True)
        rows = list(found[:limit])
        for row in rows:
            row.attempts += 1
            row.due_at = clock.from_ms(clock.now_ms() + _wait_ms(row.attempts))
            row.save(update_fields=["attempts", "due_at"])
    return rows


def _wait_ms(attempt: int) -> int:
    longest = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**attempt)
    return int(random.uniform(longest / 2, longest) * 1000)  # noqa: S311


def _perform(row: Outbox) -> None:
    handler = HANDLERS.get(row.kind)
    try:
        if handler is None:
            raise OutboxError(f"nobody performs {row.kind!r}", permanent=False)
        handler(row.payload)
    except OutboxError as error:
        _failed(row, str(error), permanent=error.permanent)
    except Exception as error:  # a poison row must not stop the others
        logger.exception("outbox row %s failed", row.pk)
        _failed(row, f"{type(error).__name__}: {error}", permanent=False)
    else:
        with log.unit():
            row.delete()


def _failed(row: Outbox, reason: str, *, permanent: bool) -> None:
    row.last_error = reason[:500]
    if permanent or row.attempts >= MAX_ATTEMPTS:
        row.state = "failed"
    with log.unit():
        row.save(update_fields=["last_error", "state"])
