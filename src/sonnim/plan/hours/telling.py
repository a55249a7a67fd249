"""How a change of business hours is told: the calendar's version, and an event without an object of its own."""

from sonnim.eventlog.log import Unit
from sonnim.plan.models import HoursCalendar

CHANGED = "hours.changed"
"""The event, and the outbox's kind for whoever reckons ahead by these hours and has to do it again."""


def tell(work: Unit, calendar: HoursCalendar) -> int:
    """Publish that the hours of a shop have changed; answers the calendar's new version, which the caller saves.

    Nobody keeps calendars live: who shows one asks again, and whoever counts by one asks `calendar_of` each time.
    """
    pos = work.claim(calendar.shop_id)
    work.publish(calendar.shop_id, pos, CHANGED)
    work.enqueue(CHANGED, {"shop_id": calendar.shop_id}, shop_id=calendar.shop_id)
    return pos
