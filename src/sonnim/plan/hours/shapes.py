"""Calendars as clients see them."""

from datetime import date
from typing import Any, Literal

from typing_extensions import TypedDict

from sonnim.accounts.http import rfc3339
from sonnim.kernel import clock
from sonnim.plan.hours.feeds import host_of
from sonnim.plan.hours.notation import Written, written_time
from sonnim.plan.hours.queries import Opening, opening_by
from sonnim.plan.hours.rules import Calendar
from sonnim.plan.models import HoursCalendar, HoursFeed


class OpeningObject(TypedDict):
    """How it stands now; `changes_at` is when it opens or closes, `by_hand` that somebody said so, until when."""

    is_open: bool
    changes_at: str | None
    by_hand: bool
    until: str | None


class DayObject(TypedDict):
    """What is said of one date; null instead of intervals: as on any other week."""

    date: str
    name: str
    intervals: Written | None


class FeedObject(TypedDict):
    """A file, or a feed at a host; `closes` counts its days and times, `trouble` says why it was not read again."""

    id: int
    name: str
    host: str
    closes: int
    read_at: str | None
    trouble: Literal["", "refused", "unreachable", "unreadable"]


class CalendarObject(TypedDict):
    """A calendar with all that belongs to it."""

    id: int
    v: int
    name: str
    zone: str
    week: dict[str, Written]
    countries: list[str]
    is_standard: bool
    days: list[DayObject]
    feeds: list[FeedObject]
    now: OpeningObject


class HoursObject(TypedDict):
    """The hours of any week, in the shop's zone, Monday first."""

    zone: str
    week: list[list[tuple[str, str]]]


class HolidayObject(TypedDict):
    """A public holiday; or, `worked`, a day of a weekend that is worked for one."""

    date: str
    country: str
    name: str
    worked: bool


def calendar_object(row: HoursCalendar) -> CalendarObject:
    """A calendar that came with its belongings, see queries.calendars_of."""
    found: Any = row
    return CalendarObject(
        id=row.pk,
        v=row.v,
        name=row.name,
        zone=row.zone,
        week=row.week,
        countries=row.countries,
        is_standard=row.is_standard,
        days=[DayObject(date=str(day.date), name=day.name, intervals=day.intervals) for day in found.own_days],
        feeds=[_feed_object(feed) for feed in found.all_feeds],
        now=opening_object(opening_by(row)),
    )


def opening_object(opening: Opening) -> OpeningObject:
    """How it stands now."""
    return OpeningObject(
        is_open=opening.is_open,
        changes_at=instant(opening.changes_at),
        by_hand=opening.by_hand,
        until=instant(opening.until),
    )


def holiday_object(day: date, country: str, name: str, worked: bool) -> HolidayObject:
    """A public holiday by name."""
    return HolidayObject(date=str(day), country=country, name=name, worked=worked)


def hours_object(calendar: Calendar) -> HoursObject:
    """The hours of any week, for shoppers."""
    week = [[(written_time(start), written_time(end)) for start, end in sorted(day)] for day in calendar.week]
    return HoursObject(zone=calendar.zone.key, week=week)


def instant(at: int | None) -> str | None:
    """Milliseconds as they stand on the wire."""
    return None if at is None else rfc3339(clock.from_ms(at))


def _feed_object(feed: HoursFeed) -> FeedObject:
    found: Any = feed
    return FeedObject(
        id=feed.pk,
        name=feed.name,
        host=host_of(feed.url),
        closes=found.closes,
        read_at=rfc3339(feed.read_at) if feed.read_at else None,
        trouble=found.trouble,
    )
