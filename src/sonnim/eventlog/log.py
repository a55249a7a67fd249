"""The unit of work: one transaction, the shops it may write to, and the events that tell of it.

Every action runs inside `unit(shop_id)`. On PostgreSQL the shop's head row is locked first, on SQLite the whole
database is (BEGIN IMMEDIATE behind a first-come-first-served lock), so within a shop writes are one after another:
sequence numbers and log positions need no further care, and no two actions can deadlock.
"""

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, NamedTuple

import msgspec
from django.db import connection, transaction

from sonnim.kernel import clock, sql
from sonnim.kernel.turnstile import Turnstile

Objects = dict[str, list[Any]]
_json = msgspec.json.Encoder()
_current = threading.local()
_sqlite_turnstile = Turnstile()
_sinks: list[Callable[[Sequence["LoggedEvent"]], None]] = []

_EVENT_COLUMNS = {
    "shop_id": "bigint",
    "pos": "bigint",
    "type": "text",
    "conversation_id": "bigint",
    "contact_id": "bigint",
    "agent_id": "bigint",
    "at": "bigint",
    "public": "text",
    "desk": "text",
}


class LoggedEvent(NamedTuple):
    """A committed event, as the log keeps it and as the gateway sends it.

    Agents of the shop see it, unless `agent_id` names one; then only that one does. The contact named by `contact_id`
    sees its `public` part; without one no visitor sees it at all.
    """

    shop_id: int
    pos: int
    type: str
    conversation_id: int | None
    contact_id: int | None
    agent_id: int | None
    at: int
    public: str
    desk: str


class Unit:
    """One transaction over one or more shops; made by `unit` alone."""

    def __init__(self, heads: dict[int, int]) -> None:
        self._heads = heads
        self._claimed = dict(heads)
        self._events: list[LoggedEvent] = []
        self._outbox: list[tuple[Any, ...]] = []
        self.at = clock.now_ms()

    def covers(self, shop_ids: Sequence[int]) -> bool:
        """Whether this unit holds the lock of all these shops."""
        return all(shop in self._heads for shop in shop_ids)

    def claim(self, shop_id: int) -> int:
        """Take the next position of a shop's log; exactly one `publish` must follow for it."""
        pos = self._claimed[shop_id] + 1
        self._claimed[shop_id] = pos
        return pos

    def upcoming(self, shop_id: int) -> int:
        """The position that the next `claim` will answer."""
        return self._claimed[shop_id] + 1

    def publish(
        self,
        shop_id: int,
        pos: int,
        type: str,
        *,
        conversation_id: int | None = None,
        contact_id: int | None = None,
        agent_id: int | None = None,
        put: Objects | None = None,
        drop: dict[str, list[int]] | None = None,
        desk_put: Objects | None = None,
        desk_drop: dict[str, list[int]] | None = None,
    ) -> None:
        """Append one event; the only door to the log.

        Args:
            pos: from `claim`.
            contact_id: the contact that may see the public part (`put`, `drop`), if any.
            agent_id: the only agent that may see it, if it is personal.
            put: collection → whole objects that the reader shall keep; sent keyed by their `id`, a draft by its
                `conversation_id`.
            drop: collection → ids that the reader shall forget.
            desk_put: the same, for agents alone.
            desk_drop: the same, for agents alone.
        """
        public: dict[str, Any] = {"type": type, "conversation": conversation_id, "at": clock.from_ms(self.at)}
        if put:
            public["put"] = _keyed(put)
        if drop:
            public["drop"] = drop
        desk: dict[str, Any] = {}
        if desk_put:
            desk["put"] = _keyed(desk_put)
        if desk_drop:
            desk["drop"] = desk_drop
        self._events.append(
            LoggedEvent(
                shop_id,
                pos,
                type,
                conversation_id,
                contact_id,
                agent_id,
                self.at,
                _json.encode(public).decode(),
                _json.encode(desk).decode() if desk else "",
            )
        )

    def enqueue(
        self, kind: str, payload: dict[str, Any], *, shop_id: int | None = None, lane: str = "", series: str = "",
        after_ms: int = 0,
    ) -> None:  # fmt: skip
        """Have a side effect done after the commit, at least once, by the handler of `kind`.

        Args:
            after_ms: how long it waits at least.
            lane: what must not be done at the same time as others of this name, such as all that goes through one
                mail server; by default all of this kind and shop.
            series: what must not be done before all earlier ones of this name are done or given up, on whichever node,
                such as the mails of one conversation; always enqueued by units of the same shop.
        """
        lane = lane or f"{kind}:{shop_id or ''}"
        body = _json.encode(payload).decode()
        self._outbox.append((shop_id, kind, lane, series, body, "due", 0, self.at + after_ms, "", self.at))

    def flush(self) -> None:
        """Write events, outbox rows and heads; called once, at the end of the transaction."""
        published = {(event.shop_id, event.pos) for event in self._events}
        claimed = {
            (shop, pos) for shop, head in self._heads.items() for pos in range(head + 1, self._claimed[shop] + 1)
        }
        if published != claimed:
            raise AssertionError(f"claimed and published positions differ: {claimed ^ published}")
        with connection.cursor() as cursor:
            if self._events:
                sql.insert_rows(cursor, "eventlog_event", _EVENT_COLUMNS, self._events)
                for shop, pos in self._claimed.items():
                    if pos != self._heads[shop]:
                        cursor.execute("UPDATE eventlog_head SET pos = %s WHERE shop_id = %s", [pos, shop])
            if self._outbox:
                cursor.executemany(
                    "INSERT INTO eventlog_outbox (shop_id, kind, lane, series, payload, state, attempts, due_at, "
                    "last_error, created_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
                    self._outbox,
                )
        if self._events:
            events = self._events
            transaction.on_commit(lambda: _tell(events), robust=True)


