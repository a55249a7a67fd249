"""What the plan has to do after commits and with time; see config/wiring."""

from collections.abc import Callable
from typing import Any

from sonnim.plan.clocks.actions import RESET
from sonnim.plan.clocks.delivery import set_clocks_anew
from sonnim.plan.clocks.firing import strike_due
from sonnim.plan.hours.actions import FEED, refresh_due_feeds
from sonnim.plan.hours.delivery import deliver_feed
from sonnim.plan.hours.telling import CHANGED
from sonnim.plan.promises.actions import strike_due_promises
from sonnim.plan.scripts.actions import forget_old_uses, note_outcomes

OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {
    RESET: set_clocks_anew,
    CHANGED: set_clocks_anew,
    FEED: deliver_feed,
}
CLOCK: dict[Callable[[], object], float] = {refresh_due_feeds: 60, note_outcomes: 60, forget_old_uses: 3600}
TIMERS: dict[Callable[[], object], float] = {strike_due: 0.2, strike_due_promises: 0.4}
