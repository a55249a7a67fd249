"""What routing has to do with time; see config/wiring."""

from collections.abc import Callable
from typing import Any

from sonnim.routing.actions import forget_old_offers

OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {}
CLOCK: dict[Callable[[], object], float] = {forget_old_offers: 3600}
