"""Weeks, times and dates as they are written: `{"mon": [["09:00", "18:00"]]}`, `24:00`, `2026-01-01`. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sonnim.plan.hours.rules import DAY_S, Interval

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MAX_INTERVALS = 12
Written = list[list[str]]
"""Intervals of a day."""
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")


class Unwritten(ValueError):
    """It does not say what it should; the message says why."""


def read_time(text: object) -> int:
    """Seconds of the day; `24:00` is its end.

    Raises:
        Unwritten.
    """
    if text == "24:00":
        return DAY_S
    found = _TIME.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise Unwritten(f"{text!r:.40} is not a time such as 09:00")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def read_intervals(written: object) -> list[Interval]:
    """The intervals of a day.

    Raises:
        Unwritten: no list of pairs of times, or more than MAX_INTERVALS.
    """
    if not isinstance(written, list) or len(written) > MAX_INTERVALS:
        raise Unwritten(f"a day is a list of at most {MAX_INTERVALS} intervals")
    intervals = []
    for pair in written:
        if not isinstance(pair, list) or len(pair) != 2:
            raise Unwritten("an interval is a pair of times")
        start, end = read_time(pair[0]), read_time(pair[1])
        if start == DAY_S:
            raise Unwritten("no interval begins at 24:00")
        intervals.append((start, end))
    return intervals


def read_week(written: object) -> list[list[Interval]]:
    """Seven days, Monday first; a day that is not named is closed.

    Raises:
        Unwritten.
    """
    if not isinstance(written, Mapping):
        raise Unwritten("a week names its days")
    strange = [day for day in written if day not in DAYS]
    if strange:
        raise Unwritten(f"{strange[0]!r:.40} is not a day; they are {', '.join(DAYS)}")
    return [read_intervals(written.get(day, [])) for day in DAYS]


def read_date(text: object) -> date:
    """Raises: Unwritten."""
    try:
        if isinstance(text, str) and len(text) == 10:
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Unwritten(f"{text!r:.40} is not a date such as 2026-01-01")


def check_zone(name: object) -> str:
    """A zone of the tz database.

    Raises:
        Unwritten: there is none of this name.
    """
    try:
        if isinstance(name, str) and len(name) <= 60:
            return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):  # a folder of zones is an OSError
        pass
    raise Unwritten(f"{name!r:.60} is not a time zone such as Asia/Seoul")


def written_time(seconds: int) -> str:
    """The end of a day is written `24:00`."""
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}" + (f":{seconds % 60:02d}" if seconds % 60 else "")


def written_intervals(intervals: Sequence[Interval]) -> Written:
    """In order, as they are kept."""
    return [[written_time(start), written_time(end)] for start, end in sorted(intervals)]


def written_week(week: Sequence[Sequence[Interval]]) -> dict[str, Written]:
    """All seven days."""
    return {day: written_intervals(intervals) for day, intervals in zip(DAYS, week, strict=True)}
