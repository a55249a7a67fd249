"""Weeks of a shop: each is named by its Monday."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def monday(at: datetime, zone: ZoneInfo) -> str:
    """The Monday of an instant's week in a zone, `2026-11-16`."""
    day = at.astimezone(zone).date()
    return (day - timedelta(days=day.weekday())).isoformat()


def last_weeks(now: datetime, zone: ZoneInfo, *, n: int) -> list[str]:
    """The last `n` weeks, oldest first, the one that is under way included."""
    return [monday(now - timedelta(weeks=back), zone) for back in reversed(range(n))]
