"""Reads of what waits to be sent."""

from sonnim.conversations.later.shapes import ScheduledObject, with_files
from sonnim.conversations.models import Scheduled

MAX_WAITING = 200


def scheduled_of(*, shop_id: int, agent_id: int) -> list[ScheduledObject]:
    """All that an agent has waiting, by when it is due."""
    found = Scheduled.objects.filter(shop_id=shop_id, agent_id=agent_id)
    return with_files(found.order_by("due_at", "id")[:MAX_WAITING])
