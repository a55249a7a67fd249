"""Open or closed by hand, whatever the calendar says."""

from datetime import timedelta

from django.db.models import Q

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Shop
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.plan.hours.notation import written_week
from sonnim.plan.hours.queries import calendar_row, compile_calendar, standard_row
from sonnim.plan.hours.rules import ALWAYS
from sonnim.plan.hours.telling import tell
from sonnim.plan.models import HoursCalendar, HoursSpan

KEEP = timedelta(days=400)
"""For how long it is known what was said by hand: longer than any time that is still counted."""


def switch_now(*, actor: Actor, is_open: bool, lasting: bool = False, calendar_id: int | None = None) -> HoursSpan:
    """Open, or close, from now until the calendar changes the next time; `lasting`: until somebody says otherwise.

    What was said by hand before ends now. A shop without a calendar gets one that is always open, so that there is
    something to close.

    Raises:
        NotFound: there is no such calendar.
    """
    with log.unit(actor.shop_id) as work:
        calendar = _calendar(actor.shop_id, calendar_id)
        _end(calendar)
        now = clock.now()
        change = None if lasting else compile_calendar(calendar).next_change(clock.to_ms(now))
        until = None if change is None else clock.from_ms(change)
        span = HoursSpan.objects.create(calendar=calendar, agent=actor.agent, start=now, end=until, is_open=is_open)
        calendar.v = tell(work, calendar)
        calendar.save(update_fields=["v"])
        audit.record(
            actor,
            "hours.opened" if is_open else "hours.closed",
            target=f"calendar:{calendar.pk}",
            until=until.isoformat() if until else None,
        )
    return span


def follow_calendar(*, actor: Actor, calendar_id: int | None = None) -> None:
    """Take back what was said by hand: from now on the calendar counts again. What has passed stays as it was.

    Raises:
        NotFound: there is no such calendar.
    """
    with log.unit(actor.shop_id) as work:
        calendar = standard_row(actor.shop_id) if calendar_id is None else calendar_row(actor.shop_id, calendar_id)
        if calendar is not None and _end(calendar):
            calendar.v = tell(work, calendar)
            calendar.save(update_fields=["v"])
            audit.record(actor, "hours.followed", target=f"calendar:{calendar.pk}")


def _calendar(shop_id: int, calendar_id: int | None) -> HoursCalendar:
    if calendar_id is not None:
        return calendar_row(shop_id, calendar_id)
    found = standard_row(shop_id)
    if found is not None:
        return found
    shop = Shop.objects.get(pk=shop_id)
    return HoursCalendar.objects.create(
        shop=shop, name=shop.name[:80], zone=shop.timezone, week=written_week(ALWAYS), is_standard=True
    )


def _end(calendar: HoursCalendar) -> bool:
    """End what was said by hand; answers whether there was anything."""
    now = clock.now()
    by_hand = HoursSpan.objects.filter(calendar=calendar, feed=None)
    by_hand.filter(end__lt=now - KEEP).delete()
    return bool(by_hand.filter(Q(end=None) | Q(end__gt=now)).update(end=now))
