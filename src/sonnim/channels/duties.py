"""What all channels have to do after commits and with time; see config/wiring. A kind's own stands in its folder."""

from collections.abc import Callable
from typing import Any

from sonnim.channels import actions, inbound
from sonnim.channels.delivery import carry, erase, give_up
from sonnim.conversations.change import CARRY, ERASED

OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {CARRY: carry, ERASED: erase}
GIVEN_UP: dict[str, Callable[[dict[str, Any], str], None]] = {CARRY: give_up}
PATIENCE = {CARRY: 30}  # a day and a night: a mail server may be away until somebody comes to work
CLOCK: dict[Callable[[], object], float] = {actions.forget_discarded: 3600, actions.forget_old_raw: 3600}
ARRIVALS: dict[Callable[[], object], float] = {inbound.process_due: 0.5}
