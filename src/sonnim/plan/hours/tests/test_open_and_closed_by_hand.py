"""Open or closed by hand: until the calendar changes next, or until somebody says otherwise."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import AuditEntry
from sonnim.kernel import clock
from sonnim.plan.hours.queries import calendar_of, opening_of
from sonnim.plan.hours.tests.test_calendars import DESK, HOUR, at, friday, made, path

__all__ = ["friday"]
pytestmark = pytest.mark.django_db(transaction=True)


def switched(people: People, **body: Any) -> dict[str, Any]:
    answer = people.browser(people.lead).post(path(people, "now"), body)
    assert answer.status_code == 200, answer.content
    now: dict[str, Any] = answer.json()["now"]
    return now


def test_closed_now_it_opens_again_when_the_calendar_does(people: People) -> None:
    made(people)
    now = switched(people, is_open=False)
    assert now == {
        "is_open": False,
        "changes_at": "2026-09-21T00:00:00.000Z",
        "by_hand": True,
        "until": "2026-09-18T09:00:00.000Z",
    }
    friday_noon = at("2026-09-18T14:00+09:00")
    assert calendar_of(people.shop.pk).elapsed(friday_noon, friday_noon + 24 * HOUR) == 0


def test_opened_at_night_it_stays_open_into_the_morning(people: People) -> None:
    made(people)
    with clock.standing_at(datetime(2026, 9, 18, 12, 0, tzinfo=UTC)):  # 21:00 on a Friday
        now = switched(people, is_open=True)
        assert now["until"] == "2026-09-21T00:00:00.000Z"
        assert now["changes_at"] == "2026-09-21T03:00:00.000Z"
        opening = opening_of(people.shop.pk)
    assert opening is not None and opening.is_open and opening.by_hand


def test_taken_back_the_calendar_counts_again_and_what_has_passed_stays(people: People) -> None:
    made(people)
    switched(people, is_open=False)
    began = datetime(2026, 9, 18, 5, 0, tzinfo=UTC)
    with clock.standing_at(began + timedelta(minutes=10)):
        browser = people.browser(people.lead)
        assert browser.call("DELETE", path(people, "now")).status_code == 204
        opening = opening_of(people.shop.pk)
    assert opening is not None and opening.is_open and not opening.by_hand
    passed = calendar_of(people.shop.pk).elapsed(clock.to_ms(began), clock.to_ms(began) + HOUR)
    assert passed == 50 * 60_000
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")][-2:] == ["hours.closed", "hours.followed"]


def test_what_is_said_later_ends_what_was_said_before(people: People) -> None:
    made(people)
    switched(people, is_open=False, lasting=True)
    with clock.standing_at(datetime(2026, 9, 18, 6, 0, tzinfo=UTC)):
        assert switched(people, is_open=True, lasting=True) == {
            "is_open": True,
            "changes_at": None,
            "by_hand": True,
            "until": None,
        }
    calendar = calendar_of(people.shop.pk)
    assert calendar.elapsed(at("2026-09-18T05:00Z"), at("2026-09-18T07:00Z")) == HOUR


def test_a_shop_that_never_said_when_it_works_can_be_closed_and_opened(people: People) -> None:
    assert opening_of(people.shop.pk) is None
    assert switched(people, is_open=False)["is_open"] is False
    assert not calendar_of(people.shop.pk).is_open(clock.now_ms())
    assert people.browser(people.lead).call("DELETE", path(people, "now")).status_code == 204
    assert calendar_of(people.shop.pk).is_round_the_clock
    assert calendar_of(people.shop.pk).is_open(clock.now_ms())


def test_only_the_calendar_that_is_named_is_switched(people: People) -> None:
    made(people)
    phone = made(people, name="Phone")
    assert switched(people, is_open=False, calendar_id=phone["id"])["by_hand"]
    now = clock.now_ms()
    assert calendar_of(people.shop.pk).is_open(now) and not calendar_of(people.shop.pk, phone["id"]).is_open(now)
    answer = people.browser(people.lead).put(path(people, f"calendars/{phone['id']}"), {**DESK, "name": "Phone"})
    assert answer.json()["now"]["by_hand"]  # writing it anew takes nothing back
