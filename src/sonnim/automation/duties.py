"""What automation has to do after commits and with time; see config/wiring."""

from collections.abc import Callable
from typing import Any

from sonnim.automation.actions.runs import forget_old_runs
from sonnim.automation.daily import DAILY, run_daily, set_off_daily
from sonnim.automation.keeping import AUTOMATION
from sonnim.automation.running import run_rules
from sonnim.automation.timing import Watch

OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {AUTOMATION: run_rules, DAILY: run_daily}
CLOCK: dict[Callable[[], object], float] = {Watch().look: 15, set_off_daily: 15, forget_old_runs: 3600}
