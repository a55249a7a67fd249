"""The thread of a serving process that gives conversations out: at once when something changed, and each second."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence

from django.db import connection

from sonnim.eventlog.log import LoggedEvent
from sonnim.kernel import clock
from sonnim.routing import actions, presence, queries

logger = logging.getLogger(__name__)
SWEEP_S = 1.0
LOOK_S = 0.25
NOTE_S = 5.0
_NOBODYS = '"assignee_id":null'
_MOVES = ("conversation.", "agent.", "seat.", "offer.", "team.", "shop.")
_STILL = {"conversation.seen", "conversation.followed", "conversation.unfollowed"}
SHARE = 9
"""After a look the thread rests so many times as long as it took: under a flood of news it must not starve the rest."""


class Idleness:
    """Since when nobody has sat before an agent's open line."""

    def __init__(self) -> None:
        self._since: dict[tuple[int, int], float] = {}

    def after(self, shop_id: int, lines: Mapping[int, str], limit_s: float) -> set[int]:
        """Who has been idle for so long."""
        now = clock.monotonic()
        for key in [key for key in self._since if key[0] == shop_id and lines.get(key[1]) != "away"]:
            del self._since[key]
        return {
            agent
            for agent, state in lines.items()
            if state == "away" and now - self._since.setdefault((shop_id, agent), now) >= limit_s
        }


class Router:
    """Looks after the shops that do not give conversations out by hand. Several nodes may: each decision is atomic."""

    def __init__(self) -> None:
        self._shops: set[int] = set()
        self._dirty: set[int] = set()
        self._known: dict[int, dict[int, str]] = {}
        self._noted: dict[int, float] = {}
        self._idleness = Idleness()
        self._began = 0
        self._wake, self._end = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._began = clock.now_ms()
        self._end.clear()
        self._thread = threading.Thread(target=self._run, name="router", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End after what is being given out."""
        self._end.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(5)

    def committed(self, events: Sequence[LoggedEvent]) -> None:
        """Sink of the event log: somebody waits for nobody in particular, or somebody may have got free."""
        for event in events:
            if event.shop_id in self._shops and event.shop_id not in self._dirty and _matters(event):
                self._dirty.add(event.shop_id)
                self._wake.set()

    def look(self) -> None:
        """One sweep: presence, offers that are over, what the vanished hold, what waits."""
        self._shops = queries.shops_at_work()
        for shop_id in sorted(self._shops):
            self._safely(self._tend, shop_id)

    def _run(self) -> None:
        swept = 0.0
        while not self._end.is_set():
            self._wake.wait(LOOK_S)
            self._wake.clear()
            began = clock.monotonic()
            if began - swept >= SWEEP_S:
                swept = began
                self._dirty.clear()
                self._safely(self.look)
            else:
                self._look_at_changes()
            self._end.wait(min(LOOK_S, SHARE * (clock.monotonic() - began)))
        connection.close()

    def _safely(self, work: Callable[..., None], *about: int) -> None:
        """What fails in one shop must not stop the others, and is tried again with the next sweep."""
        try:
            work(*about)
        except Exception:
            logger.exception("routing failed (%s)", about)
            if not connection.in_atomic_block:
                connection.close()

    def _look_at_changes(self) -> None:
        for shop_id in self._shops:
            if dict(presence.lines(shop_id)) != self._known.get(shop_id):
                self._dirty.add(shop_id)
        for _ in range(len(self._dirty)):  # what is given out makes news of its own
            self._safely(self._give, self._dirty.pop())

    def _give(self, shop_id: int) -> None:
        self._known[shop_id] = dict(presence.lines(shop_id))
        actions.end_offers(shop_id=shop_id)
        actions.give_out(shop_id=shop_id)

    def _tend(self, shop_id: int) -> None:
        rules = queries.rules_of(shop_id)
        lines = dict(presence.lines(shop_id))
        self._known[shop_id] = lines
        if queries.gives_out(rules):
            self._follow(shop_id, lines, rules.idle_s)
        actions.end_offers(shop_id=shop_id)
        actions.take_back(shop_id=shop_id, since=self._began)
        actions.give_out(shop_id=shop_id)

    def _follow(self, shop_id: int, lines: Mapping[int, str], idle_s: int) -> None:
        there = [agent for agent, state in lines.items() if state == "online"]
        idle = self._idleness.after(shop_id, lines, idle_s)
        if queries.any_online(shop_id, idle):
            actions.send_away(shop_id=shop_id, agent_ids=idle, reason="idle")
        if queries.any_idle(shop_id, there):
            actions.bring_back(shop_id=shop_id, agent_ids=there)
        if clock.monotonic() - self._noted.get(shop_id, -NOTE_S) >= NOTE_S:
            self._noted[shop_id] = clock.monotonic()
            actions.note_lines(shop_id=shop_id, agent_ids=list(lines))


def _matters(event: LoggedEvent) -> bool:
    return _NOBODYS in event.desk or (event.type.startswith(_MOVES) and event.type not in _STILL)


router = Router()
"""That of this process; config/wiring hands it the log's events."""
