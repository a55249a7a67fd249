"""What becomes of business hours, as happenings of F08."""

from collections.abc import Callable
from typing import Any

from sonnim.kernel import clock
from sonnim.plan.hours import actions, feeds
from sonnim.plan.hours.ical import Closed
from sonnim.plan.hours.wanted import CalendarWanted
from sonnim.plan.models import HoursFeed
from tests.faults.town import Town

DESK: CalendarWanted = {
    "name": "Desk", "zone": "Asia/Seoul", "week": {"mon": [["09:00", "18:00"]]}, "countries": ["KR"], "days": [],
    "is_standard": True,
}  # fmt: skip
HOLIDAY = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:{day:%Y%m%d}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def _kept(town: Town) -> int:
    return actions.save_calendar(actor=town.owner, wanted=DESK).pk


def _imported(town: Town) -> HoursFeed:
    raw = HOLIDAY.format(day=clock.now()).encode()
    return actions.import_file(actor=town.owner, calendar_id=_kept(town), raw=raw)


def _fed(town: Town) -> HoursFeed:
    with _found(Closed("Holidays", {clock.now().date(): "Moving"})):
        return actions.add_feed(actor=town.owner, calendar_id=_kept(town), url="https://ongi.example/holidays.ics")


def _read_again(town: Town) -> None:
    feed = _fed(town)
    with _found(Closed("Holidays")):
        actions.read_feed(feed_id=feed.pk)


def _followed(town: Town) -> None:
    actions.switch_now(actor=town.owner, is_open=False)
    actions.follow_calendar(actor=town.owner)


class _found:
    """What the feed says, without the internet."""

    def __init__(self, closed: Closed) -> None:
        self._closed, self._fetch = closed, feeds.fetch

    def __enter__(self) -> None:
        feeds.fetch = lambda url, *, zone: self._closed

    def __exit__(self, *_: Any) -> None:
        feeds.fetch = self._fetch


WORKED: dict[str, list[Callable[[Town], object]]] = {
    "plan.hours.actions.calendars:delete_calendar": [
        lambda town: actions.delete_calendar(actor=town.owner, calendar_id=_kept(town))
    ],
    "plan.hours.actions.calendars:save_calendar": [_kept],
    "plan.hours.actions.feeds:add_feed": [_fed],
    "plan.hours.actions.feeds:import_file": [_imported],
    "plan.hours.actions.feeds:read_feed": [_read_again],
    "plan.hours.actions.feeds:remove_feed": [
        lambda town: actions.remove_feed(actor=town.owner, feed_id=_imported(town).pk)
    ],
    "plan.hours.actions.switch:follow_calendar": [_followed],
    "plan.hours.actions.switch:switch_now": [lambda town: actions.switch_now(actor=town.owner, is_open=False)],
}
