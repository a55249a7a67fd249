"""From a time as it was said to an instant; pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sonnim.plan.promises.detection.found import Calendar, Part, When

MINUTE = 60_000
DAY = timedelta(days=1)
PARTS: dict[Part, int] = {
    "morning": 12 * 60, "noon": 13 * 60, "afternoon": 18 * 60, "evening": 20 * 60, "night": 22 * 60, "close": 18 * 60,
}  # fmt: skip
"""At which minute a part of the day is over; the afternoon and the close of business only where no hours are set."""
CLOSE = 18 * 60
LAST = 23 * 60 + 59
FURTHEST_DAYS = 366
Due = tuple[int | None, str]


def due_of(when: When, *, at: int, zone: ZoneInfo, calendar: Calendar) -> Due:
    """The instant in milliseconds by which something is promised, and the rule that says so.

    None where no instant follows: nothing but `soon` was said, the time has passed, or is more than a year away.
    """
    found, rule = _due(when, _Clock(at, zone, calendar))
    if found is None:
        return None, rule
    if found <= at:
        return None, f"{rule}:passed"
    return (found, rule) if found - at <= FURTHEST_DAYS * 86_400_000 else (None, f"{rule}:too far")


class _Clock:
    """A moment in a shop: what day it is, and when business closes."""

    def __init__(self, at: int, zone: ZoneInfo, calendar: Calendar) -> None:
        self.at, self.zone, self.calendar = at, zone, calendar
        self.now = datetime.fromtimestamp(at / 1000, zone)
        self.today = self.now.date()
        self.always = calendar.is_open(at) and calendar.next_change(at) is None

    def instant(self, day: date, minute: int) -> int:
        hour, rest = divmod(minute, 60)
        return round(datetime(day.year, day.month, day.day, hour, rest, tzinfo=self.zone).timestamp() * 1000)

    def close_of(self, day: date) -> int | None:
        """When business ends on a day; None on a day without any. Where it is always open: 18:00, Monday to Friday."""
        if self.always:
            return self.instant(day, CLOSE) if day.weekday() < 5 else None
        start, end = self.instant(day, 0), self.instant(day + DAY, 0)
        closes: int | None = None
        t, is_open = start, self.calendar.is_open(start)
        for _ in range(50):
            change = self.calendar.next_change(t)
            if is_open:
                closes = min(change, end) if change is not None else end
            if change is None or change >= end:
                break
            t, is_open = change, not is_open
        return closes if closes is None or closes < end else self.instant(day, LAST)

    def end_of(self, day: date) -> int:
        """The close of business, or 18:00; past that the end of the day."""
        closes = self.close_of(day) or self.instant(day, CLOSE)
        return closes if closes > self.at else self.instant(day, LAST)


def _due(when: When, clock: _Clock) -> Due:
    if when.in_minutes is not None:
        return clock.at + when.in_minutes * MINUTE, f"in {when.in_minutes} minutes"
    if when.business_days is not None:
        return _business_days(when.business_days, clock)
    if when.in_days is not None:
        return clock.end_of(clock.today + min(when.in_days, FURTHEST_DAYS + 1) * DAY), f"in {when.in_days} days"
    day, rule = _day(when, clock)
    if day is not None or when.minute is not None or when.part is not None:
        return _in_day(when, day, rule, clock)
    return None, "soon" if when.soon else rule


def _business_days(count: int, clock: _Clock) -> Due:
    day, left = clock.today, min(count, 60)
    for _ in range(120):
        if left <= 0:
            break
        day += DAY
        left -= clock.close_of(day) is not None
    return clock.end_of(day), f"in {count} business days"


def _day(when: When, clock: _Clock) -> tuple[date | None, str]:
    today = clock.today
    if when.day is not None:
        return today + when.day * DAY, ("today", "tomorrow")[when.day] if when.day < 2 else f"in {when.day} days"
    if when.weekday is not None:
        return _weekday(when.weekday, when.weeks, clock), f"weekday {when.weekday + 1}"
    if when.weeks is not None:
        monday = today - today.weekday() * DAY + when.weeks * 7 * DAY
        open_days = [day for day in (monday + n * DAY for n in range(7)) if clock.close_of(day) is not None]
        return (open_days or [monday + 4 * DAY])[-1], ("this week", "next week")[when.weeks]
    if when.month_day is not None:
        return _date(when.month, when.month_day, clock), f"date {when.month or ''}/{when.month_day}"
    return None, "none"


def _weekday(weekday: int, weeks: int | None, clock: _Clock) -> date:
    today = clock.today
    if weeks is not None:
        return today + (weekday - today.weekday() + 7 * weeks) * DAY
    ahead = (weekday - today.weekday()) % 7
    if ahead == 0 and (clock.close_of(today) or clock.instant(today, CLOSE)) <= clock.at:
        ahead = 7
    return today + ahead * DAY


def _date(month: int | None, month_day: int, clock: _Clock) -> date | None:
    today = clock.today
    for ahead in range(14):
        year, wanted = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        if month is not None and wanted + 1 != month:
            continue
        try:
            found = date(year, wanted + 1, month_day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _in_day(when: When, day: date | None, rule: str, clock: _Clock) -> Due:
    if when.minute is not None:
        return _at_clock(when, day, rule, clock)
    if day is None:
        if rule != "none":
            return None, rule
        day, rule = clock.today, "today"
        if _part_end(when.part or "close", day, clock) <= clock.at:
            day, rule = clock.today + DAY, "tomorrow"
    if when.part is None:
        return clock.end_of(day), f"{rule}:close"
    return _part_end(when.part, day, clock), f"{rule}:{when.part}"


def _part_end(part: Part, day: date, clock: _Clock) -> int:
    if part not in ("afternoon", "close"):
        return clock.instant(day, PARTS[part])
    closes = clock.close_of(day)
    # A shop that closes at two has an afternoon all the same.
    if closes is None or (part == "afternoon" and closes < clock.instant(day, 13 * 60)):
        return clock.instant(day, PARTS[part])
    return closes


def _at_clock(when: When, day: date | None, rule: str, clock: _Clock) -> Due:
    minute = when.minute or 0
    choices = [minute, minute + 720] if when.twelve and minute < 720 else [minute]
    days = [day] if day is not None else [clock.today, clock.today + DAY]
    if day is None and rule != "none":
        return None, rule
    for each in days:
        name = rule if day is not None else ("today" if each == clock.today else "tomorrow")
        for choice in choices:
            found = clock.instant(each, choice)
            likely = len(choices) == 1 or 8 * 60 <= choice < 20 * 60
            if likely and found > clock.at:
                return found, f"{name}:{choice // 60:02}:{choice % 60:02}"
    return clock.instant(days[0], choices[-1]), f"{rule}:{choices[-1] // 60:02}:{choices[-1] % 60:02}"
