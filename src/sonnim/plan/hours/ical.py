"""Days and times that an iCalendar file closes. Pure; the file may be anybody's, so every loop has an end."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice, takewhile
from math import prod
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr
from icalendar import Calendar

from sonnim.kernel import clock
from sonnim.kernel.text import storable

MAX_BYTES = 2 * 1024 * 1024
MAX_EVENTS = 5_000
MAX_FOUND = 2_000
PATIENCE_S = 5.0
_LONGEST = timedelta(days=366)
_FREQUENCIES = frozenset({"YEARLY", "MONTHLY", "WEEKLY", "DAILY"})
# dateutil looks for a next occurrence until the year 9999; where there is none, day by day, that takes ten seconds.
_HARD_ON_DAILY = frozenset({"BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"})
_TIMES_OF_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
MAX_TIMES = 24
"""How often a day a rule may come; with every hour, minute and second named it would be 86,400 times."""
_FIRST_YEAR = 1900
"""What began before is not counted up to today."""


Event = Any
"""A component of icalendar, whose own types are unions of everything."""


class Unreadable(Exception):
    """It is no iCalendar file, or too large a one."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What a file closes.

    Attributes:
        name: what the file calls itself.
        days: all-day events, by date.
        spans: other events, as instants.
        skipped: how many events are not understood.
    """

    name: str = ""
    days: dict[date, str] = field(default_factory=dict)
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    skipped: int = 0


def read(raw: bytes, *, zone: ZoneInfo, first: date, last: date) -> Closed:
    """The events between two dates, recurring ones included; what is cancelled closes nothing.

    Args:
        zone: of events that name none.

    Raises:
        Unreadable.
    """
    if len(raw) > MAX_BYTES:
        raise Unreadable("too large")
    try:
        calendars = Calendar.from_ical(raw, multiple=True)
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
        raise Unreadable("not an iCalendar file") from error
    if not calendars or any(each.name != "VCALENDAR" for each in calendars):
        raise Unreadable("not an iCalendar file")
    events: list[Event] = [event for each in calendars for event in each.walk("VEVENT")]
    if len(events) > MAX_EVENTS:
        raise Unreadable("too many events")
    days: dict[date, str] = {}
    spans: list[tuple[int, int, str]] = []
    skipped = 0
    moved = {(str(event.get("UID")), _key(event["RECURRENCE-ID"].dt)) for event in events if "RECURRENCE-ID" in event}
    deadline = clock.monotonic() + PATIENCE_S
    for event in events:
        if clock.monotonic() > deadline or len(days) + len(spans) > MAX_FOUND:
            raise Unreadable("too many events")
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        try:
            _add(event, moved, zone, first, last, days, spans)
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
            skipped += 1
    name = _text(calendars[0], "X-WR-CALNAME") or _text(calendars[0], "NAME")
    return Closed(name, dict(sorted(days.items())), sorted(spans), skipped)


def _add(
    event: Event,
    moved: set[tuple[str, str]],
    zone: ZoneInfo,
    first: date,
    last: date,
    days: dict[date, str],
    spans: list[tuple[int, int, str]],
) -> None:
    name = _text(event, "SUMMARY")
    start = event["DTSTART"].dt
    length = _length(event, start)
    for begins in _beginnings(event, start, moved, first - length, last):
        if isinstance(begins, datetime):
            since = begins if begins.tzinfo else begins.replace(tzinfo=zone)
            if length > timedelta(0):
                spans.append((clock.to_ms(since), clock.to_ms(since + length), name))
            continue
        for number in range(max(length.days, 1)):
            day = begins + timedelta(days=number)
            if first <= day <= last:
                days.setdefault(day, name)


def _length(event: Event, start: date) -> timedelta:
    length: timedelta
    if "DTEND" in event:
        end = event["DTEND"].dt
        length = end - start  # one with a zone and one without is a TypeError, which is as it should be
    elif "DURATION" in event:
        length = event["DURATION"].dt
    else:
        length = timedelta(0) if isinstance(start, datetime) else timedelta(days=1)
    if not timedelta(0) <= length <= _LONGEST:
        raise ValueError("it lasts too long")
    return length


def _beginnings(event: Event, start: date, moved: set[tuple[str, str]], first: date, last: date) -> Iterator[date]:
    """When it begins within the dates, each time."""
    taken_out = {_key(each) for each in _listed(event, "EXDATE")}
    repeats = "RRULE" in event and "RECURRENCE-ID" not in event
    found: list[date] = [*(_repeated(event, start, first, last) if repeats else [start]), *_listed(event, "RDATE")]
    for begins in dict.fromkeys(found):
        mine = (str(event.get("UID")), _key(begins))
        if _key(begins) in taken_out or (mine in moved and "RECURRENCE-ID" not in event):
            continue
        day = begins.date() if isinstance(begins, datetime) else begins
        if first <= day <= last:
            yield begins


def _repeated(event: Event, start: date, first: date, last: date) -> list[date]:
    rules = event["RRULE"]
    found: list[date] = []
    for rule in rules if isinstance(rules, list) else [rules]:
        frequency = str(rule.get("FREQ", [""])[0]).upper()
        if frequency not in _FREQUENCIES or (frequency == "DAILY" and _HARD_ON_DAILY & {key.upper() for key in rule}):
            raise ValueError("a rule that no holiday has")
        too_old = start.year < _FIRST_YEAR and frequency in {"DAILY", "WEEKLY"}
        if too_old or prod(max(len(rule.get(name, ())), 1) for name in _TIMES_OF_A_DAY) > MAX_TIMES:
            raise ValueError("a rule that takes too long")
        found += _occurrences(rule, start, first, last)
        if len(found) > MAX_FOUND:
            raise Unreadable("too many events")
    return found


def _occurrences(rule: Any, start: date, first: date, last: date) -> list[date]:
    moment = start if isinstance(start, datetime) else datetime.combine(start, time())
    wall = moment.replace(tzinfo=None)  # a rule repeats what the clock on the wall says
    if "UNTIL" in rule:
        until = rule["UNTIL"][0]
        if isinstance(until, datetime) and until.tzinfo is not None:
            until = until.astimezone(moment.tzinfo).replace(tzinfo=None)
        rule["UNTIL"] = [until]
    repeated = rrulestr(rule.to_ical().decode(), dtstart=wall)
    if not isinstance(repeated, rrule):
        raise ValueError("no rule")
    low, high = datetime.combine(first, time()), datetime.combine(last, time.max)
    found = list(islice(takewhile(lambda each: each <= high, repeated.xafter(low, inc=True)), MAX_FOUND + 1))
    return [each.replace(tzinfo=moment.tzinfo) if isinstance(start, datetime) else each.date() for each in found]


def _text(component: Event, name: str) -> str:
    """A line of text; of one that is given several times the first."""
    given = component.get(name, "")
    said = str(given[0] if isinstance(given, list) and given else given)
    return " ".join(storable(said).split())[:120]


def _listed(event: Event, name: str) -> list[date]:
    """Dates of a property that may come several times, with several dates each."""
    given = event.get(name, [])
    found: list[date] = []
    for each in given if isinstance(given, list) else [given]:
        with suppress(AttributeError):  # a period: its start alone would be half of what it says
            found += [single.dt for single in each.dts if isinstance(single.dt, date)]
    return found


def _key(moment: date) -> str:
    """The same for the same time, whichever zone it is written in."""
    if isinstance(moment, datetime):
        return str(clock.to_ms(moment)) if moment.tzinfo else moment.isoformat()
    return moment.isoformat()
