"""What notifications have to do after commits and with time; see config/wiring."""

from collections.abc import Callable
from typing import Any

from sonnim.notifications.actions import forget_old_notices, push_due
from sonnim.notifications.delivery import deliver_push
from sonnim.notifications.follower import Follower

OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {"push": deliver_push}
CLOCK: dict[Callable[[], object], float] = {Follower().look: 1, push_due: 2, forget_old_notices: 3600}
