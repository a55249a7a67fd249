"""Which policies are in force in a shop, compiled once for each wording of them."""

from typing import Any, NamedTuple

import msgspec
from django.db.backends.utils import CursorWrapper

from sonnim.conversations.clocks import Kind
from sonnim.conversations.models import Conversation
from sonnim.kernel import sql
from sonnim.plan.clocks.compiling import compiled
from sonnim.plan.clocks.rules import LIVES, Hours, Policy, WallClock
from sonnim.plan.hours.queries import calendar_of
from sonnim.plan.models import Policy as PolicyRow

MAX_POLICIES = 50
WALL = 0
"""The calendar of a policy that goes by the clock on the wall."""
REOPENED = '%"what":"reopened"%'
"""How the timeline tells of a conversation that was brought back; see conversations/deeds.py."""
_wall = WallClock()
_COLUMNS = (
    "id", "active", "fits", "targets", "calendar_id", "warn_percent", "pauses", "stages"
)  # fmt: skip
_compiled: dict[int, tuple[list[Any], tuple[Policy, ...]]] = {}


class Force(NamedTuple):
    """What is promised in a shop now, and the business hours by which it goes."""

    shop_id: int
    policies: tuple[Policy, ...]
    calendars: dict[int | None, Hours]

    def hours(self, calendar_id: int | None) -> Hours:
        """The hours of a policy, read once in a transaction."""
        if calendar_id == WALL:
            return _wall
        if calendar_id not in self.calendars:
            self.calendars[calendar_id] = calendar_of(self.shop_id, calendar_id)
        return self.calendars[calendar_id]

    def promises(self, kind: Kind) -> bool:
        """Whether any of them speaks of such a thing at all."""
        return any(kind in policy.targets for policy in self.policies)


def in_force(cursor: CursorWrapper, shop_id: int) -> Force:
    """The active policies of a shop, in order: one read, compiled again only when they are worded otherwise."""
    cursor.execute(
        f"SELECT {', '.join(_COLUMNS)} FROM plan_policy WHERE shop_id = %s AND active "  # noqa: S608
        "ORDER BY position, id LIMIT %s",
        [shop_id, MAX_POLICIES],
    )
    rows = cursor.fetchall()
    if not rows:
        return Force(shop_id, (), {})
    known = _compiled.get(shop_id)
    if known is None or known[0] != rows:
        known = rows, tuple(compiled(dict(zip(_COLUMNS, map(_plain, row), strict=True))) for row in rows)
        _compiled[shop_id] = known
    return Force(shop_id, known[1], {})


def policies_of(shop_id: int) -> list[PolicyRow]:
    """All policies of a shop in order; there are at most MAX_POLICIES."""
    return list(PolicyRow.objects.filter(shop_id=shop_id).order_by("position", "id")[:MAX_POLICIES])


def under_way(shop_id: int, *, after: int, limit: int) -> list[int]:
    """The next conversations of a shop that have clocks, or may get some, by id."""
    lives = Conversation.objects.filter(shop_id=shop_id, status__in=LIVES, pk__gt=after)
    return list(lives.order_by("pk").values_list("pk", flat=True)[:limit])


def reopened_at(cursor: CursorWrapper, ids: list[int]) -> dict[int, int]:
    """When each was brought back the last time, of those of them that were."""
    cursor.execute(
        "SELECT conversation_id, max(at) FROM conversations_entry WHERE "  # noqa: S608
        f"{sql.among('conversation_id')} AND kind = 'event' AND data LIKE %s GROUP BY conversation_id",
        [sql.many(ids), REOPENED],
    )
    return dict(cursor.fetchall())


def _plain(value: Any) -> Any:
    """JSON comes as text from raw SQL."""
    return msgspec.json.decode(value) if isinstance(value, str) else value
