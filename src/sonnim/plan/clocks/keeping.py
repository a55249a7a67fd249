"""The clocks' attendant: sets them within the change that starts or stops them, so that none is ever forgotten."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

from sonnim.conversations.change import ENTRY_COLUMNS
from sonnim.conversations.state import State
from sonnim.eventlog.log import Unit
from sonnim.kernel import sql
from sonnim.plan.clocks import rules
from sonnim.plan.clocks.queries import Force, in_force
from sonnim.plan.clocks.rules import Policy

_logger = logging.getLogger(__name__)
_AT = list(ENTRY_COLUMNS).index("at")
_COLUMNS = {
    "shop_id": "bigint",
    "conversation_id": "bigint",
    "policy_id": "bigint",
    "kind": "text",
    "agent_id": "bigint",
    "channel": "text",
    "took_ms": "bigint",
    "target_ms": "bigint",
    "late": "boolean",
    "at": "bigint",
}


_still: dict[int, tuple[Sequence[Policy], set[tuple[Any, ...]]]] = {}
"""Shop → its policies, and conversations' states that change no clock of theirs whenever they are looked at."""
MAX_STILL = 4096


class Keeper:
    """Looks on at one shop's changes within one transaction."""

    def __init__(self, cursor: CursorWrapper, force: Force) -> None:
        self._cursor = cursor
        self._force = force
        self._ended: list[tuple[Any, ...]] = []
        known = _still.get(force.shop_id)
        if known is None or known[0] is not force.policies or len(known[1]) > MAX_STILL:
            known = _still[force.shop_id] = force.policies, set()
        self._known = known[1]

    def turn(self, about: State, type: str, entries: Sequence[tuple[Any, ...]], at: int) -> None:
        """Set the clocks by the conversation's new state."""
        asked = rules.asked(about)
        if asked in self._known:
            return
        moment = entries[-1][_AT] if entries else at
        was = about.clock_part()
        try:
            ended = rules.turn(about, moment, self._force.policies, self._force.hours)
        except Exception:
            # A clock is never worth a message: what was said is kept, and the next change sets the clocks again.
            _logger.exception("the clocks of conversation %d could not be set", about.id)
            return
        if not ended and about.clock_part() == was:
            self._known.add(asked)
            return
        for each in ended:
            if each.late or each.clock.kind in {"first_reply", "resolution"}:
                self._ended.append(
                    (
                        about.shop_id, about.id, each.policy.id, each.clock.kind, about.last_agent_id, about.channel,
                        each.took, each.clock.target, each.late, moment,
                    )
                )  # fmt: skip

    def end(self, work: Unit) -> None:
        """Keep how the clocks ended that did."""
        sql.insert_rows(self._cursor, "plan_keptpromise", _COLUMNS, self._ended)


def attend(cursor: CursorWrapper, shop_id: int) -> Keeper | None:
    """The keeper of a shop's clocks; None where nothing is promised."""
    force = in_force(cursor, shop_id)
    return Keeper(cursor, force) if force.policies else None
