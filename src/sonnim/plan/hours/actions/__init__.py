"""Writes of business hours."""

from sonnim.plan.hours.actions.calendars import delete_calendar, save_calendar
from sonnim.plan.hours.actions.feeds import FEED, add_feed, import_file, read_feed, refresh_due_feeds, remove_feed
from sonnim.plan.hours.actions.switch import follow_calendar, switch_now

__all__ = [
    "FEED",
    "add_feed",
    "delete_calendar",
    "follow_calendar",
    "import_file",
    "read_feed",
    "refresh_due_feeds",
    "remove_feed",
    "save_calendar",
    "switch_now",
]
