"""The coach's data is read when somebody opens a composer, not when their first draft waits for its marks."""

import threading
from collections.abc import Iterable

from sonnim.coach.languages.pack import Pack
from sonnim.coach.languages.registry import PACKS


class Readiness:
    """Reads the data of languages once in a process, in a thread of its own; that takes a second or two."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._packs = packs
        self._once = threading.Lock()

    def begin(self) -> threading.Thread | None:
        """Begin to read, without waiting for it; nothing where that has begun."""
        if not self._once.acquire(blocking=False):
            return None
        thread = threading.Thread(target=self._read, name="coach", daemon=True)
        thread.start()
        return thread

    def _read(self) -> None:
        for each in self._packs:
            each.prepare()


READINESS = Readiness(PACKS.values())
