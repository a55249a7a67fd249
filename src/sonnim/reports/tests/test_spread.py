"""How durations spread; no database is asked."""

from hypothesis import given
from hypothesis import strategies as st

from sonnim.reports.rules import BOUNDS_S, nearest_rank, spread


def test_a_bar_ends_with_its_bound_and_what_is_longer_than_all_has_its_own() -> None:
    took = [9_999, 10_000, 10_001, 60_000, 3_600_000, 3_600_001]
    assert spread(took, kept=4).bars == [2, 1, 1, 0, 0, 1, 1]


def test_nothing_has_no_median() -> None:
    found = spread([], kept=0)
    assert (found.n, found.median_ms, found.p90_ms, sum(found.bars)) == (0, None, None, 0)


def test_the_percentiles_are_values_that_were_there() -> None:
    assert nearest_rank([15, 20, 35, 40, 50], 50) == 35
    assert nearest_rank([15, 20, 35, 40, 50], 90) == 50
    assert nearest_rank([7], 50) == 7


@given(st.lists(st.integers(0, 10**8), min_size=1))
def test_every_duration_is_in_one_bar_and_half_are_within_the_median(took: list[int]) -> None:
    found = spread(took, kept=0)
    assert sum(found.bars) == found.n == len(took)
    assert len(found.bars) == len(BOUNDS_S) + 1
    assert found.median_ms is not None and found.p90_ms is not None
    assert sum(each <= found.median_ms for each in took) * 2 >= len(took)
    assert found.median_ms <= found.p90_ms <= max(took)
