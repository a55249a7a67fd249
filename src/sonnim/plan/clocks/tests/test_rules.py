"""Which clocks a conversation has, and when they strike; no database is asked."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sonnim.conversations.clocks import Clock, read
from sonnim.conversations.state import State
from sonnim.plan.clocks import rules
from sonnim.plan.clocks.compiling import compiled
from sonnim.plan.clocks.rules import Hours, Policy, WallClock
from sonnim.plan.hours.rules import NEVER

NOW = 1_795_000_000_000
SECOND = 1000


class NightShift:
    """Hours that are open in each second half of a minute."""

    def elapsed(self, start: int, end: int) -> int:
        """Milliseconds of open time."""
        return self._open_until(end) - self._open_until(start)

    def after(self, start: int, duration: int) -> int:
        """The instant after so much open time."""
        at = start
        while self.elapsed(start, at) < duration:
            at += 500
        return at

    def _open_until(self, at: int) -> int:
        minutes, rest = divmod(at, 60_000)
        return minutes * 30_000 + max(rest - 30_000, 0)


class ClosedForGood:
    """Hours of a shop that was closed by hand until further notice."""

    def elapsed(self, start: int, end: int) -> int:
        """Milliseconds of open time."""
        return 0 * (end - start)

    def after(self, start: int, duration: int) -> int:
        """The instant after so much open time."""
        return NEVER if duration else start


def policy(**more: Any) -> Policy:
    row = {
        "id": 1, "fits": {}, "targets": {"first_reply": 10, "next_reply": 60}, "calendar_id": 0, "warn_percent": 70,
        "pauses": True, "stages": [], **more,
    }  # fmt: skip
    return compiled(row)


def state(**more: Any) -> State:
    blank = {
        "id": 1, "shop_id": 1, "contact_id": 1, "channel": "chat", "locale": "ko", "subject": "", "created_at": NOW,
        "status": "open", "assignee_id": None, "team_id": None, "last_seq": 0, "rank": 0, "waiting_since": NOW,
        "snoozed_until": None, "last_at": NOW, "last_text": "", "last_by": "contact", "last_agent_id": None,
        "contact_seen_seq": 0, "desk_seen_seq": 0, "v": 0,
    }  # fmt: skip
    return State(**{**blank, **more})


def hours(calendar_id: int | None) -> Hours:
    return WallClock() if calendar_id == 0 else NightShift()


def turn(about: State, at: int, *policies: Policy, **how: bool) -> list[rules.Ended]:
    return rules.turn(about, at, policies, hours, **how)


def strikes(about: State, at: int, *policies: Policy) -> list[str]:
    return [strike.key for _, strike in rules.struck(about, at, policies, hours)]


def only(about: State) -> Clock:
    [clock] = read(about.clocks)
    return clock


def answer(about: State, at: int) -> None:
    about.waiting_since, about.last_by, about.last_agent_id, about.last_at = None, "agent", 7, at


def test_the_first_reply_is_due_ten_seconds_after_the_first_word_and_warns_at_seven() -> None:
    about = state()
    assert turn(about, NOW, policy()) == []
    clock = only(about)
    assert (clock.kind, clock.warn, clock.due) == ("first_reply", NOW + 7 * SECOND, NOW + 10 * SECOND)
    assert (about.due_at, about.timer_at) == (NOW + 10 * SECOND, NOW + 7 * SECOND)


def test_the_next_reply_counts_from_the_oldest_unanswered_message() -> None:
    about = state(last_agent_id=7)
    turn(about, NOW, policy())
    about.last_at = NOW + 30 * SECOND  # the shopper writes once more
    turn(about, NOW + 30 * SECOND, policy())
    assert (only(about).kind, only(about).due) == ("next_reply", NOW + 60 * SECOND)


def test_an_answer_in_time_is_kept_and_one_after_it_is_late() -> None:
    for took, late in ((10 * SECOND, False), (10 * SECOND + 1, True)):
        about = state()
        turn(about, NOW, policy())
        answer(about, NOW + took)
        [ended] = turn(about, NOW + took, policy())
        assert (ended.clock.kind, ended.took, ended.late) == ("first_reply", took, late)
        assert (about.clocks, about.due_at, about.timer_at) == ("[]", None, None)


def test_a_conversation_that_is_settled_without_an_answer_kept_no_promise_and_broke_none() -> None:
    about = state()
    turn(about, NOW, policy())
    about.status, about.waiting_since = "spam", None
    assert turn(about, NOW + 20 * SECOND, policy()) == []
    assert about.clocks == "[]"


def test_a_clock_strikes_each_of_its_steps_once_in_order() -> None:
    steps = [{"percent": 100, "notify": "lead", "priority": 3}, {"percent": 200, "release": True}]
    about, promise = state(), policy(stages=steps)
    turn(about, NOW, promise)
    told = {}
    for second in range(30):
        at = NOW + second * SECOND
        turn(about, at, promise, anew=True)
        told[second] = strikes(about, at, promise)
        assert strikes(about, at, promise) == []
    assert {second: keys for second, keys in told.items() if keys} == {7: ["warn"], 10: ["late", "e100"], 20: ["e200"]}
    assert about.timer_at is None
    assert (only(about).warned, only(about).late) == (True, True)


def test_a_warning_that_would_come_with_the_breach_is_left_out() -> None:
    about = state()
    turn(about, NOW, policy())
    assert strikes(about, NOW + 3600 * SECOND, policy()) == ["late"]


def test_silence_in_a_chat_counts_from_the_desks_last_word_and_ends_with_the_next() -> None:
    promise = policy(targets={"silence": 60})
    about = state()
    turn(about, NOW, promise)
    assert about.clocks == "[]"
    answer(about, NOW + SECOND)
    turn(about, NOW + SECOND, promise)
    assert only(about).due == NOW + 61 * SECOND
    answer(about, NOW + 30 * SECOND)
    turn(about, NOW + 30 * SECOND, promise)
    assert only(about).due == NOW + 90 * SECOND
    assert about.due_at is None, "nobody waits: it does not come before those who do"


def test_the_resolution_stands_still_while_the_shopper_is_awaited() -> None:
    promise = policy(targets={"resolution": 100})
    about = state()
    turn(about, NOW, promise)
    answer(about, NOW + 20 * SECOND)
    turn(about, NOW + 20 * SECOND, promise)
    assert (only(about).due, only(about).spent, about.timer_at) == (None, 20 * SECOND, None)
    about.waiting_since, about.last_by, about.last_at = NOW + 500 * SECOND, "contact", NOW + 500 * SECOND
    turn(about, NOW + 500 * SECOND, promise)
    assert only(about).due == NOW + 580 * SECOND
    about.status, about.waiting_since = "resolved", None
    [ended] = turn(about, NOW + 530 * SECOND, promise)
    assert (ended.took, ended.late) == (50 * SECOND, False)


def test_a_policy_may_not_pause() -> None:
    about, promise = state(), policy(targets={"resolution": 100}, pauses=False)
    turn(about, NOW, promise)
    answer(about, NOW + 20 * SECOND)
    turn(about, NOW + 20 * SECOND, promise)
    assert only(about).due == NOW + 100 * SECOND


def test_of_several_policies_the_first_that_fits_and_sets_a_target_counts_for_each_kind() -> None:
    vip = policy(id=2, fits={"tags": [5]}, targets={"first_reply": 5})
    usual = policy(id=1, targets={"first_reply": 60, "resolution": 1000})
    about = state(contact_tags="[4, 5]")
    turn(about, NOW, vip, usual)
    assert [(clock.kind, clock.policy) for clock in read(about.clocks)] == [("first_reply", 2), ("resolution", 1)]
    stranger = state()
    turn(stranger, NOW, vip, usual)
    assert only_kinds(stranger) == {"first_reply": 1, "resolution": 1}


def only_kinds(about: State) -> dict[str, int]:
    return {clock.kind: clock.policy for clock in read(about.clocks)}


def test_a_policy_asks_for_channel_priority_team_and_language() -> None:
    asked = {"channels": ["chat"], "priorities": [3], "teams": [9], "locales": ["ko"]}
    promise = policy(fits=asked)
    fitting = {"channel": "chat", "priority": 3, "team_id": 9, "locale": "ko"}
    assert promise.fits(state(**fitting))
    for other in ({"channel": "mail"}, {"priority": 1}, {"team_id": None}, {"locale": "en"}):
        assert not promise.fits(state(**{**fitting, **other}))


def test_a_longer_promise_under_way_is_kept_again_and_a_shorter_one_is_broken_at_once() -> None:
    about = state()
    turn(about, NOW, policy())
    assert strikes(about, NOW + 10 * SECOND, policy()) == ["late"]
    longer = policy(targets={"first_reply": 100})
    turn(about, NOW + 11 * SECOND, longer, anew=True)
    assert (only(about).late, only(about).due, about.timer_at) == (False, NOW + 100 * SECOND, NOW + 70 * SECOND)
    assert strikes(about, NOW + 70 * SECOND, longer) == ["warn"]
    shorter = policy(targets={"first_reply": 60})
    turn(about, NOW + 71 * SECOND, shorter, anew=True)
    assert strikes(about, NOW + 71 * SECOND, shorter) == ["late"]


def test_a_promise_that_begins_with_what_is_long_past_makes_no_noise() -> None:
    about = state(waiting_since=NOW - 3600 * SECOND)
    turn(about, NOW, policy(stages=[{"percent": 200, "notify": "lead"}]), anew=True)
    assert (only(about).late, about.timer_at) == (True, None)


def test_where_nothing_is_promised_any_more_the_clocks_are_gone() -> None:
    about = state()
    turn(about, NOW, policy())
    turn(about, NOW + SECOND)
    assert (about.clocks, about.due_at, about.timer_at) == ("[]", None, None)


@given(st.integers(0, 10**7), st.lists(st.integers(0, 200_000), max_size=6), st.integers(1, 300))
def test_business_time_never_runs_while_it_stands_still(begin: int, steps: list[int], target: int) -> None:
    promise = policy(targets={"resolution": target}, calendar_id=None)
    start = NOW + begin
    about = state(created_at=start, waiting_since=start, last_at=start)
    turn(about, start, promise)
    at, ran, runs = start, 0, True
    shift = NightShift()
    for step in steps:
        if runs:
            ran += shift.elapsed(at, at + step)
        at += step
        if runs:
            answer(about, at)
        else:
            about.waiting_since, about.last_by, about.last_at = at, "contact", at
        runs = not runs
        turn(about, at, promise)
    about.status, about.waiting_since = "resolved", None
    [ended] = turn(about, at, promise)
    assert ended.took == ran
    assert ended.late == (ran > target * SECOND)


def test_no_instant_is_promised_while_the_shop_is_closed_until_further_notice() -> None:
    about = state()
    rules.turn(about, NOW, [policy(stages=[{"percent": 150, "notify": "lead"}])], lambda _: ClosedForGood())
    clock = only(about)
    assert (clock.since, clock.warn, clock.due, clock.strikes) == (NOW, None, None, None)
    assert (about.due_at, about.timer_at) == (None, None)


def test_closing_until_further_notice_stops_what_runs_and_opening_again_sets_it_going() -> None:
    about, promise = state(), policy()
    turn(about, NOW, promise)
    rules.turn(about, NOW + SECOND, [promise], lambda _: ClosedForGood(), anew=True)
    assert (about.due_at, about.timer_at) == (None, None)
    turn(about, NOW + 2 * SECOND, promise, anew=True)
    assert (about.due_at, about.timer_at) == (NOW + 10 * SECOND, NOW + 7 * SECOND)
