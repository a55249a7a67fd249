"""Questions to a calendar that bring it along, one JSON object each. Pure."""

import json
import math
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sonnim.kernel import clock
from sonnim.plan.hours.notation import Unwritten, check_zone, read_date, read_intervals, read_week
from sonnim.plan.hours.rules import EARLIEST, LATEST, NEVER, Calendar


class Case(NamedTuple):
    """A calendar, and what is asked of it."""

    calendar: Calendar
    start: datetime
    given: dict[str, Any]

    @property
    def start_ms(self) -> int:
        """Milliseconds since 1970."""
        return clock.to_ms(self.start)


def read_case(line: str) -> Case:
    """`{"zone", "intervals", "holidays", "special", "from", …}`.

    Times without an offset are the zone's own; `holidays` and `special` (date → intervals) may be left out.

    Raises:
        Unwritten: what is wrong with it.
    """
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unwritten("not JSON") from error
    if not isinstance(given, dict):
        raise Unwritten("not an object")
    parts = [given.get("zone"), given.get("intervals"), given.get("holidays") or [], given.get("special") or {}]
    calendar = _calendar(json.dumps(parts, sort_keys=True))
    return Case(calendar, _instant(given, "from", calendar.zone), given)


def seconds_elapsed(case: Case) -> float:
    """Business seconds from `from` to `to`; whole ones as a whole number.

    Raises:
        Unwritten.
    """
    end = clock.to_ms(_instant(case.given, "to", case.calendar.zone))
    passed = case.calendar.elapsed(case.start_ms, end)
    return passed // 1000 if passed % 1000 == 0 else passed / 1000


def instant_after(case: Case) -> str:
    """The instant after `seconds` of business time: in UTC when `from` is, else in the calendar's zone.

    Raises:
        Unwritten: also when it never comes.
    """
    seconds = case.given.get("seconds")
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < math.inf:
        raise Unwritten("seconds is a number that is not below 0")
    at = case.calendar.after(case.start_ms, round(min(seconds, NEVER) * 1000))
    if at == NEVER:
        raise Unwritten("so much business time never comes")
    in_utc = case.start.utcoffset() == UTC.utcoffset(None)
    moment = clock.from_ms(at) if in_utc else clock.from_ms(at).astimezone(case.calendar.zone)
    written = moment.isoformat(timespec="milliseconds" if at % 1000 else "seconds")
    return written.replace("+00:00", "Z") if str(case.given["from"]).upper().endswith("Z") else written


@lru_cache(maxsize=256)
def _calendar(parts: str) -> Calendar:
    zone, intervals, holidays, special = json.loads(parts)
    if not isinstance(holidays, list) or not isinstance(special, dict):
        raise Unwritten("holidays is a list of dates, special an object of date to intervals")
    return Calendar(
        zone=check_zone(zone),
        week=read_week(intervals),
        holidays=[read_date(day) for day in holidays],
        special={read_date(day): read_intervals(hours) for day, hours in special.items()},
    )


def _instant(given: dict[str, Any], name: str, zone: ZoneInfo) -> datetime:
    text = given.get(name)
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
        if moment is not None:
            moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
            if EARLIEST <= clock.to_ms(moment) < LATEST:
                return moment
    except (ValueError, OverflowError):
        pass
    raise Unwritten(f"{name} is an instant such as 2026-01-01T09:00:00Z, from 1900 to 2199")
