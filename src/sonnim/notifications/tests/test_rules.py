"""When an agent is told, and when left in peace."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sonnim.notifications import rules

SEOUL = ZoneInfo("Asia/Seoul")
SUNDAY, MONDAY = 22, 23


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SEOUL)


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"), [(21, 59, False), (22, 0, True), (3, 0, True), (7, 59, True), (8, 0, False)]
)
def test_quiet_hours_reach_over_midnight(hour: int, minute: int, quiet: bool) -> None:
    assert rules.is_quiet(rules.Quiet(on=True), at(MONDAY, hour, minute)) is quiet


def test_quiet_hours_within_a_day() -> None:
    lunch = rules.Quiet(on=True, start="12:00", end="13:00")
    assert rules.is_quiet(lunch, at(MONDAY, 12, 30))
    assert not rules.is_quiet(lunch, at(MONDAY, 13))


def test_equal_ends_are_a_whole_quiet_day() -> None:
    assert rules.is_quiet(rules.Quiet(on=True, start="00:00", end="00:00"), at(MONDAY, 15))


def test_a_day_off_is_quiet_at_all_hours() -> None:
    quiet = rules.Quiet(on=True, start="22:00", end="23:00", off_days=(6,))
    assert rules.is_quiet(quiet, at(SUNDAY, 12))
    assert not rules.is_quiet(quiet, at(MONDAY, 12))


def test_nothing_is_quiet_until_it_is_switched_on() -> None:
    assert not rules.is_quiet(rules.Quiet(off_days=(6,)), at(SUNDAY, 3))


def test_what_was_kept_lies_over_the_defaults() -> None:
    kept = {"sound": False, "kinds": {"followed": True}, "quiet": {"on": True, "off_days": [5, 6]}}
    known = rules.preferences_of(kept)
    assert (known.sound, known.desktop) == (False, True)
    assert known.quiet == rules.Quiet(on=True, off_days=(5, 6))
    assert rules.wants(known, "followed")
    assert rules.wants(known, "mention")


def test_an_answer_and_a_deadline_are_heard_when_questions_are() -> None:
    known = rules.preferences_of({"kinds": {"question": False}})
    assert not any(rules.wants(known, kind) for kind in ("question", "answered", "overdue"))


def fate(age_s: float, *, at_desk: bool = False, quiet: bool = False, pushed_s: float | None = None) -> str:
    since = None if pushed_s is None else int(pushed_s * 1000)
    return rules.fate(age_ms=int(age_s * 1000), at_desk=at_desk, quiet=quiet, since_push_ms=since)


def test_news_are_gathered_for_a_moment_before_they_are_pushed() -> None:
    assert [fate(1), fate(5)] == ["wait", "send"]


def test_pushes_keep_a_distance() -> None:
    assert [fate(9, pushed_s=10), fate(9, pushed_s=31)] == ["wait", "send"]


def test_whoever_stays_at_the_desk_is_not_pushed_to() -> None:
    assert [fate(60, at_desk=True), fate(121, at_desk=True)] == ["wait", "drop"]


def test_a_lid_that_was_just_closed_is_found_out_in_time() -> None:
    assert fate(60, at_desk=True) == "wait"
    assert fate(70, at_desk=False) == "send"


def test_quiet_hours_hold_back_and_a_day_is_too_long() -> None:
    assert [fate(3600, quiet=True), fate(25 * 3600, quiet=True)] == ["wait", "drop"]
