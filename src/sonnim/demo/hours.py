"""When the demo's desk is open: the chat always, so that it can be tried at any hour, the mail by day in Seoul."""

import msgspec

from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Shop
from sonnim.demo.catalogue import CONTENT
from sonnim.plan.hours.actions import save_calendar
from sonnim.plan.hours.queries import calendars_of
from sonnim.plan.hours.wanted import CalendarWanted


class Opening(msgspec.Struct, frozen=True):
    """A calendar: the same intervals on each of its days."""

    key: str
    name: str
    standard: bool
    countries: list[str]
    days: list[str]
    intervals: list[list[str]]


def keep_hours(*, actor: Actor) -> dict[str, int]:
    """Make the calendars; answers them by their keys."""
    zone = Shop.objects.values_list("timezone", flat=True).get(pk=actor.shop_id)
    return {each.key: save_calendar(actor=actor, wanted=_wanted(each, zone)).pk for each in _openings()}


def hours_of(shop_id: int) -> dict[str, int]:
    """The calendars that `keep_hours` has made, by their keys."""
    named = {calendar.name: calendar.pk for calendar in calendars_of(shop_id)}
    return {each.key: named[each.name] for each in _openings()}


def _openings() -> list[Opening]:
    return msgspec.json.decode((CONTENT / "hours.json").read_bytes(), type=list[Opening])


def _wanted(opening: Opening, zone: str) -> CalendarWanted:
    return CalendarWanted(
        name=opening.name,
        zone=zone,
        week={day: opening.intervals for day in opening.days},
        countries=opening.countries,
        days=[],
        is_standard=opening.standard,
    )
