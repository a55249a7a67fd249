"""What a shopper is told of the shop's hours."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from tests.people import People

from sonnim.kernel import clock
from sonnim.plan.hours import actions
from sonnim.plan.hours.wanted import CalendarWanted

pytestmark = pytest.mark.django_db(transaction=True)
DESK: CalendarWanted = {
    "name": "Desk", "zone": "Asia/Seoul", "countries": [], "days": [], "is_standard": True,
    "week": {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
}  # fmt: skip


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with clock.standing_at(datetime(2026, 9, 18, 5, 0, tzinfo=UTC)):  # 14:00 in Seoul
        yield


def told(people: People) -> tuple[str, str | None, Any]:
    body = json.dumps({"key": people.shop.public_key})
    now = Client().post("/api/v1/widget/session", body, content_type="application/json").json()["now"]
    return now["mode"], now["changes_at"], now["hours"]


def test_without_business_hours_whoever_is_online_says(people: People) -> None:
    assert told(people) == ("auto", None, None)


def test_the_shop_is_open_by_its_standard_calendar(people: People) -> None:
    actions.save_calendar(actor=people.actor(people.owner), wanted=DESK)
    mode, changes_at, hours = told(people)
    assert (mode, changes_at) == ("open", "2026-09-18T09:00:00.000Z")
    assert hours == {"zone": "Asia/Seoul", "week": [[["09:00", "18:00"]]] * 5 + [[], []]}
    with clock.standing_at(datetime(2026, 9, 18, 9, 0, tzinfo=UTC)):
        assert told(people)[:2] == ("closed", "2026-09-21T00:00:00.000Z")


def test_what_is_said_by_hand_is_told_at_once_and_taken_back(people: People) -> None:
    actor = people.actor(people.owner)
    actions.switch_now(actor=actor, is_open=False, lasting=True)
    assert told(people) == ("closed", None, None)
    actions.switch_now(actor=actor, is_open=True, lasting=True)
    assert told(people) == ("open", None, None)
    actions.follow_calendar(actor=actor)
    assert told(people) == ("auto", None, None)
