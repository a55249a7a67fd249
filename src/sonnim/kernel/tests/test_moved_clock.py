"""Every reading of the clock moves together, and returns."""

from datetime import UTC, datetime, timedelta

import pytest

from sonnim.kernel import clock


def test_a_moved_clock_moves_both_readings_and_comes_back() -> None:
    with clock.moved(timedelta(hours=2)):
        assert clock.now() - datetime.now(UTC) > timedelta(hours=1, minutes=59)
        assert abs(clock.now_ms() - clock.to_ms(clock.now())) < 1000
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_moved_clock_comes_back_after_an_error() -> None:
    with pytest.raises(ValueError, match="inside"), clock.moved(timedelta(days=1)):
        raise ValueError("inside")
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_clock_that_stands_answers_one_moment_and_goes_on_afterwards() -> None:
    then = datetime(2026, 3, 1, 9, 30, 0, 123_456, tzinfo=UTC)
    with clock.standing_at(then):
        assert clock.now() == datetime(2026, 3, 1, 9, 30, 0, 123_000, tzinfo=UTC)
        assert clock.now_ms() == clock.to_ms(clock.now())
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("ms", [0, 1, 999, 1_000, 1_763_782_445_678])
def test_milliseconds_survive_the_way_there_and_back(ms: int) -> None:
    assert clock.to_ms(clock.from_ms(ms)) == ms
