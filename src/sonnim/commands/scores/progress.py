"""How far something is, on the standard error: a bar where somebody looks, a line each tenth where nobody does."""

import sys

from sonnim.kernel import clock

WIDTH = 30
_STEP_S = 0.2


class Progress:
    """Shows `done` of `whole`; never more than five times a second."""

    def __init__(self, whole: int, *, name: str) -> None:
        self._whole, self._name = whole, name
        self._begun = self._shown = clock.monotonic()
        self._tenth = 0
        self._is_seen = sys.stderr.isatty()

    def show(self, done: int, *, ended: bool = False) -> None:
        """Say how much is done."""
        now = clock.monotonic()
        share = 1.0 if ended or not self._whole else min(1.0, done / self._whole)
        if self._is_seen and (ended or now - self._shown >= _STEP_S):
            self._shown = now
            filled = int(WIDTH * share)
            sys.stderr.write(f"\r{'━' * filled}{'·' * (WIDTH - filled)} {self._line(done, share)}\033[K")
            if ended:
                sys.stderr.write("\n")
        elif not self._is_seen and (ended or int(share * 10) > self._tenth):
            self._tenth = int(share * 10)
            sys.stderr.write(f"{self._line(done, share)}\n")
        sys.stderr.flush()

    def _line(self, done: int, share: float) -> str:
        seconds = max(clock.monotonic() - self._begun, 0.001)
        return f"{self._name}: {share:4.0%}  {done:,} of {self._whole:,}, {done / seconds:,.0f}/s"
