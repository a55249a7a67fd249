"""What a conversation does when something happens to it: pure functions over its state."""

from sonnim.conversations.state import State
from sonnim.kernel.text import preview

# Waiting conversations sort by when the wait began, the others after them, newest first; one ascending integer serves
# both, so that a page is one index range. Milliseconds reach this base in the year 2286.
NEWEST_FIRST = 10**13
REOPEN_WITHIN_MS = 7 * 24 * 3600 * 1000


def rank(state: State) -> int:
    """The queue's sort key, ascending: longest wait first, then the rest newest first; snoozed by when they wake."""
    if state.status == "snoozed" and state.snoozed_until is not None:
        return state.snoozed_until
    if state.status == "open" and state.waiting_since is not None:
        return state.waiting_since
    return NEWEST_FIRST - state.last_at


def queues(state: State) -> frozenset[str]:
    """The kept counts that this conversation is part of."""
    if state.status != "open":
        return frozenset({state.status})
    keys = {"all", "unassigned" if state.assignee_id is None else f"mine:{state.assignee_id}"}
    if state.waiting_since is not None:
        keys.add("waiting")
    return frozenset(keys)


def takes_new_message(state: State, at: int) -> bool:
    """Whether a shopper's next message belongs here: always, unless it was settled more than a week ago."""
    return state.status != "resolved" or at - state.last_at <= REOPEN_WITHIN_MS


def shopper_wrote(state: State, *, text: str, at: int) -> None:
    """A shopper's message: it waits from now, unless an older one already does."""
    state.status, state.snoozed_until = "open", None
    if state.waiting_since is None:
        state.waiting_since = at
    _spoke(state, text=text, at=at, by="contact")


def agent_wrote(state: State, *, agent_id: int, text: str, at: int) -> None:
    """An agent's answer: nobody waits any more, and who answers an unassigned conversation takes it."""
    if state.status == "resolved":
        state.status = "open"
    if state.assignee_id is None:
        state.assignee_id = agent_id
    state.waiting_since = None
    state.last_agent_id = agent_id
    _spoke(state, text=text, at=at, by="agent")


def _spoke(state: State, *, text: str, at: int, by: str) -> None:
    # A clock that was set back must not make the newest message look older than the one before it.
    state.last_at, state.last_text, state.last_by = max(at, state.last_at), preview(text), by
    state.rank = rank(state)


def resolve(state: State, *, at: int) -> None:
    """Settled: it leaves the open queues."""
    state.status, state.snoozed_until, state.waiting_since = "resolved", None, None
    state.last_at = max(at, state.last_at)
    state.rank = rank(state)


def reopen(state: State) -> None:
    """Back among the open ones."""
    state.status, state.snoozed_until = "open", None
    state.rank = rank(state)


def snooze(state: State, *, until: int) -> None:
    """Out of sight until then, or until the shopper writes."""
    state.status, state.snoozed_until = "snoozed", until
    state.rank = rank(state)
