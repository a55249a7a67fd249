"""What was merged and what was split hangs together: pure functions over the conversations of one shopper."""

from collections.abc import Sequence
from typing import Any

from sonnim.conversations import rules
from sonnim.conversations.state import State


def stands_alone(newest: State) -> bool:
    """Whether a shopper's newest conversation is the one they are in, without looking at any other."""
    return newest.split_from_id is None and newest.status != "merged"


def family(newest: State, others: Sequence[State]) -> list[State]:
    """Those of a shopper's conversations that are one talk with the newest, that one included."""
    near = {newest.id}
    before = 0
    while before != len(near):
        before = len(near)
        for each in others:
            ties = {each.id, each.merged_into_id, each.split_from_id} - {None}
            if ties & near:
                near |= {tie for tie in ties if tie is not None}
    return [each for each in others if each.id in near]


def current(newest: State, others: Sequence[State]) -> State | None:
    """Where a shopper's next message goes: among what is not settled, to where there was talk last.

    None when it is none of `others`: then whatever the newest was merged into lies further back.
    """
    if stands_alone(newest):
        return newest
    there = [each for each in family(newest, others) if each.status != "merged"]
    # What was just split off has the same last message as its origin: the talk stays there until somebody speaks.
    return max(there, key=lambda each: (each.status in {"open", "snoozed"}, each.last_at, -each.id), default=None)


def kept(state: State) -> dict[str, Any]:
    """What an undo must give back."""
    return {
        "status": state.status,
        "waiting_since": state.waiting_since,
        "snoozed_until": state.snoozed_until,
        "assignee_id": state.assignee_id,
        "team_id": state.team_id,
    }


def restore(state: State, was: dict[str, Any]) -> None:
    """As it was when `kept` was called."""
    state.status, state.waiting_since, state.snoozed_until = was["status"], was["waiting_since"], was["snoozed_until"]
    state.assignee_id, state.team_id = was["assignee_id"], was["team_id"]
    settle_rank(state)


def settle_rank(state: State) -> None:
    """Put it where it belongs in the queues."""
    state.rank = rules.rank(state)


def join(source: State, into: State) -> None:
    """Let one conversation go on in another, which takes over who waits, since when, and who has it."""
    if source.status == "open":
        into.status, into.snoozed_until = "open", None
        into.waiting_since = min((at for at in (source.waiting_since, into.waiting_since) if at), default=None)
    if into.assignee_id is None and into.team_id is None:
        into.assignee_id, into.team_id = source.assignee_id, source.team_id
    into.rank = rules.rank(into)
    source.status, source.merged_into_id = "merged", into.id
    source.waiting_since = source.snoozed_until = None
    source.rank = rules.rank(source)


def tie(one: State, other: State) -> None:
    """Keep what was taken apart again one talk for the shopper. The newer of both says so: it is asked first."""
    younger, older = (one, other) if one.id > other.id else (other, one)
    if younger.split_from_id is None:
        younger.split_from_id = older.id
