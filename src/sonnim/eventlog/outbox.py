"""Side effects that outlive a crash: rows written with what caused them, performed at least once afterwards."""

import logging
import random
import threading
from collections.abc import Callable, Collection
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from sonnim.eventlog import log
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock, sql

logger = logging.getLogger(__name__)
HANDLERS: dict[str, Callable[[dict[str, Any]], None]] = {}
GIVEN_UP: dict[str, Callable[[dict[str, Any], str], None]] = {}
"""Kind of row → who is told that it failed for good, and why; in the transaction that says so."""
MAX_ATTEMPTS = 12
PATIENCE: dict[str, int] = {}
"""Kind of row → how often it is tried, where that is not MAX_ATTEMPTS."""
FIRST_WAIT_S, LONGEST_WAIT_S = 5, 3600
LEASE_S = 180
"""How long a row belongs to who claimed it. A handler must be done or have given up by then; a process that dies
leaves its rows to be tried again after it. What takes longer says so by `extend_lease`."""
_at_hand = threading.local()


class OutboxError(Exception):
    """A side effect did not happen.

    Args:
        permanent: trying again would fail the same way.
    """

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.permanent = permanent


def extend_lease(*, by_s: float) -> None:
    """Say in a handler that it needs LEASE_S from now and so many seconds more; elsewhere it does nothing."""
    row: Outbox | None = getattr(_at_hand, "row", None)
    if row is not None:
        with log.unit():
            Outbox.objects.filter(pk=row.pk).update(due_at=clock.from_ms(clock.now_ms() + int((LEASE_S + by_s) * 1000)))


def deliver_due(*, limit: int = 20) -> int:
    """Perform what is due, one after the other; answers how many rows were tried. See `Couriers` for a server."""
    for tried in range(limit):
        row = _claim()
        if row is None:
            return tried
        _perform(row)
    return limit


class Couriers:
    """Performs what is due in a few threads, so that a server elsewhere that hangs holds up its own lane alone.

    Safe on many nodes: a row is claimed, for LEASE_S seconds, when its turn comes, and those of a series come in the
    order in which they were written. Within a process no two rows of a lane are performed at once.
    """

    def __init__(self, *, threads: int = 6) -> None:
        self._free = threading.Semaphore(threads)
        self._lock = threading.Lock()
        self._busy: set[str] = set()

    def look(self) -> None:
        """Give what is due to threads that are free. Never waits for what they do."""
        while self._free.acquire(blocking=False):
            row = None
            try:
                row = self._take()
            finally:
                if row is None:
                    self._free.release()
            if row is None:
                return
            threading.Thread(target=self._run, args=(row,), name="courier", daemon=True).start()

    def _take(self) -> Outbox | None:
        with self._lock:
            row = _claim(self._busy)
            if row is not None:
                self._busy.add(row.lane)
            return row

    def _run(self, row: Outbox) -> None:
        following: Outbox | None = row
        try:
            while following is not None:
                lane = following.lane
                try:
                    _perform(following)
                finally:
                    with self._lock:
                        self._busy.discard(lane)
                following = self._take()
        except Exception:  # the database is away: the row's lease ends, and the next look begins again
            logger.exception("a courier gave up")
        finally:
            connection.close()
            self._free.release()


def _claim(without: Collection[str] = ()) -> Outbox | None:
    due = _due()
    if without:
        due = due.exclude(lane__in=without)
    if not due.exists():
        return None
    with log.unit():
        row = (due if sql.is_sqlite() else due.select_for_update(skip_locked=True)).first()
        if row is not None:
            row.attempts += 1
            row.due_at = clock.from_ms(clock.now_ms() + LEASE_S * 1000)
            row.save(update_fields=["attempts", "due_at"])
    return row


def _due() -> QuerySet[Outbox]:
    """What may be done now. A row of a series waits for the earlier ones, whether somebody is at them just now or they
    are to be tried again; one that was given up holds nothing up.
    """
    before = Outbox.objects.filter(series=OuterRef("series"), state="due", pk__lt=OuterRef("pk")).exclude(series="")
    found = Outbox.objects.filter(~Exists(before), state="due", due_at__lte=clock.now())
    return found.order_by("due_at", "id")


def _wait_ms(attempt: int) -> int:
    longest = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2**attempt)
    return int(random.uniform(longest / 2, longest) * 1000)  # noqa: S311


def _perform(row: Outbox) -> None:
    handler = HANDLERS.get(row.kind)
    try:
        if handler is None:
            raise OutboxError(f"nobody performs {row.kind!r}", permanent=False)
        _at_hand.row = row
        handler(row.payload)
    except OutboxError as error:
        _failed(row, str(error), permanent=error.permanent)
    except Exception as error:  # a poison row must not stop the others
        if not Outbox.objects.filter(pk=row.pk).exists():
            return  # its shop has been erased meanwhile, and all that was to be done there
        logger.exception("outbox row %s failed", row.pk)
        _failed(row, f"{type(error).__name__}: {error}", permanent=False)
    else:
        with log.unit():
            row.delete()
    finally:
        _at_hand.row = None


def _failed(row: Outbox, reason: str, *, permanent: bool) -> None:
    row.last_error = reason[:500]
    row.due_at = clock.from_ms(clock.now_ms() + _wait_ms(row.attempts))
    if permanent or row.attempts >= PATIENCE.get(row.kind, MAX_ATTEMPTS):
        row.state = "failed"
    tell = GIVEN_UP.get(row.kind) if row.state == "failed" else None
    with log.unit(*([row.shop_id] if tell and row.shop_id else [])):
        row.save(update_fields=["last_error", "state", "due_at"])
        if tell is not None:
            tell(row.payload, row.last_error)
