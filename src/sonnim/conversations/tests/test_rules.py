"""What happens to a conversation when something happens in it; no database is asked."""

from hypothesis import given
from hypothesis import strategies as st

from sonnim.conversations import rules
from sonnim.conversations.state import State

HOUR = 3_600_000
NOW = 1_795_000_000_000
times = st.integers(1_600_000_000_000, 1_900_000_000_000)


def state(**more: object) -> State:
    blank = {
        "id": 1, "shop_id": 1, "contact_id": 1, "channel": "chat", "locale": "ko", "subject": "", "created_at": NOW,
        "status": "open", "assignee_id": None, "team_id": None, "last_seq": 0, "rank": 0, "waiting_since": None,
        "snoozed_until": None, "last_at": NOW, "last_text": "", "last_by": "", "last_agent_id": None,
        "contact_seen_seq": 0, "desk_seen_seq": 0, "v": 0,
    }  # fmt: skip
    made = State(**{**blank, **more})  # type: ignore[arg-type]
    made.rank = rules.rank(made)
    return made


def test_a_wait_begins_with_the_oldest_unanswered_message() -> None:
    about = state()
    rules.shopper_wrote(about, text="하나", at=NOW)
    rules.shopper_wrote(about, text="둘", at=NOW + HOUR)
    assert about.waiting_since == about.rank == NOW
    assert (about.last_text, about.last_at, about.last_by) == ("둘", NOW + HOUR, "contact")


def test_an_answer_ends_the_wait_and_takes_what_nobody_had() -> None:
    about = state(waiting_since=NOW)
    rules.agent_wrote(about, agent_id=7, text="네", at=NOW + 1)
    assert (about.waiting_since, about.assignee_id, about.last_agent_id) == (None, 7, 7)
    rules.agent_wrote(about, agent_id=8, text="저도", at=NOW + 2)
    assert (about.assignee_id, about.last_agent_id) == (7, 8)


def test_who_writes_again_brings_the_conversation_back() -> None:
    for status in ("resolved", "snoozed"):
        about = state(status=status, snoozed_until=NOW + HOUR)
        rules.shopper_wrote(about, text="저기요", at=NOW)
        assert (about.status, about.snoozed_until, about.waiting_since) == ("open", None, NOW)


def test_settling_ends_the_wait_and_reopening_does_not_bring_it_back() -> None:
    about = state(waiting_since=NOW)
    rules.resolve(about, at=NOW + 1)
    assert rules.queues(about) == {"resolved"}
    rules.reopen(about)
    assert (about.status, about.waiting_since) == ("open", None)


def test_who_waited_before_a_snooze_still_waits_after_it() -> None:
    about = state(waiting_since=NOW)
    rules.snooze(about, until=NOW + HOUR)
    assert rules.queues(about) == {"snoozed"}
    assert about.rank == NOW + HOUR
    rules.reopen(about)
    assert about.rank == NOW
    assert rules.queues(about) == {"all", "unassigned", "waiting", "waiting:nobody"}


def test_a_settled_conversation_takes_messages_for_a_week() -> None:
    about = state(status="resolved", last_at=NOW)
    assert rules.takes_new_message(about, NOW + 7 * 24 * HOUR)
    assert not rules.takes_new_message(about, NOW + 7 * 24 * HOUR + 1)
    about.status = "snoozed"
    assert rules.takes_new_message(about, NOW + 365 * 24 * HOUR)


def test_a_clock_that_went_back_does_not_age_the_newest_message() -> None:
    about = state(last_at=NOW)
    rules.shopper_wrote(about, text="어제의 오늘", at=NOW - HOUR)
    assert about.last_at == NOW


@given(waits=st.lists(times, max_size=8), rest=st.lists(times, max_size=8))
def test_the_longest_wait_comes_first_then_the_rest_newest_first(waits: list[int], rest: list[int]) -> None:
    states = [state(waiting_since=at) for at in waits] + [state(last_at=at) for at in rest]
    states.sort(key=lambda each: each.rank)
    assert [each.waiting_since for each in states[: len(waits)]] == sorted(waits)
    assert [each.last_at for each in states[len(waits) :]] == sorted(rest, reverse=True)


@given(st.sampled_from(["open", "snoozed", "resolved"]), st.none() | st.just(7), st.none() | times)
def test_every_conversation_is_counted_under_exactly_one_status(
    status: str, assignee: int | None, waiting: int | None
) -> None:
    keys = rules.queues(state(status=status, assignee_id=assignee, waiting_since=waiting))
    assert len(keys & {"all", "snoozed", "resolved"}) == 1
    assert ("all" in keys) == bool(keys & {"unassigned", "mine:7"}) == (status == "open")
