"""On a server's PYTHONPATH: its clock is set ahead two hours by SIGUSR1, and back three hours by SIGUSR2."""

import signal
import sys
from datetime import UTC, datetime, timedelta
from types import FrameType

_moved = timedelta()
_STEPS = {signal.SIGUSR1: timedelta(hours=2), signal.SIGUSR2: timedelta(hours=-3)}


def _move(number: int, frame: FrameType | None) -> None:
    global _moved
    _moved += _STEPS[signal.Signals(number)]
    vars(sys.modules["sonnim.kernel.clock"])["_offset"] = _moved
    vars(sys.modules["django.utils.timezone"])["now"] = lambda: datetime.now(UTC) + _moved


for _signal in _STEPS:
    signal.signal(_signal, _move)
