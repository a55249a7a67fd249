"""Calendars of a shop: which counts, what is said of single dates, and who may say so."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import AuditEntry
from sonnim.eventlog.models import Event
from sonnim.kernel import clock
from sonnim.plan.hours.queries import OPEN, calendar_of
from sonnim.plan.models import HoursCalendar

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = 3_600_000
WEEK = {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
DESK = {"name": "Desk", "zone": "Asia/Seoul", "week": WEEK, "countries": [], "days": []}


def at(text: str) -> int:
    return clock.to_ms(datetime.fromisoformat(text))


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    with clock.standing_at(datetime(2026, 9, 18, 5, 0, tzinfo=UTC)):  # 14:00 in Seoul
        yield


def path(people: People, rest: str) -> str:
    return f"/api/v1/shops/{people.shop.pk}/hours/{rest}"


def made(people: People, **more: Any) -> dict[str, Any]:
    answer = people.browser(people.lead).post(path(people, "calendars"), {**DESK, **more})
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_a_shop_without_a_calendar_is_always_open(people: People) -> None:
    assert calendar_of(people.shop.pk) is OPEN
    assert calendar_of(people.shop.pk, 77) is OPEN


def test_the_first_calendar_is_the_standard_one_until_another_is(people: People) -> None:
    first = made(people)
    second = made(people, name="Phone", week={"sat": [["10:00", "14:00"]]})
    assert (first["is_standard"], second["is_standard"]) == (True, False)
    saturday = at("2026-09-19T11:00+09:00")
    assert not calendar_of(people.shop.pk).is_open(saturday)
    assert calendar_of(people.shop.pk, second["id"]).is_open(saturday)
    browser = people.browser(people.lead)
    phone = {**DESK, "name": "Phone", "week": {"sat": [["10:00", "14:00"]]}, "is_standard": True}
    assert browser.put(path(people, f"calendars/{second['id']}"), phone).status_code == 200
    assert calendar_of(people.shop.pk).is_open(saturday)
    listed = browser.get(path(people, "calendars")).json()["items"]
    assert [(each["name"], each["is_standard"]) for each in listed] == [("Phone", True), ("Desk", False)]
    refused = browser.put(path(people, f"calendars/{second['id']}"), {**phone, "is_standard": False})
    assert refused.status_code == 409
    assert browser.call("DELETE", path(people, f"calendars/{second['id']}")).status_code == 409
    assert browser.call("DELETE", path(people, f"calendars/{first['id']}")).status_code == 204
    assert calendar_of(people.shop.pk, first["id"]).is_open(saturday)  # what went by it goes by the standard one


def test_another_shops_calendar_is_none(people: People) -> None:
    mine = made(people)
    HoursCalendar.objects.filter(pk=mine["id"]).update(shop=people.outsider.shop)
    assert calendar_of(people.shop.pk, mine["id"]) is OPEN
    browser = people.browser(people.lead)
    assert browser.put(path(people, f"calendars/{mine['id']}"), DESK).status_code == 404
    assert browser.call("DELETE", path(people, f"calendars/{mine['id']}")).status_code == 404


def test_public_holidays_are_closed_lunar_ones_too_unless_the_shop_says_otherwise(people: People) -> None:
    chuseok = "2026-09-25"
    found = made(people, countries=["KR", "CN"])
    seoul = calendar_of(people.shop.pk)
    assert not seoul.is_open(at(f"{chuseok}T10:00+09:00"))
    assert not seoul.is_open(at("2026-02-17T10:00+09:00"))  # the lunar new year
    assert not seoul.is_open(at("2026-06-19T10:00+09:00"))  # the dragon boats, of China alone
    days: list[dict[str, Any]] = [
        {"date": chuseok, "name": "", "intervals": None},
        {"date": "2026-10-09", "name": "Hangul", "intervals": [["10:00", "11:00"]]},
        {"date": "2026-09-21", "name": "Moving", "intervals": []},
    ]
    answer = people.browser(people.lead).put(
        path(people, f"calendars/{found['id']}"), {**DESK, "countries": ["KR"], "days": days, "is_standard": True}
    )
    assert answer.json()["days"] == sorted(days, key=lambda day: str(day["date"]))
    seoul = calendar_of(people.shop.pk)
    assert seoul.is_open(at(f"{chuseok}T10:00+09:00"))
    assert seoul.elapsed(at("2026-10-09T00:00+09:00"), at("2026-10-10T00:00+09:00")) == HOUR
    assert not seoul.is_open(at("2026-09-21T10:00+09:00"))
    assert seoul.is_open(at("2026-06-19T10:00+09:00"))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"zone": "Asia"}, "zone"),
        ({"week": {"mon": [["9", "18"]]}}, "week"),
        ({"week": {"monday": []}}, "week"),
        ({"week": {"mon": [["09:00", "10:00"]] * 13}}, "week"),
        ({"countries": ["XX"]}, "countries"),
        ({"days": [{"date": "2026-02-30", "intervals": []}]}, "days"),
        ({"days": [{"date": "9999-12-31", "intervals": []}]}, "days"),
        ({"days": [{"date": "2026-02-20", "intervals": []}, {"date": "2026-02-20", "intervals": []}]}, "days"),
    ],
)
def test_what_makes_no_sense_is_refused_and_says_where(people: People, wrong: dict[str, Any], field: str) -> None:
    answer = people.browser(people.lead).post(path(people, "calendars"), {**DESK, **wrong})
    assert answer.status_code == 422
    assert field in answer.json()["fields"]
    assert not HoursCalendar.objects.exists()


def test_a_weekend_that_china_works_has_the_hours_of_the_day_that_is_off_for_it(people: People) -> None:
    week = WEEK | {"tue": [["10:00", "11:00"]]}
    sunday, saturday = "2026-09-20", "2026-10-10"  # for Tuesday, 6 October, and Wednesday, 7 October
    wanted = {**DESK, "week": week, "countries": ["CN"], "is_standard": True}

    def open_on(day: str) -> int:
        start = at(f"{day}T00:00+09:00")
        return calendar_of(people.shop.pk).elapsed(start, start + 24 * HOUR) // HOUR

    found = made(people, **wanted)
    assert (open_on(sunday), open_on(saturday), open_on("2026-10-06")) == (1, 8, 0)
    assert open_on("2026-10-17") == 0, "any other Saturday"
    browser, where = people.browser(people.lead), path(people, f"calendars/{found['id']}")
    both = {**wanted, "countries": ["CN", "KR"]}
    off = {**wanted, "days": [{"date": sunday, "name": "", "intervals": None}]}
    own = {**wanted, "week": week | {"sun": [["09:00", "12:00"]]}}
    for changed, hours in ((both, 0), (off, 0), (own, 3), (wanted, 1)):
        assert browser.put(where, changed).status_code == 200
        assert open_on(sunday) == hours
    with clock.standing_at(datetime(2026, 9, 20, 1, 30, tzinfo=UTC)):
        for changed, is_open in ((wanted, True), (off, False), (both, False)):
            assert browser.post(path(people, "preview"), changed).json()["is_open"] is is_open
    listed = browser.get(path(people, "holidays?country=CN&locale=zh")).json()["items"]
    assert {each["date"]: each["name"] for each in listed if each["worked"]} == {
        sunday: "调休上班", saturday: "调休上班"
    }  # fmt: skip


def test_two_calendars_of_one_name_are_refused(people: People) -> None:
    made(people)
    assert people.browser(people.lead).post(path(people, "calendars"), DESK).status_code == 409


def test_a_change_is_told_and_noted(people: People) -> None:
    made(people)
    assert Event.objects.filter(shop_id=people.shop.pk, type="hours.changed").count() == 1
    noted = AuditEntry.objects.get(action="hours.calendar_created")
    assert noted.detail["week"]["mon"] == [["09:00", "12:00"], ["13:00", "18:00"]]


def test_agents_see_calendars_and_may_not_change_them(people: People) -> None:
    made(people)
    browser = people.browser(people.agent)
    assert browser.get(path(people, "calendars")).json()["items"][0]["name"] == "Desk"
    assert browser.post(path(people, "now"), {"is_open": False}).status_code == 403


def test_the_list_says_how_it_stands_and_asks_the_database_no_more_for_many(
    people: People, django_assert_max_num_queries: Any
) -> None:
    made(people)
    browser = people.browser(people.agent)
    now = browser.get(path(people, "calendars")).json()["items"][0]["now"]
    assert now == {"is_open": True, "changes_at": "2026-09-18T09:00:00.000Z", "by_hand": False, "until": None}
    for number in range(8):
        made(people, name=f"Team {number}")
    browser.get(path(people, "calendars"))  # compiles them
    with django_assert_max_num_queries(12):
        assert len(browser.get(path(people, "calendars")).json()["items"]) == 9


def test_a_calendar_can_be_tried_before_it_is_saved(people: People) -> None:
    tried = {**DESK, "days": [{"date": "2026-09-18", "intervals": [["09:00", "12:00"]]}]}
    answer = people.browser(people.lead).post(path(people, "preview"), tried)
    expected = {"is_open": False, "changes_at": "2026-09-21T00:00:00.000Z", "by_hand": False, "until": None}
    assert answer.json() == expected
    assert not HoursCalendar.objects.exists()


def test_holidays_are_named_in_the_language_that_is_asked_for(people: People) -> None:
    browser = people.browser(people.agent)
    assert {"KR", "CN"} <= set(browser.get(path(people, "countries")).json()["items"])

    def names(country: str, locale: str) -> dict[str, str]:
        items = browser.get(path(people, f"holidays?country={country}&locale={locale}")).json()["items"]
        return {each["date"]: each["name"] for each in items}

    assert names("KR", "ko")["2026-09-25"] == "추석"
    assert names("CN", "zh")["2026-09-25"] == "中秋节"
    assert names("KR", "en")["2026-09-25"] == "Chuseok"
    assert names("KR", "zh")["2026-10-05"] == "开天节补休"  # the list has no Chinese names of Korea's days: ours
    assert names("CN", "ko")["2026-10-05"] == "국경절 대체 휴일"
    assert names("KR", "ko")["2027-02-07"] == "설날"
    assert names("XX", "ko") == {}
