"""How replies spread over time: pure."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

BOUNDS_S = (10, 30, 60, 300, 900, 3600)
"""Where the bars of the distribution end; the last one has no end."""


class Spread(NamedTuple):
    """How long something took.

    Attributes:
        n: how many there were.
        kept: how many were within what was promised.
        median_ms: half took no longer; None where there was nothing.
        p90_ms: nine of ten took no longer.
        bars: how many took at most each of BOUNDS_S and more than the bound before, then how many took longer.
    """

    n: int
    kept: int
    median_ms: int | None
    p90_ms: int | None
    bars: list[int]


def spread(took_ms: Sequence[int], *, kept: int) -> Spread:
    """The distribution of these durations."""
    ordered = sorted(took_ms)
    bars = [0] * (len(BOUNDS_S) + 1)
    for each in ordered:
        bars[bisect_left(BOUNDS_S, each / 1000)] += 1
    return Spread(len(ordered), kept, nearest_rank(ordered, 50), nearest_rank(ordered, 90), bars)


def nearest_rank(ordered: Sequence[int], percent: int) -> int | None:
    """The percentile by the nearest-rank method: the smallest value that so many per cent do not exceed."""
    if not ordered:
        return None
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
