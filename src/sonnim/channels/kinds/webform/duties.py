"""What this channel alone has to do; see config/wiring."""

from collections.abc import Callable
from typing import Any

from sonnim.channels.kinds.webform.actions.submissions import forget_confirmations
from sonnim.channels.kinds.webform.confirming import OUTBOX_KIND, deliver_confirmation

OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {OUTBOX_KIND: deliver_confirmation}
CLOCK: dict[Callable[[], object], float] = {forget_confirmations: 3600}
