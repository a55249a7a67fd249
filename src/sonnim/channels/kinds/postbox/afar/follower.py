"""Reads the logs behind the writers: who has not seen what, without a write while nobody is missing."""

from collections.abc import Mapping

from sonnim.channels.kinds.postbox.afar import actions, queries
from sonnim.kernel import clock
from sonnim.notifications.queries import heads

STRETCH = 5_000
KEEP_EVERY_S = 60.0


class Follower:
    """One node's eyes on all logs. Several may look: what they note of the same stretch is the same."""

    def __init__(self) -> None:
        self._read: dict[int, int] = {}
        self._kept_at: dict[int, float] = {}

    def look(self) -> int:
        """Read what is new in every shop; answers in how many conversations somebody is missing."""
        standing = heads()
        strangers = {shop: pos for shop, pos in standing.items() if shop not in self._read}
        if strangers:
            self._meet(strangers)
        return sum(self._read_on(shop, pos) for shop, pos in standing.items() if pos > self._read[shop])

    def _meet(self, shops: Mapping[int, int]) -> None:
        known = queries.read_to(shops)
        new = {shop: pos for shop, pos in shops.items() if shop not in known}
        if new:
            actions.begin_reading(positions=new)
        for shop, head in shops.items():
            # A log that was erased and begun anew lies behind what was kept of the old one.
            self._read[shop] = min(known.get(shop, head), head)
            self._kept_at[shop] = clock.monotonic()

    def _read_on(self, shop: int, head: int) -> int:
        upto = min(head, self._read[shop] + STRETCH)
        talks = queries.talked_in(shop, self._read[shop], upto)
        left = queries.unseen_answers(shop, talks) if talks else []
        away = queries.unheard(shop, talks) if talks else []
        if left:
            actions.await_shoppers(shop_id=shop, conversation_ids=left)
        if away:
            actions.await_agents(shop_id=shop, pairs=away)
        self._read[shop] = upto
        if clock.monotonic() - self._kept_at[shop] > KEEP_EVERY_S:
            actions.keep_place(shop_id=shop, pos=upto)
            self._kept_at[shop] = clock.monotonic()
        return len(left) + len(away)
