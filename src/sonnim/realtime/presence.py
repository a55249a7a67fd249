"""Who is there: agents at the desk, shoppers on the store's pages, over all nodes."""

from collections.abc import Iterable
from typing import Any

from sonnim.kernel import clock
from sonnim.realtime.connection import Connection

GRACE_S = 5.0  # a page that is reloaded is not an absence
NODE_FORGOTTEN_S = 60.0
LOCAL = "local"
_STRENGTH = {"offline": 0, "away": 1, "online": 2}
Report = dict[str, dict[int, Any]]


class Presence:
    """The presence of one shop. Each node reports its own; the strongest report of a person counts."""

    def __init__(self) -> None:
        self.agents: dict[int, str] = {}
        self.contacts: dict[int, dict[str, Any]] = {}
        self.viewers: dict[int, list[int]] = {}  # conversation → the agents who have it before their eyes
        self._reports: dict[str, tuple[float, Report]] = {}
        self._left: dict[tuple[str, int], float] = {}

    def local_report(self, agents: Iterable[Connection], contacts: Iterable[Connection]) -> Report:
        """What this node's connections say. Shoppers without a conversation are nobody's business yet."""
        seen: Report = {"agents": {}, "contacts": {}, "viewers": {}}
        for connection in agents:
            if connection.agent_id is not None:
                # A window that nobody looks at is nobody who reads.
                for conversation in connection.watching if connection.active else ():
                    seen["viewers"].setdefault(conversation, []).append(connection.agent_id)
                status = "online" if connection.active else "away"
                known = seen["agents"].get(connection.agent_id, "offline")
                seen["agents"][connection.agent_id] = max(known, status, key=_STRENGTH.__getitem__)
        for connection in sorted(contacts, key=lambda each: each.looked_at):  # of two tabs, the one looked at last
            if connection.contact_id is not None and connection.conversation is not None:
                seen["contacts"][connection.contact_id] = {"online": True, "page": connection.page}
        return seen

    def take(self, node: str, report: Report) -> None:
        """Keep a node's report, in place of its former one."""
        self._reports[node] = (clock.monotonic(), report)

    def changes(self) -> Report:
        """Merge the reports; answers what changed since the last call, absences after a grace time."""
        now = clock.monotonic()
        for node, (heard, _) in list(self._reports.items()):
            if node != LOCAL and now - heard > NODE_FORGOTTEN_S:
                del self._reports[node]
        agents: dict[int, str] = {}
        contacts: dict[int, dict[str, Any]] = {}
        for _, report in self._reports.values():
            for agent, status in report["agents"].items():
                agents[agent] = max(agents.get(agent, "offline"), status, key=_STRENGTH.__getitem__)
            contacts |= report["contacts"]
        changed: Report = {"agents": {}, "contacts": {}, "viewers": self._viewers_changed()}
        for kind, before, after, gone in (
            ("agents", self.agents, agents, "offline"),
            ("contacts", self.contacts, contacts, {"online": False, "page": None}),
        ):
            self._compare(kind, before, after, gone, changed[kind], now)
        return changed

    def _viewers_changed(self) -> dict[int, list[int]]:
        """Who reads what, where that is not as it was told last; nobody is an empty list."""
        found: dict[int, set[int]] = {}
        for _, report in self._reports.values():
            for conversation, agents in report.get("viewers", {}).items():
                found.setdefault(conversation, set()).update(agents)
        before, self.viewers = self.viewers, {each: sorted(agents) for each, agents in found.items()}
        return {
            each: self.viewers.get(each, [])
            for each in before.keys() | self.viewers.keys()
            if before.get(each) != self.viewers.get(each)
        }

    def _compare(
        self,
        kind: str,
        known: dict[int, Any],
        now_there: dict[int, Any],
        gone: Any,
        changed: dict[int, Any],
        now: float,
    ) -> None:
        for person, status in now_there.items():
            self._left.pop((kind, person), None)
            if known.get(person) != status:
                known[person] = changed[person] = status
        for person in [person for person in known if person not in now_there]:
            if now - self._left.setdefault((kind, person), now) >= GRACE_S:
                del known[person], self._left[kind, person]
                changed[person] = gone

    @property
    def unsettled(self) -> bool:
        """Whether somebody's absence is still within the grace time."""
        return bool(self._left)
