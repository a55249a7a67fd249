"""Which times of day have come. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sonnim.automation.rules import Daily, Wording
from sonnim.kernel import clock


def due_key(events: list[Daily], local: datetime) -> str:
    """The last moment before now at which one of these was due today, as a key of that day; else empty."""
    past = [
        each.at for each in events if each.at <= f"{local:%H:%M}" and (not each.days or local.weekday() in each.days)
    ]
    return f"{local:%Y%m%d}@{max(past)}" if past else ""


def passed_key(wording: Wording, zone: str) -> str:
    """What a rule that is written now is not set off for any more: a time of today that has passed."""
    events = [each for each in wording.when if isinstance(each, Daily)]
    return due_key(events, clock.now().astimezone(ZoneInfo(zone)))
