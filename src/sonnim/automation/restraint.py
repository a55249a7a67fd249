"""How often rules may act and speak by themselves in one conversation: pure."""

from collections.abc import Iterable
from typing import NamedTuple

DAY_MS = 86_400_000
MOST_RUNS = 100
"""How often a day one rule is set off in one conversation; what goes further is a loop that time closes."""
IN_A_ROW = 3
"""How much the desk says by itself until somebody, shopper or agent, says something."""
IN_A_DAY = 10
"""How much it says by itself within 24 hours, whatever a machine at the other end answers."""


class Said(NamedTuple):
    """A message that the shopper sees: whose, and when."""

    by: str
    at: int


def may_say(said: Iterable[Said], *, at: int) -> bool:
    """Whether the desk may say one thing more by itself.

    Args:
        said: the last messages of the conversation, the latest first.
        at: when, in milliseconds.
    """
    in_a_row, in_a_day, row = 0, 0, True
    for each in said:
        row = row and each.by == "system"
        in_a_row += row
        in_a_day += each.by == "system" and each.at > at - DAY_MS
    return in_a_row < IN_A_ROW and in_a_day < IN_A_DAY
