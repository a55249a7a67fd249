"""Side effects of a series are performed in the order in which they were written, on however many nodes."""

import queue
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from sonnim.eventlog import log, outbox
from sonnim.eventlog.models import Outbox
from sonnim.eventlog.outbox import Couriers, OutboxError, deliver_due
from sonnim.kernel import clock, sql

PATIENCE_S = 10
ROWS = 3000


class Performer:
    """Says who is being performed, and lets each go on when it is told to."""

    def __init__(self) -> None:
        self.begun: queue.Queue[str] = queue.Queue()
        self.may_end: dict[str, threading.Event] = {}
        self.failures: dict[str, OutboxError] = {}

    def __call__(self, payload: dict[str, Any]) -> None:
        name = payload["to"]
        self.begun.put(name)
        if name in self.may_end:
            assert self.may_end[name].wait(PATIENCE_S)
        if name in self.failures:
            raise self.failures[name]

    def next(self) -> str:
        return self.begun.get(timeout=PATIENCE_S)

    def so_far(self) -> list[str]:
        return [self.begun.get_nowait() for _ in range(self.begun.qsize())]


@pytest.fixture
def performer() -> Iterator[Performer]:
    found = Performer()
    outbox.HANDLERS["test"] = found
    yield found
    del outbox.HANDLERS["test"]


def enqueue(*who: str, series: str = "talk", lane: str = "") -> None:
    with log.unit() as work:
        for each in who:
            work.enqueue("test", {"to": each}, series=series, lane=lane or each)


def finished(count: int) -> None:
    """Wait until so many rows are left."""
    until = clock.monotonic() + PATIENCE_S
    while Outbox.objects.count() != count:
        assert clock.monotonic() < until, "it takes too long"


@pytest.mark.django_db(transaction=True)
def test_a_second_node_does_not_overtake_the_first_one(performer: Performer) -> None:
    here, there = Couriers(threads=2), Couriers(threads=2)
    performer.may_end["first"] = threading.Event()
    enqueue("another talk", series="other")
    enqueue("first", "second")
    here.look()
    assert {performer.next(), performer.next()} == {"first", "another talk"}
    finished(2)
    there.look()
    assert performer.so_far() == []
    assert Outbox.objects.latest("pk").attempts == 0
    performer.may_end["first"].set()
    assert performer.next() == "second"  # by whoever is free first
    finished(0)


@pytest.mark.django_db
def test_what_is_to_be_tried_again_holds_up_the_later_ones_of_its_series_alone(performer: Performer) -> None:
    performer.failures["first"] = OutboxError("not now", permanent=False)
    enqueue("first", "second")
    enqueue("another talk", series="other")
    enqueue("no talk", series="")
    deliver_due()
    assert performer.so_far() == ["first", "another talk", "no talk"]
    performer.failures.clear()
    with clock.moved(timedelta(hours=2)):
        deliver_due()
    assert performer.so_far() == ["first", "second"]


@pytest.mark.django_db
def test_what_was_given_up_holds_nothing_up(performer: Performer) -> None:
    performer.failures["first"] = OutboxError("no such address", permanent=True)
    enqueue("first", "second")
    deliver_due()
    assert performer.so_far() == ["first", "second"]
    assert Outbox.objects.get().state == "failed"


@pytest.mark.django_db
def test_a_node_that_died_holds_its_series_until_its_lease_ends(performer: Performer) -> None:
    enqueue("first", "second")
    outbox._claim()  # … and here the plug is pulled
    deliver_due()
    assert performer.so_far() == []
    with clock.moved(timedelta(seconds=outbox.LEASE_S + 1)):
        deliver_due()
    assert performer.so_far() == ["first", "second"]


@pytest.mark.django_db
def test_what_is_due_is_found_by_indexes_however_much_waits() -> None:
    now = clock.now()
    Outbox.objects.bulk_create(
        Outbox(
            kind="test", payload={}, series=f"talk{n % 300}" if n % 3 else "", created_at=now,
            due_at=now - timedelta(seconds=n), state="failed" if n % 2 else "due",
        )
        for n in range(ROWS)
    )  # fmt: skip
    statement, parameters = outbox._due()[:1].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE eventlog_outbox")
        if not sql.is_sqlite():
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{'EXPLAIN QUERY PLAN' if sql.is_sqlite() else 'EXPLAIN'} {statement}", parameters)
        plan = [str(row[-1]) for row in cursor.fetchall()]
    assert any("outbox_due" in line for line in plan), plan
    assert any("outbox_series" in line for line in plan), plan
    assert not [line for line in plan if line.startswith("SCAN ") or "Seq Scan" in line], plan
