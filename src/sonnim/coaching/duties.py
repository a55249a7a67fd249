"""What the coach has to do with time; see config/wiring."""

from collections.abc import Callable
from typing import Any

from sonnim.coaching.actions.forgetting import forget_old
from sonnim.coaching.tally import TALLY

OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {}
CLOCK: dict[Callable[[], object], float] = {TALLY.keep: 30, forget_old: 3600}
