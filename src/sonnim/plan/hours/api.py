"""The HTTP side of business hours."""

from typing import Annotated, Any, cast

from ninja import Status
from pydantic import StringConstraints

from sonnim.accounts.api.fields import LocaleField, Page, Title
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter, Text
from sonnim.accounts.permissions import Permission as P
from sonnim.kernel import clock
from sonnim.plan.hours import actions, queries
from sonnim.plan.hours.publicholidays import coming, countries
from sonnim.plan.hours.shapes import (
    CalendarObject,
    HolidayObject,
    OpeningObject,
    calendar_object,
    holiday_object,
    instant,
)
from sonnim.plan.hours.wanted import CalendarWanted, checked, compiled

router = ShopRouter(tag="hours")
routers = (router,)
Name = Annotated[Text, StringConstraints(max_length=120)]


class DayBody(Body):
    date: Text
    name: Name = ""
    intervals: list[list[Text]] | None = None


class CalendarBody(Body):
    name: Title
    zone: Text
    week: dict[Text, list[list[Text]]]
    countries: list[Text] = []
    days: list[DayBody] = []
    is_standard: bool = False

    def wanted(self) -> CalendarWanted:
        """What the actions take."""
        return cast(CalendarWanted, self.model_dump())


class ImportBody(Body):
    ical: Text
    name: Name = ""


class FeedBody(Body):
    url: Annotated[Text, StringConstraints(max_length=2000)]
    name: Name = ""


class SwitchBody(Body):
    """`lasting`: until somebody says otherwise, instead of until the calendar changes next."""

    is_open: bool
    lasting: bool = False
    calendar_id: RowId | None = None


@router.get("/hours/calendars", needs=P.CONVERSATION_READ, response=Page[CalendarObject])
def list_calendars(caller: Caller) -> dict[str, Any]:
    """All calendars of the shop, the standard one first; a shop has at most 50."""
    return {"items": [calendar_object(each) for each in queries.calendars_of(caller.shop_id)]}


@router.post("/hours/calendars", needs=P.PLAN_MANAGE, response={201: CalendarObject})
def create_calendar(caller: Caller, body: CalendarBody) -> Status[CalendarObject]:
    """Make a calendar; the first one is the standard one."""
    made = actions.save_calendar(actor=caller.actor, wanted=body.wanted())
    return Status(201, _whole(caller, made.pk))


@router.put("/hours/calendars/{calendar_id}", needs=P.PLAN_MANAGE, response=CalendarObject)
def change_calendar(caller: Caller, calendar_id: int, body: CalendarBody) -> CalendarObject:
    """Write it anew, its own days included; files and feeds stay."""
    actions.save_calendar(actor=caller.actor, wanted=body.wanted(), calendar_id=calendar_id)
    return _whole(caller, calendar_id)


@router.delete("/hours/calendars/{calendar_id}", needs=P.PLAN_MANAGE, response={204: None})
def delete_calendar(caller: Caller, calendar_id: int) -> Status[None]:
    """Forget it."""
    actions.delete_calendar(actor=caller.actor, calendar_id=calendar_id)
    return Status(204, None)


@router.post("/hours/calendars/{calendar_id}/imports", needs=P.PLAN_MANAGE, response={201: CalendarObject})
def import_file(caller: Caller, calendar_id: int, body: ImportBody) -> Status[CalendarObject]:
    """Close what an iCalendar file closes."""
    actions.import_file(actor=caller.actor, calendar_id=calendar_id, raw=body.ical.encode(), name=body.name)
    return Status(201, _whole(caller, calendar_id))


@router.post("/hours/calendars/{calendar_id}/feeds", needs=P.PLAN_MANAGE, response={201: CalendarObject})
def add_feed(caller: Caller, calendar_id: int, body: FeedBody) -> Status[CalendarObject]:
    """Close what a calendar at an address closes, read every day."""
    actions.add_feed(actor=caller.actor, calendar_id=calendar_id, url=body.url, name=body.name)
    return Status(201, _whole(caller, calendar_id))


@router.delete("/hours/feeds/{feed_id}", needs=P.PLAN_MANAGE, response={204: None})
def remove_feed(caller: Caller, feed_id: int) -> Status[None]:
    """Forget a file or a feed, and the days that came from it."""
    actions.remove_feed(actor=caller.actor, feed_id=feed_id)
    return Status(204, None)


@router.get("/hours/countries", needs=P.CONVERSATION_READ, response=Page[str])
def list_countries(caller: Caller) -> dict[str, Any]:
    """Countries whose public holidays are known, by ISO 3166-1."""
    return {"items": list(countries())}


@router.get("/hours/holidays", needs=P.CONVERSATION_READ, response=Page[HolidayObject])
def list_holidays(caller: Caller, country: str, locale: LocaleField = "en") -> dict[str, Any]:
    """The public holidays of a country in the next year, named in a language where there are names in it; and the days
    of weekends that are worked for one.
    """
    today = clock.now().date()
    found = coming(country, today, locale)
    return {"items": [holiday_object(day, country, name, worked) for day, name, worked in found]}


@router.post("/hours/preview", needs=P.PLAN_MANAGE, response=OpeningObject)
def preview_calendar(caller: Caller, body: CalendarBody) -> OpeningObject:
    """How it would stand now by a calendar that nobody has saved; files and feeds apart."""
    calendar = compiled(checked(body.wanted()))
    now = clock.now_ms()
    changes = calendar.next_change(now)
    return OpeningObject(is_open=calendar.is_open(now), changes_at=instant(changes), by_hand=False, until=None)


@router.post("/hours/now", needs=P.PLAN_MANAGE, response=CalendarObject)
def switch_now(caller: Caller, body: SwitchBody) -> CalendarObject:
    """Open or close now, whatever the calendar says."""
    span = actions.switch_now(actor=caller.actor, **body.model_dump())
    return _whole(caller, span.calendar_id)


@router.delete("/hours/now", needs=P.PLAN_MANAGE, response={204: None})
def follow_calendar(caller: Caller, calendar_id: int | None = None) -> Status[None]:
    """Let the calendar count again."""
    actions.follow_calendar(actor=caller.actor, calendar_id=calendar_id)
    return Status(204, None)


def _whole(caller: Caller, calendar_id: int) -> CalendarObject:
    return calendar_object(queries.whole_calendar(caller.shop_id, calendar_id))