def _keyed(objects: Objects) -> dict[str, dict[Any, Any]]:
    keyed: dict[str, dict[Any, Any]] = {}
    for name, items in objects.items():
        keyed[name] = kept = {}
        for item in items:
            kept[item["id"] if "id" in item else item["conversation_id"]] = item
    return keyed


def _tell(events: Sequence[LoggedEvent]) -> None:
    for sink in tuple(_sinks):
        sink(events)


def on_commit(sink: Callable[[Sequence[LoggedEvent]], None]) -> None:
    """Have `sink` called with each unit's events after its commit, on the committing thread. For config/wiring."""
    if sink not in _sinks:
        _sinks.append(sink)


def forget(sink: Callable[[Sequence[LoggedEvent]], None]) -> None:
    """Stop calling `sink`."""
    if sink in _sinks:
        _sinks.remove(sink)


def current() -> Unit:
    """The unit that this thread is in."""
    active: Unit | None = getattr(_current, "unit", None)
    if active is None:
        raise AssertionError("writing outside unit()")
    return active


@contextmanager
def unit(*shop_ids: int) -> Iterator[Unit]:
    """One transaction that may write to these shops; inside another one that covers them, joins it."""
    active: Unit | None = getattr(_current, "unit", None)
    if active is not None:
        if not active.covers(shop_ids):
            raise AssertionError(f"unit for {shop_ids} inside one that does not hold them")
        yield active
        return
    with _sqlite_turnstile if sql.is_sqlite() else nullcontext(), transaction.atomic():
        work = Unit(_lock_heads(shop_ids))
        _current.unit = work
        try:
            yield work
        finally:
            _current.unit = None
        work.flush()


def _lock_heads(shop_ids: Sequence[int]) -> dict[int, int]:
    lock = "" if sql.is_sqlite() else " ORDER BY shop_id FOR UPDATE"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT shop_id, pos FROM eventlog_head WHERE {sql.among('shop_id')}{lock}",  # noqa: S608
            [sql.many(sorted(set(shop_ids)))],
        )
        heads = dict(cursor.fetchall())
    missing = set(shop_ids) - set(heads)
    if missing:
        raise LookupError(f"no such shop: {sorted(missing)}")
    return heads


def begin_log(shop_id: int) -> None:
    """Start the log of a new shop."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO eventlog_head (shop_id, epoch, pos) VALUES (%s, %s, 0)", [shop_id, str(uuid.uuid4())]
        )


def erase_log(shop_id: int) -> None:
    """Forget a shop's log; for the removal of the shop itself."""
    with connection.cursor() as cursor:
        for table in ("eventlog_event", "eventlog_outbox", "eventlog_pastepoch", "eventlog_head"):
            cursor.execute(f"DELETE FROM {table} WHERE shop_id = %s", [shop_id])  # noqa: S608
