"""What accounts have to do after commits and with time; see config/wiring."""

from collections.abc import Callable
from typing import Any

from sonnim.accounts.actions.upkeep import forget_expired_sessions
from sonnim.accounts.mail import deliver_mail

OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {"mail": deliver_mail}
CLOCK: dict[Callable[[], object], float] = {forget_expired_sessions: 60}
