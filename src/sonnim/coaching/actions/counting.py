"""Counts by rule and day."""

from collections.abc import Mapping

from django.db.models import F

from sonnim.coaching.models import Count
from sonnim.conversations.queries import conversation_state
from sonnim.eventlog import log
from sonnim.kernel import clock


def count_seen(*, shop_id: int, counts: Mapping[tuple[str, str], int]) -> int:
    """Add to what was seen in a shop; answers how much. A shop that is gone by now counts nothing.

    Args:
        counts: (rule, day) → how often.
    """
    try:
        with log.unit(shop_id):
            for (rule, day), n in counts.items():
                add(shop_id=shop_id, rule=rule, day=day, seen=n)
    except LookupError:
        return 0
    return sum(counts.values())


def count_applied(*, shop_id: int, conversation_id: int, rule: str) -> None:
    """An agent has taken a suggestion.

    Raises:
        NotFound: no such conversation in this shop.
    """
    conversation_state(shop_id=shop_id, conversation_id=conversation_id)
    with log.unit(shop_id):
        add(shop_id=shop_id, rule=rule, day=today(), applied=1)


def today() -> str:
    """The day that is counted on."""
    return clock.now().date().isoformat()


def add(*, shop_id: int, rule: str, day: str, seen: int = 0, dismissed: int = 0, applied: int = 0) -> None:
    """Add to a day's counts; within the unit of its shop."""
    more = {"seen": F("seen") + seen, "dismissed": F("dismissed") + dismissed, "applied": F("applied") + applied}
    if not Count.objects.filter(shop_id=shop_id, day=day, rule=rule).update(**more):
        Count.objects.create(shop_id=shop_id, day=day, rule=rule, seen=seen, dismissed=dismissed, applied=applied)
