"""Holidays that are kept elsewhere: files, and addresses that are read every day."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import AuditEntry
from sonnim.eventlog import outbox
from sonnim.eventlog.models import Event
from sonnim.kernel import clock
from sonnim.plan.hours import actions
from sonnim.plan.hours.delivery import deliver_feed
from sonnim.plan.hours.queries import calendar_of
from sonnim.plan.hours.tests.test_calendars import at, friday, made, path
from sonnim.plan.models import HoursFeed

__all__ = ["friday"]
pytestmark = pytest.mark.django_db(transaction=True)
MOVING = "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Ongi\r\n{}END:VCALENDAR\r\n"
DAY = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTART;VALUE=DATE:{0}\r\nSUMMARY:Moving\r\nEND:VEVENT\r\n"


def days(*dates: str) -> str:
    return MOVING.format("".join(DAY.format(each) for each in dates))


class Elsewhere:
    """A server with a calendar."""

    def __init__(self) -> None:
        self.body, self.status, self.asked = days("20260921"), 200, 0
        elsewhere = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                elsewhere.asked += 1
                self.send_response(elsewhere.status)
                self.end_headers()
                self.wfile.write(elsewhere.body.encode())

            def log_message(self, *_: Any) -> None:
                """Nobody reads it."""

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.address = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.address}/secret/holidays.ics"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def elsewhere(settings: Any) -> Iterator[Elsewhere]:
    served = Elsewhere()
    settings.OUTGOING_TRUSTED = frozenset({served.address})
    yield served
    served.server.shutdown()
    served.server.server_close()


def open_on(people: People, date: str) -> bool:
    return calendar_of(people.shop.pk).is_open(at(f"{date}T10:00+09:00"))


def fed(people: People, elsewhere: Elsewhere) -> HoursFeed:
    calendar = made(people)
    answer = people.browser(people.lead).post(path(people, f"calendars/{calendar['id']}/feeds"), {"url": elsewhere.url})
    assert answer.status_code == 201, answer.content
    [feed] = answer.json()["feeds"]
    assert (feed["name"], feed["host"], feed["closes"], feed["trouble"]) == ("Ongi", "127.0.0.1", 1, "")
    return HoursFeed.objects.get()


def refresh() -> None:
    outbox.HANDLERS["hours.feed"] = deliver_feed
    assert actions.refresh_due_feeds() == 1
    assert outbox.deliver_due()


def test_a_file_closes_its_days_until_it_is_removed(people: People) -> None:
    calendar = made(people)
    browser = people.browser(people.lead)
    body = {"ical": days("20260921", "20260922"), "name": "Moving"}
    answer = browser.post(path(people, f"calendars/{calendar['id']}/imports"), body)
    assert answer.status_code == 201
    assert not open_on(people, "2026-09-21") and not open_on(people, "2026-09-22") and open_on(people, "2026-09-23")
    [feed] = answer.json()["feeds"]
    assert browser.call("DELETE", path(people, f"feeds/{feed['id']}")).status_code == 204
    assert open_on(people, "2026-09-21")
    noted = [entry.action for entry in AuditEntry.objects.order_by("pk")]
    assert noted[-2:] == ["hours.file_imported", "hours.feed_removed"]


def test_the_shops_own_word_for_a_day_outranks_a_files(people: People) -> None:
    calendar = made(people)
    actor = people.actor(people.lead)
    actions.import_file(actor=actor, calendar_id=calendar["id"], raw=days("20260921").encode())
    wanted: Any = {key: calendar[key] for key in ("name", "zone", "week", "countries", "is_standard")}
    wanted["days"] = [{"date": "2026-09-21", "intervals": None}]
    actions.save_calendar(actor=actor, wanted=wanted, calendar_id=calendar["id"])
    assert open_on(people, "2026-09-21")


@pytest.mark.parametrize(("ical", "why"), [("nonsense", "unreadable"), (days("20010101"), "empty")])
def test_a_file_that_closes_nothing_is_refused(people: People, ical: str, why: str) -> None:
    calendar = made(people)
    answer = people.browser(people.lead).post(path(people, f"calendars/{calendar['id']}/imports"), {"ical": ical})
    assert answer.status_code == 422
    assert why in str(answer.json()["fields"]["file"])


def test_a_feed_is_read_again_after_a_day_and_closes_what_it_says_then(people: People, elsewhere: Elsewhere) -> None:
    fed(people, elsewhere)
    assert not open_on(people, "2026-09-21")
    assert actions.refresh_due_feeds() == 0
    elsewhere.body = days("20260922")
    with clock.standing_at(datetime(2026, 9, 19, 5, 1, tzinfo=UTC)):
        refresh()
        assert actions.refresh_due_feeds() == 0
    assert open_on(people, "2026-09-21") and not open_on(people, "2026-09-22")
    assert elsewhere.asked == 2


def test_a_feed_that_says_the_same_tells_nobody(people: People, elsewhere: Elsewhere) -> None:
    fed(people, elsewhere)
    before = Event.objects.count()
    with clock.standing_at(datetime(2026, 9, 19, 5, 1, tzinfo=UTC)):
        refresh()
    assert Event.objects.count() == before


def test_a_feed_that_does_not_answer_keeps_its_days_and_is_asked_less_and_less(
    people: People, elsewhere: Elsewhere
) -> None:
    fed(people, elsewhere)
    elsewhere.status = 503
    moment = datetime(2026, 9, 19, 5, 1, tzinfo=UTC)
    for wait in (2, 4):
        with clock.standing_at(moment):
            refresh()
            feed = HoursFeed.objects.get()
            assert (feed.trouble, feed.due_at) == ("unreachable", clock.now() + timedelta(hours=wait))
        moment += timedelta(hours=wait)
    assert not open_on(people, "2026-09-21")
    elsewhere.status = 200
    with clock.standing_at(moment):
        refresh()
    feed = HoursFeed.objects.get()
    assert (feed.trouble, feed.failures) == ("", 0)


def test_a_machine_of_ours_is_never_asked(people: People, elsewhere: Elsewhere, settings: Any) -> None:
    settings.OUTGOING_TRUSTED = frozenset()
    calendar = made(people)
    for url in (elsewhere.url, "http://127.0.0.1/", "file:///etc/passwd", "webcal://127.0.0.1/x.ics"):
        answer = people.browser(people.lead).post(path(people, f"calendars/{calendar['id']}/feeds"), {"url": url})
        assert answer.status_code == 422
        assert "refused" in str(answer.json()["fields"]["url"])
    assert elsewhere.asked == 0


def test_the_address_of_a_feed_is_shown_to_nobody(people: People, elsewhere: Elsewhere) -> None:
    fed(people, elsewhere)
    assert "secret" not in people.browser(people.lead).get(path(people, "calendars")).content.decode()
    assert "secret" not in str(AuditEntry.objects.get(action="hours.feed_added").detail)
