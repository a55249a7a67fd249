"""Positions of a shop's log have no gap and no repeat, whoever writes at the same time, and whatever fails."""

import threading
from collections.abc import Iterator, Sequence

import pytest
from django.db import connection, transaction

from sonnim.eventlog import log, queries
from sonnim.eventlog.log import LoggedEvent

SHOP, OTHER = 901, 902


@pytest.fixture
def shops(transactional_db: None) -> Iterator[None]:
    with log.unit():
        log.begin_log(SHOP)
        log.begin_log(OTHER)
    yield


def publish(shop: int, count: int = 1) -> None:
    with log.unit(shop) as work:
        for _ in range(count):
            work.publish(shop, work.claim(shop), "test.happened")


def positions(shop: int) -> list[int]:
    return [event.pos for event in queries.events_after(shop, 0, limit=10_000)]


def together(*work: object) -> None:
    """Run these on threads of their own; an error of one is the test's."""
    errors: list[BaseException] = []

    def run(each: object) -> None:
        try:
            each()  # type: ignore[operator]
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(each,)) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors


def test_threads_that_write_together_leave_no_gap_and_no_repeat(shops: None) -> None:
    def work(number: int) -> None:
        for turn in range(10):
            if (turn + number) % 4:
                publish(SHOP, 1 + turn % 3)
            else:
                with pytest.raises(ZeroDivisionError), log.unit(SHOP) as unit:
                    unit.publish(SHOP, unit.claim(SHOP), "test.never")
                    _ = 1 / 0

    together(*(lambda number=number: work(number) for number in range(6)))
    found = positions(SHOP)
    assert len(found) > 60
    assert found == list(range(1, len(found) + 1))
    head = queries.head(SHOP)
    assert head is not None
    assert head.pos == len(found)


def test_units_over_two_shops_in_either_order_do_not_block_each_other(shops: None) -> None:
    def both(first: int, second: int) -> None:
        for _ in range(15):
            with log.unit(first, second) as work:
                for shop in (first, second):
                    work.publish(shop, work.claim(shop), "test.happened")

    together(lambda: both(SHOP, OTHER), lambda: both(OTHER, SHOP))
    assert positions(SHOP) == positions(OTHER) == list(range(1, 31))


def test_sinks_hear_of_a_unit_after_its_commit_and_never_of_one_that_failed(shops: None) -> None:
    heard: list[int] = []

    def sink(events: Sequence[LoggedEvent]) -> None:
        assert not connection.in_atomic_block
        heard.extend(event.pos for event in events)

    log.on_commit(sink)
    try:
        publish(SHOP, 2)
        with pytest.raises(ZeroDivisionError), log.unit(SHOP) as work:
            work.publish(SHOP, work.claim(SHOP), "test.never")
            _ = 1 / 0
        publish(SHOP)
    finally:
        log.forget(sink)
    publish(SHOP)
    assert heard == [1, 2, 3]


def test_a_claimed_position_without_its_event_fails_the_unit(shops: None) -> None:
    with pytest.raises(AssertionError, match="claimed and published"), log.unit(SHOP) as work:
        work.claim(SHOP)
    publish(SHOP)
    assert positions(SHOP) == [1]


def test_a_unit_inside_another_joins_it(shops: None) -> None:
    with pytest.raises(ZeroDivisionError), log.unit(SHOP):
        publish(SHOP)
        _ = 1 / 0
    assert positions(SHOP) == []


def test_a_unit_inside_one_that_does_not_hold_its_shop_is_refused(shops: None) -> None:
    with pytest.raises(AssertionError, match="does not hold"), log.unit(SHOP):
        publish(OTHER)


def test_writing_outside_a_unit_is_refused() -> None:
    with pytest.raises(AssertionError, match="outside"):
        log.current()


def test_an_unknown_shop_is_refused(shops: None) -> None:
    with pytest.raises(LookupError), transaction.atomic(), log.unit(999_999):
        pass
