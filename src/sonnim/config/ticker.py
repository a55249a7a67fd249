"""One thread that looks each second at what falls due with time."""

import logging
import threading
from collections.abc import Callable, Mapping

from django.db import connection

from sonnim.kernel import clock

logger = logging.getLogger(__name__)


class Ticker:
    """Runs callables at their intervals. What they do must be safe to do twice, and on several nodes at once.

    Args:
        due: seconds between two runs of each; the first comes after one interval, or a minute if that is longer.
        look_s: how often it looks whether any is due.
        at_once: each runs as soon as the thread does: something may have fallen due while nothing ran.
    """

    def __init__(
        self,
        due: Mapping[Callable[[], object], float],
        *,
        name: str = "ticker",
        look_s: float = 0.5,
        at_once: bool = False,
    ) -> None:
        self._due = due
        self._look_s = look_s
        self._at_once = at_once
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the callable that is running."""
        self._end.set()
        self._thread.join(5)

    def _run(self) -> None:
        if self._at_once:
            for work in self._due:
                self._do(work)
        next_at = {work: clock.monotonic() + min(every, 60) for work, every in self._due.items()}
        while not self._end.wait(self._look_s):
            now = clock.monotonic()
            for work, every in self._due.items():
                if now >= next_at[work]:
                    next_at[work] = now + every
                    self._do(work)
        connection.close()

    def _do(self, work: Callable[[], object]) -> None:
        try:
            work()
        except Exception:
            # The next round tries again; one that always fails must not stop the others.
            logger.exception("%s failed", getattr(work, "__name__", work))
            if not connection.in_atomic_block:
                connection.close()
