"""A time as it was said becomes an instant of the shop's clock and of its business hours."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sonnim.plan.hours.rules import ALWAYS, Calendar
from sonnim.plan.promises.detection import find
from sonnim.plan.promises.tests.reading import found_in, wall


def _due(text: str, said: datetime) -> str:
    [found] = found_in(text, locale="en", said=said)
    return wall(found.due, locale="en")


FRIDAY_EVENING = datetime(2026, 11, 27, 19, 30)  # noqa: DTZ001 - on the shop's wall


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("I'll call you today.", "11-27 23:59"),
        ("I'll call you tomorrow.", "11-28 18:00"),
        ("I'll call you by 3 pm.", "11-28 15:00"),
        ("I'll call you at 9.", "11-28 09:00"),
        ("I'll call you within 1 business day.", "11-30 18:00"),
        ("I'll call you on Friday.", "12-04 18:00"),
        ("I'll call you next week.", "12-04 18:00"),
        ("I'll call you on the 1st of December.", "12-01 18:00"),
        ("I'll call you on the 25th of December at 10 am.", "12-25 10:00"),
        ("I'll call you in three quarters of nothing.", "-"),
    ],
)
def test_after_closing_time_what_was_said_still_means_something_ahead(text: str, due: str) -> None:
    assert _due(text, FRIDAY_EVENING) == due


def test_a_time_that_has_passed_is_no_time() -> None:
    [found] = found_in("I'll call you this morning.", locale="en", said=FRIDAY_EVENING)
    assert found.due is None
    assert found.how == "today:morning:passed"


def test_business_ends_when_the_shop_closes() -> None:
    zone = ZoneInfo("Asia/Seoul")
    saturday = round(datetime(2026, 11, 28, 11, tzinfo=zone).timestamp() * 1000)
    calendar = Calendar(zone="Asia/Seoul", week=[[(10 * 3600, 20 * 3600)]] * 5 + [[(10 * 3600, 15 * 3600)], []])
    [found] = find("오늘 중으로 연락드리겠습니다.", at=saturday, zone=zone, calendar=calendar)
    assert wall(found.due, locale="ko") == "11-28 15:00"
    [found] = find("영업일 2일 이내에 연락드리겠습니다.", at=saturday, zone=zone, calendar=calendar)
    assert wall(found.due, locale="ko") == "12-01 20:00"


def test_a_shop_without_hours_counts_monday_to_friday() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    friday = round(datetime(2026, 11, 27, 11, tzinfo=zone).timestamp() * 1000)
    always = Calendar(zone="Asia/Shanghai", week=ALWAYS)
    [found] = find("我们会在两个工作日内给您答复。", at=friday, zone=zone, calendar=always)
    assert wall(found.due, locale="zh") == "12-01 18:00"


def test_the_clocks_going_forward_moves_no_promise() -> None:
    zone = ZoneInfo("Europe/London")
    said = round(datetime(2027, 3, 27, 23, 0, tzinfo=zone).timestamp() * 1000)
    always = Calendar(zone="Europe/London", week=ALWAYS)
    [found] = find("I'll call you tomorrow at 10 am.", at=said, zone=zone, calendar=always)
    assert datetime.fromtimestamp((found.due or 0) / 1000, zone).hour == 10
    assert (found.due or 0) - said == 10 * 3_600_000
