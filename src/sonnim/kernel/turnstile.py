"""A first-come-first-served lock, so that a busy writer cannot starve an agent's click."""

import threading
from collections import deque
from types import TracebackType


class Turnstile:
    """A re-entrant lock that is granted in the order of asking.

    `threading.Lock` lets the thread that just released it take it again at once; under chat load the group-commit
    writer would then keep everybody else waiting.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._owner: int | None = None
        self._depth = 0

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._guard:
            if self._owner == me:
                self._depth += 1
                return
            if self._owner is None and not self._waiting:
                self._owner, self._depth = me, 1
                return
            turn = threading.Event()
            self._waiting.append(turn)
        turn.wait()
        with self._guard:
            self._owner, self._depth = me, 1

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth:
                return
            self._owner = None
            if self._waiting:
                self._owner = -1  # reserved for the first in line until it wakes
                self._waiting.popleft().set()
