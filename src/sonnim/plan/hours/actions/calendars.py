"""Writes of calendars."""

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict
from sonnim.plan.hours.queries import calendar_row
from sonnim.plan.hours.telling import tell
from sonnim.plan.hours.wanted import CalendarWanted, Checked, checked
from sonnim.plan.models import HoursCalendar, HoursDay

MAX_CALENDARS = 50


def save_calendar(*, actor: Actor, wanted: CalendarWanted, calendar_id: int | None = None) -> HoursCalendar:
    """Make a calendar, or write one anew with its own days. The first of a shop is its standard one.

    Raises:
        NotFound: there is no such calendar.
        Conflict: another has this name; there are too many; the standard one steps down only for another.
        Invalid: see wanted.checked.
    """
    kept = checked(wanted)
    with log.unit(actor.shop_id) as work:
        others = HoursCalendar.objects.filter(shop_id=actor.shop_id)
        calendar = HoursCalendar(shop_id=actor.shop_id)
        if calendar_id is not None:
            calendar = calendar_row(actor.shop_id, calendar_id)
            others = others.exclude(pk=calendar_id)
        if calendar.is_standard and not kept.is_standard:
            raise Conflict("Make another calendar the standard one instead.")
        if others.filter(name=kept.name).exists():
            raise Conflict("Another calendar has this name.")
        if calendar_id is None and others.count() >= MAX_CALENDARS:
            raise Conflict(f"A shop has at most {MAX_CALENDARS} calendars.")
        _save(calendar, kept, is_standard=kept.is_standard or not others.filter(is_standard=True).exists())
        calendar.v = tell(work, calendar)
        calendar.save(update_fields=["v"])
        did = "hours.calendar_created" if calendar_id is None else "hours.calendar_changed"
        audit.record(actor, did, target=f"calendar:{calendar.pk}", name=kept.name, zone=kept.zone, week=kept.week)
    return calendar


def delete_calendar(*, actor: Actor, calendar_id: int) -> None:
    """Forget a calendar; what went by it goes by the standard one.

    Raises:
        NotFound.
        Conflict: it is the standard one, and there are others.
    """
    with log.unit(actor.shop_id) as work:
        calendar = calendar_row(actor.shop_id, calendar_id)
        if calendar.is_standard and HoursCalendar.objects.filter(shop_id=actor.shop_id).count() > 1:
            raise Conflict("Make another calendar the standard one first.")
        audit.record(actor, "hours.calendar_deleted", target=f"calendar:{calendar.pk}", name=calendar.name)
        tell(work, calendar)
        calendar.delete()


def _save(calendar: HoursCalendar, kept: Checked, *, is_standard: bool) -> None:
    if is_standard:
        HoursCalendar.objects.filter(shop_id=calendar.shop_id, is_standard=True).exclude(pk=calendar.pk).update(
            is_standard=False
        )
    calendar.name, calendar.zone, calendar.week = kept.name, kept.zone, kept.week
    calendar.countries, calendar.is_standard = kept.countries, is_standard
    calendar.save()
    HoursDay.objects.filter(calendar=calendar, feed=None).delete()
    HoursDay.objects.bulk_create(
        HoursDay(calendar=calendar, date=day, name=name, intervals=intervals)
        for day, (name, intervals) in sorted(kept.days.items())
    )
