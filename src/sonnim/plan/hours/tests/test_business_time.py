"""Business time as arithmetic: it adds up, never runs backwards, and its two questions answer each other."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sonnim.plan.hours.rules import DAY_MS, DAY_S, NEVER, Calendar, Span

ZONES = (
    "UTC", "Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Pacific/Apia",
    "Africa/Casablanca", "America/Sao_Paulo", "Asia/Kathmandu",
)  # fmt: skip
FIRST = int(datetime(2009, 12, 1, tzinfo=UTC).timestamp() * 1000)
LAST = int(datetime(2012, 6, 1, tzinfo=UTC).timestamp() * 1000)  # a day that Apia never had, and changes of clocks

quarters = st.integers(0, 95).map(lambda quarter: quarter * 900)
intervals = st.tuples(quarters, st.one_of(quarters, st.just(DAY_S)))
hours = st.lists(intervals, max_size=3)
instants = st.integers(FIRST, LAST)
days = st.dates(date(2009, 12, 1), date(2012, 6, 1))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(instants)
    end = draw(st.none() | st.integers(0, 40 * DAY_MS).map(lambda length: start + length))
    return Span(start, end, draw(st.booleans()))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    return Calendar(
        zone=draw(st.sampled_from(ZONES)),
        week=draw(st.lists(hours, min_size=7, max_size=7)),
        holidays=draw(st.lists(days, max_size=5)),
        special=draw(st.dictionaries(days, hours, max_size=3)),
        spans=draw(st.lists(spans(), max_size=2)),
    )


@given(calendar=calendars(), a=instants, b=instants, c=instants)
def test_business_time_adds_up(calendar: Calendar, a: int, b: int, c: int) -> None:
    assert calendar.elapsed(a, b) + calendar.elapsed(b, c) == calendar.elapsed(a, c)


@given(calendar=calendars(), at=instants, then=st.integers(0, 90 * DAY_MS))
def test_business_time_never_runs_backwards_nor_faster_than_the_clock(calendar: Calendar, at: int, then: int) -> None:
    assert 0 <= calendar.elapsed(at, at + then) <= then


@given(calendar=calendars(), start=instants, much=st.integers(1, 30 * DAY_MS))
def test_the_instant_after_some_business_time_is_the_first_at_which_it_has_passed(
    calendar: Calendar, start: int, much: int
) -> None:
    end = calendar.after(start, much)
    if end == NEVER:
        assert calendar.elapsed(start, start + 3 * 366 * DAY_MS) < much
        return
    assert calendar.elapsed(start, end) == much
    assert calendar.elapsed(start, end - 1) == much - 1
    assert calendar.is_open(end - 1)


@given(calendar=calendars(), start=instants, much=st.integers(0, 20 * DAY_MS), more=st.integers(0, 20 * DAY_MS))
def test_more_business_time_ends_later(calendar: Calendar, start: int, much: int, more: int) -> None:
    assert calendar.after(start, much) <= calendar.after(start, much + more)


@given(calendar=calendars(), start=instants, end=instants)
def test_the_instant_after_what_has_elapsed_is_never_later(calendar: Calendar, start: int, end: int) -> None:
    start, end = min(start, end), max(start, end)
    passed = calendar.elapsed(start, end)
    back = calendar.after(start, passed)
    assert start <= back <= end
    assert calendar.elapsed(back, end) == 0


@given(calendar=calendars(), at=instants)
def test_between_a_change_and_the_next_nothing_changes(calendar: Calendar, at: int) -> None:
    change = calendar.next_change(at)
    until = at + 500 * DAY_MS if change is None else change
    passed = calendar.elapsed(at, until)
    assert passed == (until - at if calendar.is_open(at) else 0)
    if change is not None:
        assert calendar.is_open(change) != calendar.is_open(at)


@given(calendar=calendars(), a=instants, b=instants)
@settings(max_examples=50)
def test_the_stretches_of_a_time_are_its_business_time(calendar: Calendar, a: int, b: int) -> None:
    start, end = min(a, b), max(a, b)
    assert sum(until - since for since, until in calendar.stretches(start, end)) == calendar.elapsed(start, end)


@given(
    week=st.lists(hours, min_size=7, max_size=7), holiday=days, before=st.integers(0, 200), length=st.integers(0, 400)
)
def test_where_clocks_never_change_it_is_what_a_count_of_the_quarters_says(
    week: list[list[tuple[int, int]]], holiday: date, before: int, length: int
) -> None:
    quarter = 900_000
    midnight = datetime(holiday.year, holiday.month, holiday.day, tzinfo=UTC) - timedelta(hours=9)
    start = int(midnight.timestamp() * 1000) - before * quarter
    end = start + length * quarter
    calendar = Calendar(zone="Asia/Seoul", week=week, holidays=[holiday])
    counted = sum(quarter for at in range(start, end, quarter) if _open_in_seoul(week, holiday, at))
    assert calendar.elapsed(start, end) == counted


def _open_in_seoul(week: list[list[tuple[int, int]]], holiday: date, at: int) -> bool:
    local = datetime.fromtimestamp(at / 1000, UTC) + timedelta(hours=9)
    second = local.hour * 3600 + local.minute * 60
    if local.date() == holiday:
        return False
    today = any(start <= second < end or (end <= start <= second) for start, end in week[local.weekday()])
    return today or any(end <= start and second < end for start, end in week[local.weekday() - 1])
