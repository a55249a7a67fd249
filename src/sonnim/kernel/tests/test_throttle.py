"""Limits count in windows, for each sender apart, and say how long to wait."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache

from sonnim.kernel import clock
from sonnim.kernel.errors import Throttled
from sonnim.kernel.throttle import throttle


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def start_of_a_window() -> Iterator[None]:
    """Counting may not cross into the next window in the middle of a test."""
    with clock.moved(timedelta(seconds=600 - clock.now_ms() / 1000 % 600)):
        yield


def test_so_many_pass_and_the_next_one_is_told_to_wait() -> None:
    for _ in range(3):
        assert throttle("knock", "a", 3, 60) == 0
    with pytest.raises(Throttled) as refused:
        throttle("knock", "a", 3, 60)
    assert refused.value.retry_after is not None
    assert 0 < refused.value.retry_after <= 61


def test_one_senders_haste_is_not_anothers() -> None:
    for _ in range(3):
        throttle("knock", "a", 3, 60)
    assert throttle("knock", "b", 3, 60) == 0
    assert throttle("write", "a", 3, 60) == 0


def test_the_next_window_begins_anew() -> None:
    for _ in range(3):
        throttle("knock", "a", 3, 60)
    with clock.moved(timedelta(seconds=61)):
        assert throttle("knock", "a", 3, 60) == 0


def test_it_may_answer_in_place_of_refusing() -> None:
    throttle("knock", "a", 1, 60)
    assert throttle("knock", "a", 1, 60, refuse=False) > 0


def test_all_addresses_of_an_ipv6_network_count_as_one() -> None:
    for last in ("1", "2", "ffff:1"):
        throttle("net", f"2001:db8:0:1::{last}", 3, 60)
    with pytest.raises(Throttled):
        throttle("net", "2001:db8:0:1:9::", 3, 60)
    assert throttle("net", "2001:db8:0:2::1", 3, 60) == 0
    assert throttle("net", "::ffff:203.0.113.5", 1, 60) == throttle("net", "::ffff:203.0.113.6", 1, 60) == 0
