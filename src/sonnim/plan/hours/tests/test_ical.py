"""What an iCalendar file closes, whoever wrote it."""

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sonnim.kernel import clock
from sonnim.plan.hours import ical
from sonnim.plan.hours.ical import Closed, Unreadable

SEOUL = ZoneInfo("Asia/Seoul")


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def calendar(*events: str) -> bytes:
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:온기 휴무")
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""]).encode()


def read(*events: str) -> Closed:
    return ical.read(calendar(*events), zone=SEOUL, first=date(2026, 1, 1), last=date(2028, 12, 31))


def days(*events: str) -> list[str]:
    return [day.isoformat() for day in read(*events).days]


def at(text: str) -> int:
    return clock.to_ms(datetime.fromisoformat(text))


def test_an_event_of_whole_days_closes_them_without_the_one_on_which_it_ends() -> None:
    found = read(event("UID:1", "DTSTART;VALUE=DATE:20260301", "DTEND;VALUE=DATE:20260303", "SUMMARY:여행"))
    assert found.name == "온기 휴무"
    assert found.days == {date(2026, 3, 1): "여행", date(2026, 3, 2): "여행"}
    assert found.spans == []


def test_an_event_with_a_time_closes_that_time_in_its_own_zone_or_else_the_calendars() -> None:
    found = read(
        event("UID:1", "DTSTART;TZID=Europe/Berlin:20260601T090000", "DTEND;TZID=Europe/Berlin:20260601T100000"),
        event("UID:2", "DTSTART:20260602T140000", "DURATION:PT90M", "SUMMARY:회의"),
        event("UID:3", "DTSTART:20260603T000000Z", "DTEND:20260603T010000Z"),
    )
    assert [(start, end) for start, end, _ in found.spans] == [
        (at("2026-06-01T09:00+02:00"), at("2026-06-01T10:00+02:00")),
        (at("2026-06-02T14:00+09:00"), at("2026-06-02T15:30+09:00")),
        (at("2026-06-03T00:00Z"), at("2026-06-03T01:00Z")),
    ]


def test_what_recurs_closes_each_time_but_for_what_is_taken_out_moved_or_past_its_end() -> None:
    yearly = ("UID:1", "DTSTART;VALUE=DATE:20200404", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270404")
    moved = event("UID:1", "RECURRENCE-ID;VALUE=DATE:20260404", "DTSTART;VALUE=DATE:20260406")
    assert days(event(*yearly), moved) == ["2026-04-06", "2028-04-04"]
    third_monday = event("UID:2", "DTSTART;VALUE=DATE:20260119", "RRULE:FREQ=MONTHLY;BYDAY=3MO;COUNT=3")
    assert days(third_monday) == ["2026-01-19", "2026-02-16", "2026-03-16"]
    until = event("UID:3", "DTSTART;VALUE=DATE:20260105", "RRULE:FREQ=WEEKLY;UNTIL=20260119")
    assert days(until) == ["2026-01-05", "2026-01-12", "2026-01-19"]
    listed = event("UID:4", "DTSTART;VALUE=DATE:20260105", "RDATE;VALUE=DATE:20260207,20260309")
    assert days(listed) == ["2026-01-05", "2026-02-07", "2026-03-09"]


def test_a_weekly_meeting_keeps_its_time_on_the_wall_when_clocks_change() -> None:
    meeting = event(
        "UID:1",
        "DTSTART;TZID=Europe/Berlin:20260323T090000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;UNTIL=20260330T070000Z",
    )
    starts = [start for start, _, _ in read(meeting).spans]
    assert starts == [at("2026-03-23T09:00+01:00"), at("2026-03-30T09:00+02:00")]


def test_what_is_cancelled_closes_nothing() -> None:
    assert days(event("UID:1", "DTSTART;VALUE=DATE:20260110", "STATUS:CANCELLED")) == []


def test_what_is_not_understood_is_counted_and_the_rest_is_read() -> None:
    found = read(
        event("UID:1", "SUMMARY:no date"),
        event("UID:2", "DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:22000101"),
        event("UID:3", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=SECONDLY"),
        event("UID:4", "DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        event("UID:5", "DTSTART;VALUE=DATE:20260501", "SUMMARY:노동절"),
    )
    assert found.days == {date(2026, 5, 1): "노동절"}
    assert found.skipped == 4


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>",
        b"BEGIN:VCALENDAR\r\n",
        b"\xff\xfe\x00",
        b"BEGIN:VEVENT\r\nEND:VEVENT\r\n",
        b"x" * (ical.MAX_BYTES + 1),
        calendar(*(event(f"UID:{n}", "DTSTART;VALUE=DATE:20260101") for n in range(ical.MAX_EVENTS + 1))),
        calendar(
            *(event(f"UID:{n}", f"DTSTART:20260101T0{n}0000", "DURATION:PT1H", "RRULE:FREQ=DAILY") for n in range(3))
        ),
    ],
    ids=["nothing", "a page", "no end", "no text", "no calendar", "too large", "too many", "too many times"],
)
def test_what_is_no_calendar_or_an_endless_one_is_refused_soon(raw: bytes) -> None:
    began = time.monotonic()
    with pytest.raises(Unreadable):
        ical.read(raw, zone=SEOUL, first=date(2026, 1, 1), last=date(2028, 12, 31))
    assert time.monotonic() - began < 20


def test_a_rule_that_names_every_second_of_the_day_is_left_out_at_once() -> None:
    every = ";".join(
        f"{name}={','.join(map(str, range(count)))}"
        for name, count in (("BYHOUR", 24), ("BYMINUTE", 60), ("BYSECOND", 60))
    )
    found = read(
        event("UID:1", "DTSTART:20260101T000000", "DURATION:PT1H", f"RRULE:FREQ=DAILY;{every}"),
        event("UID:2", "DTSTART:00010101T000000", "DURATION:PT1H", "RRULE:FREQ=DAILY"),
        event("UID:3", "DTSTART;VALUE=DATE:20260501", "SUMMARY:노동절"),
    )
    assert (found.days, found.spans, found.skipped) == ({date(2026, 5, 1): "노동절"}, [], 2)


def test_a_name_is_text_that_every_database_takes_and_of_two_the_first() -> None:
    found = read(event("UID:1", "DTSTART;VALUE=DATE:20260501", "SUMMARY:노동\0절", "SUMMARY:May Day"))
    assert found.days == {date(2026, 5, 1): "노동절"}


def test_a_year_is_not_worked_out_for_a_day_that_never_comes() -> None:
    began = time.monotonic()
    never = [
        event(f"UID:{n}", "DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
        for n in range(400)
    ]
    with pytest.raises(Unreadable):
        read(*never)
    assert time.monotonic() - began < 20
