"""A calendar as somebody wants it, checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NotRequired

from typing_extensions import TypedDict

from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid
from sonnim.plan.hours.notation import (
    Unwritten,
    Written,
    check_zone,
    read_date,
    read_intervals,
    read_week,
    written_intervals,
    written_week,
)
from sonnim.plan.hours.publicholidays import countries, dates_of, worked_weekends
from sonnim.plan.hours.rules import Calendar

MAX_COUNTRIES = 5
MAX_DAYS = 400
MAX_YEARS = 20
"""How far from now a day may be. One further away is a slip, and who looks ahead would look through all between."""


class DayWanted(TypedDict):
    """What is said of one date; null instead of intervals: as on any other week, though it be a holiday."""

    date: str
    name: NotRequired[str]
    intervals: Written | None


class CalendarWanted(TypedDict):
    """A calendar, its own days included."""

    name: str
    zone: str
    week: Mapping[str, Written]
    countries: Sequence[str]
    days: Sequence[DayWanted]
    is_standard: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """The same as it is kept."""

    name: str
    zone: str
    week: dict[str, Written]
    countries: list[str]
    days: dict[date, tuple[str, Written | None]]
    is_standard: bool


def checked(wanted: CalendarWanted) -> Checked:
    """Raises: Invalid, with the field that is wrong."""
    given = list(dict.fromkeys(wanted["countries"]))
    if len(given) > MAX_COUNTRIES or any(each not in countries() for each in given):
        raise Invalid(fields={"countries": f"at most {MAX_COUNTRIES} of those that are known"})
    if len(wanted["days"]) > MAX_DAYS:
        raise Invalid(fields={"days": f"at most {MAX_DAYS}"})
    return Checked(
        name=wanted["name"],
        zone=_read("zone", check_zone, wanted["zone"]),
        week=written_week(_read("week", read_week, wanted["week"])),
        countries=given,
        days=_days(wanted["days"]),
        is_standard=wanted["is_standard"],
    )


def compiled(kept: Checked) -> Calendar:
    """A calendar that is not kept yet, to try it on."""
    year = clock.now().year
    years, week = range(year - 1, year + 3), read_week(kept.week)
    worked = worked_weekends(kept.countries, years, week)
    return Calendar(
        zone=kept.zone,
        week=week,
        holidays={
            *dates_of(kept.countries, years) - kept.days.keys(),
            *(day for day, (_, intervals) in kept.days.items() if intervals == []),
        },
        special={
            **{day: hours for day, hours in worked.items() if day not in kept.days},
            **{day: read_intervals(intervals) for day, (_, intervals) in kept.days.items() if intervals},
        },
    )


def _days(wanted: Sequence[DayWanted]) -> dict[date, tuple[str, Written | None]]:
    days: dict[date, tuple[str, Written | None]] = {}
    for each in wanted:
        day = _read("days", read_date, each["date"])
        if abs(day.year - clock.now().year) > MAX_YEARS:
            raise Invalid(fields={"days": f"{day} is not within {MAX_YEARS} years"})
        if day in days:
            raise Invalid(fields={"days": f"{day} comes twice"})
        intervals = each["intervals"]
        kept = None if intervals is None else written_intervals(_read("days", read_intervals, intervals))
        days[day] = each.get("name", "").strip(), kept
    return days


def _read(field: str, reader: Any, given: object) -> Any:
    try:
        return reader(given)
    except Unwritten as error:
        raise Invalid(f"{error}.", fields={field: str(error)}) from error
