"""Business time: whether a calendar is open, how much of it lies between two instants, the instant after so much of it.

All instants are whole milliseconds since 1970-01-01 UTC. What a calendar says of wall clocks is read like this:

- An interval is `[start, end)` in the calendar's zone, in seconds of the day. An end that is not after its start is on
  the next day: `22:00–06:00` is eight hours, `09:00–09:00` and `00:00–00:00` are a whole day. Overlapping intervals
  count once.
- A holiday is closed from its local midnight to the next one. It takes away the time of its date, not whole shifts:
  what began the evening before ends at midnight, and the small hours after it stay what they are in any week.
- A special day has its own intervals in place of the week's, which may run past midnight; what began the evening before
  ends at midnight. It outranks a holiday.
- A span opens or closes everything between two instants, whatever the rest says; a later one outranks an earlier.
- A time that a change of clocks leaves out means as much later as it leaves out (02:30 becomes 03:30); one that comes
  twice means the first. So do RFC 5545, java.time and ECMAScript's Temporal. Time itself is counted as it passes:
  a day of 23 hours that is open all day has 23.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

DAY_S = 86_400
DAY_MS = DAY_S * 1000
EARLIEST = -2_208_988_800_000
"""1900-01-01: business time before it is not counted."""
LATEST = 7_258_118_400_000
"""2200-01-01: nothing is open from here on."""
NEVER = 253_402_300_799_000
"""What `after` answers when so much business time will not come: the last second of the year 9999."""

Interval = tuple[int, int]
"""Start and end in seconds of the day."""
Week = Sequence[Sequence[Interval]]
"""Seven days, Monday first."""
Stretch = tuple[int, int]
"""Start and end as instants."""
ALWAYS: Week = (((0, DAY_S),),) * 7


@dataclass(frozen=True, slots=True)
class Span:
    """Everything from `start` until `end` is open, or closed; without an end it is so until further notice."""

    start: int
    end: int | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class _Line:
    """The open stretches between two instants; `sums` is open time before each of them, `totals` at its end."""

    low: int
    high: int
    starts: list[int]
    ends: list[int]
    sums: list[int]
    totals: list[int]

    def position(self, at: int) -> int:
        """Open time between `low` and an instant."""
        index = bisect_right(self.starts, at) - 1
        if index < 0:
            return 0
        start, end = self.starts[index], self.ends[index]
        return self.sums[index] + (at if at < end else end) - start


class Calendar:
    """When something is open. Never changes; what it has worked out is kept, so ask the same object again.

    Raises:
        zoneinfo.ZoneInfoNotFoundError, ValueError: there is no such zone; a week of other than seven days; times that
            are no times of a day.
    """

    __slots__ = ("_closed", "_line", "_quiet_from", "_spans", "_special", "_written_until", "week", "zone")

    def __init__(
        self,
        *,
        zone: str,
        week: Week,
        holidays: Collection[date] = (),
        special: Mapping[date, Sequence[Interval]] | None = None,
        spans: Sequence[Span] = (),
    ) -> None:
        self.zone = ZoneInfo(zone)
        self.week = tuple(tuple(day) for day in week)
        self._special = {day: tuple(intervals) for day, intervals in (special or {}).items()}
        self._closed = frozenset(holidays) - self._special.keys()
        self._spans = tuple(spans)
        if len(self.week) != 7:
            raise ValueError("a week has seven days")
        for day in (*self.week, *self._special.values()):
            for start, end in day:
                if not (0 <= start < DAY_S and 0 <= end <= DAY_S):
                    raise ValueError("not a time of the day")
        self._written_until = self._last_exception()
        self._quiet_from = self._end_of_all()
        self._line = _Line(0, 0, [], [], [], [])

    @property
    def is_round_the_clock(self) -> bool:
        """Whether its week knows no closing time, and no date is an exception."""
        whole = all(any(start == 0 and end in (0, DAY_S) for start, end in day) for day in self.week)
        return whole and not self._closed and not self._special

    def is_open(self, at: int) -> bool:
        """Whether it is open at an instant; it is at an interval's start and no longer is at its end."""
        line = self._between(at, at + 1)
        index = bisect_right(line.starts, at) - 1
        return index >= 0 and at < line.ends[index]

    def elapsed(self, start: int, end: int) -> int:
        """Open milliseconds from one instant to another; less than nothing when the second is the earlier one."""
        line = self._between(start, end) if start <= end else self._between(end, start)
        return line.position(end) - line.position(start)

    def after(self, start: int, duration: int) -> int:
        """The first instant at which so much open time has passed since `start`; NEVER when that does not come.

        Nothing more is `start` itself, open or not. What is used up just at closing time ends then, and not when it
        opens next.

        Raises:
            ValueError: less than nothing.
        """
        if duration < 0:
            raise ValueError("business time is counted forwards")
        if duration == 0:
            return start
        high = start + duration
        while True:
            line = self._between(start, high)
            wanted = line.position(start) + duration
            index = bisect_left(line.totals, wanted)
            if index < len(line.totals):
                return line.starts[index] + wanted - line.sums[index]
            if line.high >= self._quiet_from:
                return NEVER
            high = line.high + max(32 * DAY_MS, line.high - start)

    def next_change(self, at: int) -> int | None:
        """The next instant after this one at which it opens or closes; None when that never comes."""
        enough = min(max(at, self._written_until) + 400 * DAY_MS, LATEST)
        high = at + 8 * DAY_MS
        while True:
            line = self._between(at, high)
            index = bisect_right(line.starts, at)
            ahead = line.starts[index] if index < len(line.starts) else line.high
            change = line.ends[index - 1] if index and at < line.ends[index - 1] else ahead
            if change < line.high:
                return change
            if line.high >= enough:
                return None
            high = min(enough, line.high + max(32 * DAY_MS, line.high - at))

    def stretches(self, start: int, end: int) -> list[Stretch]:
        """What is open between two instants, in order."""
        line = self._between(start, end)
        return [
            (max(each, start), min(line.ends[index], end))
            for index, each in enumerate(line.starts)
            if each < end and line.ends[index] > start
        ]

    def _between(self, low: int, high: int) -> _Line:
        """A line that holds both instants. Threads may work it out twice, which is harmless: it is swapped whole."""
        line = self._line
        if line.low <= low and high < line.high:
            return line
        if line.starts or line.high:
            low, high = min(low, line.low), max(high, line.high)
        self._line = line = self._drawn(max(low - 2 * DAY_MS, EARLIEST), min(high + 32 * DAY_MS, LATEST))
        return line

    def _drawn(self, low: int, high: int) -> _Line:
        first, last = self._date(low), self._date(high)
        stretches: list[Stretch] = []
        day = first - timedelta(days=1)
        while day <= last:
            stretches += self._stretches_of(day)
            day += timedelta(days=1)
        low, high = self._instant(first, 0), self._instant(last + timedelta(days=1), 0)
        stretches = _within(_union(stretches), low, high)
        for span in self._spans:
            until = high if span.end is None else span.end
            if span.is_open:
                stretches = _within(_union([*stretches, (span.start, until)]), low, high)
            else:
                stretches = _without(stretches, span.start, until)
        starts = [start for start, _ in stretches]
        totals = list(accumulate(end - start for start, end in stretches))
        return _Line(low, high, starts, [end for _, end in stretches], [0, *totals][: len(starts)], totals)

    def _stretches_of(self, day: date) -> Iterable[Stretch]:
        """What begins on a date."""
        intervals = self._special.get(day, self.week[day.weekday()])
        if not intervals or self._date(self._instant(day, DAY_S // 2)) != day:
            return  # there is no such date where a zone moved across the date line
        tomorrow = day + timedelta(days=1)
        midnight = self._instant(tomorrow, 0)
        for start, end in intervals:
            opens = self._instant(day, start)
            closes = self._instant(day, end) if end > start else self._instant(tomorrow, end)
            if day in self._closed:
                opens = max(opens, midnight)
            if tomorrow in self._closed or tomorrow in self._special:
                closes = min(closes, midnight)
            if closes > opens:
                yield opens, closes

    def _instant(self, day: date, seconds: int) -> int:
        if seconds == DAY_S:
            day, seconds = day + timedelta(days=1), 0
        hours, rest = divmod(seconds, 3600)
        local = datetime(day.year, day.month, day.day, hours, rest // 60, rest % 60, tzinfo=self.zone)
        return round(local.timestamp() * 1000)

    def _date(self, at: int) -> date:
        return datetime.fromtimestamp(at / 1000, self.zone).date()

    def _last_exception(self) -> int:
        """The instant after which only the week counts."""
        days = [self._instant(day, 0) + 3 * DAY_MS for day in (*self._closed, *self._special)]
        return max((*days, *(span.end or span.start for span in self._spans)), default=EARLIEST)

    def _end_of_all(self) -> int:
        """The instant after which nothing will ever be open."""
        end = LATEST if any(self.week) else self._written_until
        for span in self._spans:
            if span.is_open:
                end = max(end, LATEST if span.end is None else span.end)
            elif span.end is None:
                end = min(end, span.start)
        return end


def _union(stretches: list[Stretch]) -> list[Stretch]:
    """Sorted, with those that touch made one."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined


def _within(stretches: list[Stretch], low: int, high: int) -> list[Stretch]:
    return [(max(start, low), min(end, high)) for start, end in stretches if start < high and end > low]


def _without(stretches: list[Stretch], low: int, high: int) -> list[Stretch]:
    if high <= low:
        return stretches
    left = [(start, min(end, low)) for start, end in stretches if start < low]
    return left + [(max(start, high), end) for start, end in stretches if end > high]
