"""Reads of business hours: the calendar that counts, compiled."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Count, F, Prefetch, Q, QuerySet

from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound
from sonnim.plan.hours.notation import read_intervals, read_week
from sonnim.plan.hours.publicholidays import dates_of, worked_weekends
from sonnim.plan.hours.rules import ALWAYS, Calendar, Interval, Span
from sonnim.plan.models import HoursCalendar, HoursDay, HoursFeed, HoursSpan

OPEN = Calendar(zone="UTC", week=ALWAYS)
"""The calendar of a shop that has none."""
YEARS_BACK, YEARS_AHEAD = 3, 6
"""For how long around today public holidays are kept."""


def calendar_of(shop_id: int, calendar_id: int | None = None) -> Calendar:
    """A calendar of a shop, or its standard one; a shop without any is always open. Costs one small query.

    A calendar that is no more, or another shop's, is the standard one.
    """
    wanted = Q(is_standard=True) if calendar_id is None else Q(pk=calendar_id) | Q(is_standard=True)
    found = dict(HoursCalendar.objects.filter(wanted, shop_id=shop_id).values_list("pk", "v"))
    if not found:
        return OPEN
    pk = calendar_id if calendar_id in found else next(iter(found))
    return _compiled(pk, found[pk], clock.now().year)


@lru_cache(maxsize=1024)
def _compiled(calendar_id: int, v: int, year: int) -> Calendar:
    """Kept by version: another one asks again."""
    return compile_calendar(HoursCalendar.objects.get(pk=calendar_id))


def compile_calendar(row: HoursCalendar) -> Calendar:
    """A calendar as its rows stand now, which inside a unit of work nobody else sees yet."""
    year = clock.now().year
    years, week = range(year - YEARS_BACK, year + YEARS_AHEAD), read_week(row.week)
    closed = dates_of(row.countries, years)
    special: dict[date, Sequence[Interval]] = worked_weekends(row.countries, years, week)
    days = HoursDay.objects.filter(calendar=row).order_by(F("feed").desc(nulls_last=True), "pk")
    for day, intervals in days.values_list("date", "intervals"):  # the shop's own word comes last, and holds
        closed.discard(day)
        special.pop(day, None)
        if intervals:
            special[day] = read_intervals(intervals)
        elif intervals is not None:
            closed.add(day)
    spans = HoursSpan.objects.filter(calendar=row).order_by(F("feed").desc(nulls_last=True), "pk")
    return Calendar(
        zone=row.zone,
        week=week,
        holidays=closed,
        special=special,
        spans=[
            Span(clock.to_ms(each.start), None if each.end is None else clock.to_ms(each.end), each.is_open)
            for each in spans
        ],
    )


def standard_row(shop_id: int) -> HoursCalendar | None:
    """The standard calendar of a shop."""
    return HoursCalendar.objects.filter(shop_id=shop_id, is_standard=True).first()


def calendar_row(shop_id: int, calendar_id: int) -> HoursCalendar:
    """Raises: NotFound."""
    row = HoursCalendar.objects.filter(pk=calendar_id, shop_id=shop_id).first()
    if row is None:
        raise NotFound("There is no such calendar.")
    return row


class Opening(NamedTuple):
    """How it stands now by a calendar.

    Attributes:
        changes_at: when it opens or closes next, if ever.
        by_hand: somebody said so, whatever the calendar says; `until` when, None without an end.
    """

    is_open: bool
    changes_at: int | None
    by_hand: bool
    until: int | None
    calendar: Calendar


def opening_of(shop_id: int) -> Opening | None:
    """How it stands now by a shop's standard calendar, the one place that says so; None: there is none."""
    row = _whole(HoursCalendar.objects.filter(shop_id=shop_id, is_standard=True)).first()
    return None if row is None else opening_by(row)


def opening_by(row: HoursCalendar) -> Opening:
    """How it stands now by a calendar that came from `calendars_of` or its like."""
    now = clock.now_ms()
    calendar = _compiled(row.pk, row.v, clock.now().year)
    last = next((span for span in reversed(row.by_hand) if _holds(span, now)), None)  # type: ignore[attr-defined]
    until = clock.to_ms(last.end) if last is not None and last.end is not None else None
    return Opening(calendar.is_open(now), calendar.next_change(now), last is not None, until, calendar)


def calendars_of(shop_id: int) -> list[HoursCalendar]:
    """All calendars of a shop with what belongs to them, the standard one first."""
    rows = _whole(HoursCalendar.objects.filter(shop_id=shop_id)).order_by("-is_standard", "name", "pk")
    return list(rows.prefetch_related(*_BELONGINGS))


def whole_calendar(shop_id: int, calendar_id: int) -> HoursCalendar:
    """One of them. Raises: NotFound."""
    row = _whole(HoursCalendar.objects.filter(shop_id=shop_id, pk=calendar_id)).prefetch_related(*_BELONGINGS).first()
    if row is None:
        raise NotFound("There is no such calendar.")
    return row


def _whole(rows: QuerySet[HoursCalendar]) -> QuerySet[HoursCalendar]:
    by_hand = HoursSpan.objects.filter(feed=None).order_by("pk")
    return rows.prefetch_related(Prefetch("spans", by_hand, to_attr="by_hand"))


def _holds(span: HoursSpan, now: int) -> bool:
    return clock.to_ms(span.start) <= now and (span.end is None or now < clock.to_ms(span.end))


_BELONGINGS = (
    Prefetch("days", HoursDay.objects.filter(feed=None).order_by("date"), to_attr="own_days"),
    Prefetch(
        "feeds",
        HoursFeed.objects.annotate(closes=Count("days", distinct=True) + Count("spans", distinct=True)).order_by("pk"),
        to_attr="all_feeds",
    ),
)
