"""What calendars say of midnight, of changes of clocks, of holidays and of zones."""

from datetime import date, datetime
from typing import Any

import pytest

from sonnim.kernel import clock
from sonnim.plan.hours.notation import read_week
from sonnim.plan.hours.rules import ALWAYS, LATEST, NEVER, Calendar, Span

HOUR = 3_600_000
NINE_TO_SIX = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
NIGHTS = {day: [["22:00", "06:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def at(text: str) -> int:
    return clock.to_ms(datetime.fromisoformat(text))


def calendar(zone: str, week: dict[str, Any], **more: Any) -> Calendar:
    return Calendar(zone=zone, week=read_week(week), **more)


def hours_open(found: Calendar, start: str, end: str) -> float:
    return found.elapsed(at(start), at(end)) / HOUR


@pytest.mark.parametrize(
    ("zone", "week", "start", "end", "hours"),
    [
        pytest.param("Asia/Seoul", NINE_TO_SIX, "2026-01-09T17:00+09:00", "2026-01-12T10:00+09:00", 2, id="a weekend"),
        pytest.param("UTC", {"fri": [["22:00", "02:00"]]}, "2026-01-09T00:00Z", "2026-01-11T00:00Z", 4, id="past it"),
        pytest.param("UTC", {"sun": [["22:00", "02:00"]]}, "2026-01-12T00:00Z", "2026-01-12T12:00Z", 2, id="Sunday"),
        pytest.param("UTC", {"fri": [["09:00", "24:00"]]}, "2026-01-09T00:00Z", "2026-01-11T00:00Z", 15, id="24:00"),
        pytest.param("UTC", {"fri": [["09:00", "00:00"]]}, "2026-01-09T00:00Z", "2026-01-11T00:00Z", 15, id="00:00"),
        pytest.param("UTC", {"fri": [["00:00", "00:00"]]}, "2026-01-09T00:00Z", "2026-01-11T00:00Z", 24, id="all day"),
        pytest.param("UTC", {"fri": [["09:00", "09:00"]]}, "2026-01-09T00:00Z", "2026-01-11T00:00Z", 24, id="none"),
        pytest.param(
            "UTC", {"fri": [["09:00", "12:00"], ["11:00", "13:00"]]}, "2026-01-09T00:00Z", "2026-01-10T00:00Z", 4,
            id="overlapping ones count once",
        ),
        pytest.param(
            "Europe/Berlin", {"sun": [["00:00", "24:00"]]}, "2026-03-28T12:00Z", "2026-03-30T12:00Z", 23,
            id="the day that loses an hour",
        ),
        pytest.param(
            "Europe/Berlin", {"sun": [["00:00", "24:00"]]}, "2026-10-24T12:00Z", "2026-10-26T12:00Z", 25,
            id="the day that gains one",
        ),
        pytest.param(
            "America/New_York", {"sun": [["01:00", "05:00"]]}, "2026-03-08T00:00Z", "2026-03-09T00:00Z", 3,
            id="over the gap",
        ),
        pytest.param(
            "America/New_York", {"sat": [["22:00", "06:00"]]}, "2026-11-01T00:00Z", "2026-11-02T00:00Z", 9,
            id="a night that has the hour twice",
        ),
        pytest.param(
            "America/New_York", {"sun": [["02:30", "04:00"]]}, "2026-03-08T00:00Z", "2026-03-09T00:00Z", 0.5,
            id="a time that is left out is as much later",
        ),
        pytest.param(
            "America/New_York", {"sun": [["01:30", "03:00"]]}, "2026-11-01T00:00Z", "2026-11-02T00:00Z", 2.5,
            id="a time that comes twice is the first",
        ),
        pytest.param(
            "Australia/Lord_Howe", {"sun": [["00:00", "24:00"]]}, "2026-04-04T00:00Z", "2026-04-06T00:00Z", 24.5,
            id="half an hour of it",
        ),
        pytest.param(
            "Pacific/Apia", {"fri": [["09:00", "17:00"]], "sat": [["10:00", "12:00"]]},
            "2011-12-29T00:00Z", "2012-01-01T00:00Z", 2, id="a day that never was",
        ),
        pytest.param(
            "Asia/Kathmandu", NINE_TO_SIX, "2026-01-09T00:00Z", "2026-01-09T04:15Z", 1, id="a quarter of an hour off"
        ),
    ],
)  # fmt: skip
def test_wall_clocks_are_read_as_people_read_them(
    zone: str, week: dict[str, Any], start: str, end: str, hours: float
) -> None:
    assert hours_open(calendar(zone, week), start, end) == hours


def test_a_holiday_closes_its_own_date_and_no_other() -> None:
    nights = calendar("Asia/Seoul", NIGHTS, holidays=[date(2026, 1, 1)])
    assert hours_open(nights, "2025-12-31T21:00+09:00", "2026-01-01T12:00+09:00") == 2  # until midnight
    assert hours_open(nights, "2026-01-01T00:00+09:00", "2026-01-02T00:00+09:00") == 0
    assert hours_open(nights, "2026-01-02T00:00+09:00", "2026-01-02T12:00+09:00") == 6  # as on any night


def test_a_holiday_is_one_in_the_zone_of_the_calendar() -> None:
    always = Calendar(zone="Pacific/Auckland", week=ALWAYS, holidays=[date(2026, 1, 1)])
    assert always.next_change(at("2025-12-20T00:00Z")) == at("2026-01-01T00:00+13:00")
    assert always.next_change(at("2026-01-01T00:00+13:00")) == at("2026-01-02T00:00+13:00")


def test_a_special_day_has_its_own_hours_even_on_a_holiday_and_may_run_past_midnight() -> None:
    eve = date(2026, 12, 24)
    found = calendar("UTC", NINE_TO_SIX, holidays=[eve], special={eve: [(36_000, 50_400), (79_200, 3_600)]})
    assert hours_open(found, "2026-12-24T00:00Z", "2026-12-25T00:00Z") == 6
    assert hours_open(found, "2026-12-25T00:00Z", "2026-12-26T00:00Z") == 10


def test_what_has_passed_at_closing_time_ends_then_and_a_moment_more_ends_after_the_weekend() -> None:
    found = calendar("Asia/Seoul", NINE_TO_SIX)
    friday = at("2026-01-09T17:00+09:00")
    assert found.after(friday, HOUR) == at("2026-01-09T18:00+09:00")
    assert found.after(friday, HOUR + 1) == at("2026-01-12T09:00+09:00") + 1
    assert found.after(at("2026-01-10T12:00+09:00"), 0) == at("2026-01-10T12:00+09:00")


def test_the_next_change_is_the_closing_then_the_opening() -> None:
    found = calendar("Asia/Seoul", NINE_TO_SIX)
    closing = found.next_change(at("2026-01-09T12:00+09:00"))
    assert closing == at("2026-01-09T18:00+09:00")
    assert found.next_change(closing) == at("2026-01-12T09:00+09:00")
    assert found.is_open(closing - 1) and not found.is_open(closing)


def test_round_the_clock_nothing_changes() -> None:
    found = Calendar(zone="Europe/Berlin", week=ALWAYS)
    assert found.is_round_the_clock
    assert found.next_change(at("2026-03-01T00:00Z")) is None
    assert hours_open(found, "2026-03-01T00:00Z", "2027-03-01T00:00Z") == 365 * 24


def test_what_never_opens_says_so_at_once() -> None:
    found = calendar("UTC", {})
    assert found.after(at("2026-01-01T00:00Z"), 1) == NEVER
    assert found.next_change(at("2026-01-01T00:00Z")) is None
    assert calendar("UTC", NINE_TO_SIX).after(at("2026-01-01T00:00Z"), LATEST) == NEVER


def test_a_span_outranks_the_week_and_a_later_one_an_earlier() -> None:
    night, day = at("2026-01-10T00:00Z"), at("2026-01-12T00:00Z")
    opened = Span(night, day, True)
    closed = Span(night + HOUR, None, False)
    found = calendar("UTC", NINE_TO_SIX, spans=[opened])
    assert found.is_open(night) and found.elapsed(night, day) == 48 * HOUR
    found = calendar("UTC", NINE_TO_SIX, spans=[opened, closed])
    assert found.elapsed(night, day) == HOUR
    assert found.after(night, HOUR + 1) == NEVER
    assert calendar("UTC", NINE_TO_SIX, spans=[closed, opened]).elapsed(night, day) == 48 * HOUR


@pytest.mark.parametrize("broken", [{"week": ALWAYS[:6]}, {"zone": "Mars/Base"}, {"week": (((0, 90_000),),) * 7}])
def test_no_calendar_is_made_of_what_is_none(broken: dict[str, Any]) -> None:
    with pytest.raises((ValueError, KeyError)):
        Calendar(**{"zone": "UTC", "week": ALWAYS, **broken})
