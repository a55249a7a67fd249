"""Writes of calendars that are kept elsewhere: files that were imported, and feeds."""

from datetime import timedelta

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound
from sonnim.plan.hours import feeds
from sonnim.plan.hours.feeds import NotRead
from sonnim.plan.hours.ical import Closed
from sonnim.plan.hours.queries import calendar_row
from sonnim.plan.hours.telling import tell
from sonnim.plan.models import HoursCalendar, HoursDay, HoursFeed, HoursSpan

MAX_FEEDS = 20
FEED = "hours.feed"
"""Of the outbox row that reads one again."""
DAILY = timedelta(days=1)
FIRST_WAIT = timedelta(hours=1)
AT_ONCE = 50


def import_file(*, actor: Actor, calendar_id: int, raw: bytes, name: str = "") -> HoursFeed:
    """Close what an iCalendar file closes.

    Raises:
        NotFound: there is no such calendar.
        Invalid: the file cannot be read.
        Conflict: there are too many.
    """
    return _add(actor, calendar_row(actor.shop_id, calendar_id), raw=raw, url="", name=name)


def add_feed(*, actor: Actor, calendar_id: int, url: str, name: str = "") -> HoursFeed:
    """Close what a calendar at an address closes, read now and then every day.

    Raises:
        NotFound: there is no such calendar.
        Invalid: it cannot be fetched or read.
        Conflict: there are too many.
    """
    return _add(actor, calendar_row(actor.shop_id, calendar_id), raw=b"", url=feeds.address_of(url), name=name)


def remove_feed(*, actor: Actor, feed_id: int) -> None:
    """Forget a file or a feed, and the days that came from it.

    Raises:
        NotFound.
    """
    with log.unit(actor.shop_id) as work:
        feed = HoursFeed.objects.filter(pk=feed_id, calendar__shop_id=actor.shop_id).select_related("calendar").first()
        if feed is None:
            raise NotFound("There is no such feed.")
        audit.record(actor, "hours.feed_removed", target=f"calendar:{feed.calendar_id}", name=feed.name)
        calendar = feed.calendar
        feed.delete()
        _bring_up(work, calendar)


def refresh_due_feeds() -> int:
    """Have the feeds read that are due; answers how many."""
    asked = 0
    due = HoursFeed.objects.filter(due_at__lte=clock.now()).order_by("due_at")
    for feed_id, shop_id in due.values_list("pk", "calendar__shop_id")[:AT_ONCE]:
        with log.unit(shop_id) as work:
            later = clock.now() + FIRST_WAIT  # until it says itself when it is due
            if HoursFeed.objects.filter(pk=feed_id, due_at__lte=clock.now()).update(due_at=later):
                work.enqueue(FEED, {"feed_id": feed_id}, shop_id=shop_id)
                asked += 1
    return asked


def read_feed(*, feed_id: int) -> None:
    """Read a feed again. One that cannot be fetched keeps its days, and is tried again after an hour or more."""
    feed = HoursFeed.objects.filter(pk=feed_id).exclude(url="").select_related("calendar").first()
    if feed is None:
        return
    found: Closed | None = None
    trouble = ""
    try:
        found = feeds.fetch(feed.url, zone=feed.calendar.zone)
    except NotRead as error:
        trouble = error.trouble
    with log.unit(feed.calendar.shop_id) as work:
        feed = HoursFeed.objects.filter(pk=feed_id).select_related("calendar").first()
        if feed is None:
            return  # removed meanwhile
        if found is None:
            feed.failures, feed.trouble = feed.failures + 1, trouble
            feed.due_at = clock.now() + min(DAILY, FIRST_WAIT * 2 ** min(feed.failures, 5))
        else:
            feed.failures, feed.trouble = 0, ""
            feed.read_at, feed.due_at = clock.now(), clock.now() + DAILY
            if _replace(feed, found):
                _bring_up(work, feed.calendar)
        feed.save()


def _add(actor: Actor, calendar: HoursCalendar, *, raw: bytes, url: str, name: str) -> HoursFeed:
    try:
        found = feeds.fetch(url, zone=calendar.zone) if url else feeds.read(raw, zone=calendar.zone)
    except NotRead as error:
        field = "url" if url else "file"
        raise Invalid(f"This calendar cannot be read: {error}.", fields={field: error.trouble}) from error
    if not url and not found.days and not found.spans:
        raise Invalid("This file closes no day of the next years.", fields={"file": "empty"})
    with log.unit(actor.shop_id) as work:
        calendar = calendar_row(actor.shop_id, calendar.pk)
        if HoursFeed.objects.filter(calendar=calendar).count() >= MAX_FEEDS:
            raise Conflict(f"A calendar has at most {MAX_FEEDS} files and feeds.")
        now = clock.now()
        feed = HoursFeed.objects.create(
            calendar=calendar,
            name=name.strip()[:120] or found.name or feeds.host_of(url),
            url=url,
            read_at=now,
            due_at=now + DAILY if url else None,
        )
        _replace(feed, found)
        _bring_up(work, calendar)
        did = "hours.feed_added" if url else "hours.file_imported"
        audit.record(
            actor, did, target=f"calendar:{calendar.pk}", name=feed.name, host=feeds.host_of(url), days=len(found.days)
        )
    return feed


def _replace(feed: HoursFeed, found: Closed) -> bool:
    """Keep what a feed says now; answers whether that is something else."""
    days = {(day, name) for day, name in HoursDay.objects.filter(feed=feed).values_list("date", "name")}
    spans = {
        (clock.to_ms(span.start), clock.to_ms(span.end) if span.end else None, span.name)
        for span in HoursSpan.objects.filter(feed=feed)
    }
    if days == set(found.days.items()) and spans == set(found.spans):
        return False
    HoursDay.objects.filter(feed=feed).delete()
    HoursSpan.objects.filter(feed=feed).delete()
    HoursDay.objects.bulk_create(
        HoursDay(calendar_id=feed.calendar_id, feed=feed, date=day, name=name, intervals=[])
        for day, name in found.days.items()
    )
    HoursSpan.objects.bulk_create(
        HoursSpan(
            calendar_id=feed.calendar_id,
            feed=feed,
            name=name,
            start=clock.from_ms(start),
            end=clock.from_ms(end),
            is_open=False,
        )
        for start, end, name in found.spans
    )
    return True


def _bring_up(work: Unit, calendar: HoursCalendar) -> None:
    calendar.v = tell(work, calendar)
    calendar.save(update_fields=["v"])
