"""Side effects happen at least once, later if need be, and a poison one does not stop the others."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from sonnim.eventlog import log, outbox
from sonnim.eventlog.actions import forget_failed_side_effects
from sonnim.eventlog.models import Outbox
from sonnim.eventlog.outbox import MAX_ATTEMPTS, OutboxError, deliver_due
from sonnim.kernel import clock

pytestmark = pytest.mark.django_db
LONG = timedelta(hours=2)


class Performer:
    """Notes what it was given; fails as often as it was told to."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.failures: dict[str, Exception] = {}

    def __call__(self, payload: dict[str, Any]) -> None:
        if payload["to"] in self.failures:
            raise self.failures[payload["to"]]
        self.done.append(payload["to"])


@pytest.fixture
def performer() -> Iterator[Performer]:
    found = Performer()
    outbox.HANDLERS["test"] = found
    yield found
    del outbox.HANDLERS["test"]


def enqueue(*who: str, kind: str = "test") -> None:
    with log.unit() as work:
        for each in who:
            work.enqueue(kind, {"to": each})


def test_what_was_enqueued_is_done_once(performer: Performer) -> None:
    enqueue("a", "b")
    assert deliver_due() == 2
    assert deliver_due() == 0
    assert sorted(performer.done) == ["a", "b"]
    assert not Outbox.objects.exists()


def test_a_row_is_claimed_when_its_turn_comes(performer: Performer) -> None:
    enqueue("slow", "other")
    claimed: list[int] = []

    def looked(payload: dict[str, Any]) -> None:
        claimed.append(Outbox.objects.filter(attempts__gt=0).count())
        performer(payload)

    outbox.HANDLERS["test"] = looked
    assert deliver_due() == 2
    assert claimed == [1, 1]


def test_a_unit_that_fails_enqueues_nothing(performer: Performer) -> None:
    with pytest.raises(ZeroDivisionError), log.unit() as work:
        work.enqueue("test", {"to": "a"})
        _ = 1 / 0
    assert deliver_due() == 0


def test_a_failure_is_tried_again_later_and_not_before(performer: Performer) -> None:
    enqueue("a")
    performer.failures["a"] = OutboxError("busy", permanent=False)
    deliver_due()
    assert deliver_due() == 0
    row = Outbox.objects.get()
    assert (row.state, row.attempts, row.last_error) == ("due", 1, "busy")
    assert row.due_at > clock.now() + timedelta(seconds=2)
    performer.failures.clear()
    with clock.moved(LONG):
        assert deliver_due() == 1
    assert performer.done == ["a"]


def test_a_process_that_dies_leaves_its_row_to_be_tried_again(performer: Performer) -> None:
    enqueue("a")
    outbox._claim()  # … and here the plug is pulled
    assert deliver_due() == 0
    with clock.moved(LONG):
        assert deliver_due() == 1
    assert performer.done == ["a"]


def test_a_permanent_failure_is_kept_and_not_tried_again(performer: Performer) -> None:
    enqueue("a")
    performer.failures["a"] = OutboxError("no such address", permanent=True)
    deliver_due()
    with clock.moved(LONG):
        assert deliver_due() == 0
    assert Outbox.objects.get().state == "failed"


def test_a_row_whose_shop_is_erased_while_it_is_performed_leaves_no_trace(
    performer: Performer, caplog: pytest.LogCaptureFixture
) -> None:
    enqueue("a", "b")

    def gone(payload: dict[str, Any]) -> None:
        Outbox.objects.filter(payload__to="a").delete()
        if payload["to"] == "a":
            raise LookupError("no such shop")
        performer(payload)

    outbox.HANDLERS["test"] = gone
    assert deliver_due() == 2
    assert (performer.done, caplog.records) == (["b"], [])


def test_a_poison_row_is_set_aside_after_so_many_tries_and_others_go_on(performer: Performer) -> None:
    enqueue("poison")
    performer.failures["poison"] = RuntimeError("boom")
    for day in range(MAX_ATTEMPTS):
        with clock.moved(timedelta(days=day)):
            enqueue(str(day))
            assert deliver_due() >= 2
    row = Outbox.objects.get()
    assert (row.state, row.attempts) == ("failed", MAX_ATTEMPTS)
    assert "boom" in row.last_error
    assert performer.done == [str(day) for day in range(MAX_ATTEMPTS)]


def test_a_kind_that_nobody_performs_waits_for_somebody_who_does() -> None:
    enqueue("a", kind="unheard-of")
    assert deliver_due() == 1
    row = Outbox.objects.get()
    assert row.state == "due"
    assert "unheard-of" in row.last_error


def test_the_wait_grows_and_ends_at_an_hour() -> None:
    waits = [[outbox._wait_ms(attempt) / 1000 for _ in range(50)] for attempt in (1, 4, 30)]
    assert all(5 <= wait <= 10 for wait in waits[0])
    assert all(40 <= wait <= 80 for wait in waits[1])
    assert all(1800 <= wait <= 3600 for wait in waits[2])
    assert len(set(waits[0])) > 10, "waits without jitter make everybody come at once"


def test_what_was_given_up_is_kept_for_an_operator_and_forgotten_after_a_season(performer: Performer) -> None:
    performer.failures["kim"] = OutboxError("no such address", permanent=True)
    enqueue("kim")
    deliver_due()
    with clock.moved(timedelta(days=89)):
        assert forget_failed_side_effects() == 0
    with clock.moved(timedelta(days=91)):
        assert forget_failed_side_effects() == 1
    assert not Outbox.objects.exists()


def test_who_cares_is_told_when_a_side_effect_is_given_up_and_only_then(
    performer: Performer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setitem(outbox.GIVEN_UP, "test", lambda payload, reason: told.append((payload["to"], reason)))
    performer.failures = {"a": OutboxError("no such user", permanent=True), "b": OutboxError("later", permanent=False)}
    enqueue("a", "b")
    deliver_due()
    assert told == [("a", "no such user")]


def test_a_kind_may_be_tried_for_longer_than_others(performer: Performer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(outbox.PATIENCE, "test", MAX_ATTEMPTS + 1)
    performer.failures = {"a": OutboxError("later", permanent=False)}
    enqueue("a")
    for attempt in range(MAX_ATTEMPTS + 1):
        assert Outbox.objects.get().state == "due"
        with clock.moved(LONG * (attempt + 1)):
            deliver_due()
    assert Outbox.objects.get().state == "failed"
