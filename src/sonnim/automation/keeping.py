"""The rules' attendant: sees each change as it is made, and has those rules run afterwards that it sets off."""

import logging
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django.db.backends.utils import CursorWrapper

from sonnim.automation import chain
from sonnim.automation.compiling import Force
from sonnim.automation.conditions import Facts, Was
from sonnim.automation.happening import Line, happened, now_of, was_of
from sonnim.automation.queries import in_force
from sonnim.conversations.change import ENTRY_COLUMNS
from sonnim.conversations.state import State
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.plan.hours.queries import calendar_of

AUTOMATION = "automation"
"""The outbox's kind for rules that were set off."""
_logger = logging.getLogger(__name__)
_NAMES = list(ENTRY_COLUMNS)
_ID = _NAMES.index("id")
_told = itemgetter(*map(_NAMES.index, Line._fields))


class Keeper:
    """Looks on at one shop's changes within one transaction."""

    def __init__(self, force: Force) -> None:
        self._force = force
        self._seen: dict[int, Was] = {}
        self._runs: list[dict[str, Any]] = []
        self._ordered: set[int] = set()

    def turn(self, about: State, type: str, entries: Sequence[tuple[Any, ...]], at: int) -> None:
        """Ask the rules that listen to what happened."""
        begun = about.queued is None and about.id not in self._seen
        was = self._seen.get(about.id) or was_of(about)
        self._seen[about.id] = now_of(about)
        if not entries or about.status == "merged":
            return
        try:
            what = happened(about, was, map(_told, entries), begun=begun)
            if not self._force.hears(what.keys):
                return
            facts = Facts(
                about, was=was, text=what.text, first=begun, added=what.added, is_open=lambda: is_open(about.shop_id)
            )
            rules = self._force.matching(what.keys, facts)
            # What is still to be done here in this change may make rules necessary that were idle before.
            if not rules or (about.id not in self._ordered and self._force.is_idle(about, rules)):
                return
        except Exception:
            # A rule is never worth a message: what was said is kept.
            _logger.exception("the rules could not be asked of conversation %d", about.id)
            return
        self._ordered.add(about.id)
        self._runs.append(
            {
                "shop_id": about.shop_id,
                "conversation_id": about.id,
                "key": f"e{entries[-1][_ID]}",
                "rules": rules,
                "chain": chain.current(),
                "was": was,
                "text": facts.text,
                "first": begun,
                "added": what.added,
            }
        )

    def end(self, work: Unit) -> None:
        """Have them run after the commit, those of a conversation one after the other."""
        for run in self._runs:
            shop_id, where = run["shop_id"], run["conversation_id"]
            work.enqueue(
                AUTOMATION, run, shop_id=shop_id, lane=f"{AUTOMATION}:{shop_id}", series=f"{AUTOMATION}:{where}"
            )


def attend(cursor: CursorWrapper, shop_id: int) -> Keeper | None:
    """The keeper of a shop's rules; None where there are none."""
    force = in_force(cursor, shop_id)
    return Keeper(force) if force is not None else None


def is_open(shop_id: int) -> bool:
    """Whether a shop is open now, by its standard hours."""
    return calendar_of(shop_id).is_open(clock.now_ms())
