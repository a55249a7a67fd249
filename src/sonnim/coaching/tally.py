"""How often marks are shown: counted in memory while agents type, kept every half minute.

What a crash loses of it is half a minute of figures that only help a lead to tune the rules.
"""

import threading
from collections import Counter
from collections.abc import Iterable

from sonnim.coaching import actions
from sonnim.kernel import clock

MOST_KNOWN = 50_000


class Tally:
    """One process's counts. In a conversation an agent sees a rule once a day, however often the draft is read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._day = ""
        self._known: set[tuple[int, int, str]] = set()
        self._counts: Counter[tuple[int, str, str]] = Counter()

    def note(self, *, shop_id: int, agent_id: int, conversation_id: int, rules: Iterable[str]) -> None:
        """An agent was shown marks of these rules."""
        day = clock.now().date().isoformat()
        with self._lock:
            if day != self._day or len(self._known) > MOST_KNOWN:
                self._day, self._known = day, set()
            for rule in set(rules):
                seen = (agent_id, conversation_id, rule)
                if seen not in self._known:
                    self._known.add(seen)
                    self._counts[shop_id, rule, day] += 1

    def keep(self) -> int:
        """Write what has been counted since the last time; answers how many marks that were."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        kept = 0
        try:
            for shop_id in sorted({shop for shop, _, _ in counts}):
                own = {(rule, day): n for (shop, rule, day), n in counts.items() if shop == shop_id}
                kept += actions.count_seen(shop_id=shop_id, counts=own)
                counts = Counter({key: n for key, n in counts.items() if key[0] != shop_id})
        finally:
            with self._lock:
                self._counts.update(counts)
        return kept


TALLY = Tally()
