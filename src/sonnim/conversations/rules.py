"""What a conversation does when something happens to it: pure functions over its state."""

from sonnim.conversations import reach
from sonnim.conversations.state import State
from sonnim.kernel.text import preview

# Waiting conversations sort by the instant that they are promised, or by when the wait began; the others after them,
# newest first. One ascending integer serves both, so that a page is one index range. Milliseconds reach this base in
# the year 2286.
NEWEST_FIRST = 10**13
REOPEN_WITHIN_MS = 7 * 24 * 3600 * 1000


def rank(state: State) -> int:
    """The queue's sort key, ascending: who waits, by when an answer is promised or, without a promise, by when the
    wait began; then the rest, newest first; snoozed by when they wake.
    """
    if state.status == "snoozed" and state.snoozed_until is not None:
        return state.snoozed_until
    if state.status == "open" and state.waiting_since is not None:
        return state.due_at if state.due_at is not None else state.waiting_since
    return NEWEST_FIRST - state.last_at


_FOLLOWS = {
    "queued": ("", "failed", "unsure", "sending"),
    "sending": ("queued",),
    "sent": ("sending", "unsure"),
    "unsure": ("sending",),
    "delivered": ("sending", "sent", "unsure", "failed"),
    "read": ("sending", "sent", "unsure", "failed", "delivered"),
    "failed": ("queued", "sending", "sent", "unsure"),
}


def delivery_may_become(state: str, *, was: str) -> bool:
    """Whether this word about a message's delivery is news: providers call twice and out of order. What has arrived
    cannot fail any more, and a late "sent" takes nothing back.
    """
    return was in _FOLLOWS[state]


def queues(state: State) -> frozenset[str]:
    """The kept counts that this conversation is part of."""
    if state.status != "open":
        return frozenset({state.status})
    keys = {"all", "unassigned" if state.assignee_id is None else f"mine:{state.assignee_id}"}
    if state.assignee_id is not None and reach.is_carried(state.channel):
        keys.add(f"letters:{state.assignee_id}")
    if state.team_id is not None:
        keys.add(f"team:{state.team_id}")
    if state.waiting_since is not None:
        keys |= {"waiting", f"waiting:{_awaited(state)}"}
    return frozenset(keys)


def _awaited(state: State) -> str:
    """Who sees it among what waits for them: its agent; without one, its team; without that, everybody."""
    if state.assignee_id is not None:
        return str(state.assignee_id)
    return "nobody" if state.team_id is None else f"team:{state.team_id}"


def takes_new_message(state: State, at: int) -> bool:
    """Whether a shopper's next message belongs here: always, unless it was settled more than a week ago."""
    return state.status != "resolved" or at - state.last_at <= REOPEN_WITHIN_MS


def shopper_wrote(state: State, *, text: str, at: int) -> None:
    """A shopper's message: it waits from now, unless an older one already does. Spam waits for nobody."""
    if state.status != "spam":
        state.status, state.snoozed_until = "open", None
        if state.waiting_since is None:
            state.waiting_since = at
    _spoke(state, text=text, at=at, by="contact")


def machine_wrote(state: State, *, text: str, at: int) -> None:
    """A message that no person wrote: it is there to be read, and changes nothing else."""
    state.last_at = max(at, state.last_at)
    if not state.last_text:
        state.last_text = preview(text)
    state.rank = rank(state)


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
    state.status, state.snoozed_until, state.waiting_since, state.solved = "resolved", None, None, None
    state.last_at = max(at, state.last_at)
    state.rank = rank(state)


def reopen(state: State) -> None:
    """Back among the open ones."""
    state.status, state.snoozed_until = "open", None
    state.rank = rank(state)


def mark_spam(state: State) -> None:
    """Out of the open queues, and nobody waits."""
    state.status, state.snoozed_until, state.waiting_since = "spam", None, None
    state.rank = rank(state)


def unmark_spam(state: State) -> None:
    """It was none: open, and waiting since the shopper's last word, if that was the last one."""
    state.status = "open"
    state.waiting_since = state.last_at if state.last_by == "contact" else None
    state.rank = rank(state)


def spoken_since(state: State) -> None:
    """What was said since its state was kept counts: an answer ends the wait, a shopper's word must not lie settled."""
    if state.last_by == "agent":
        state.waiting_since = None
    elif state.status != "spam":
        state.status, state.snoozed_until = "open", None
        state.waiting_since = state.waiting_since or state.last_at
    state.rank = rank(state)


def snooze(state: State, *, until: int) -> None:
    """Out of sight until then, or until the shopper writes."""
    state.status, state.snoozed_until = "snoozed", until
    state.rank = rank(state)


def unsettle(state: State, *, at: int) -> None:
    """The shopper says that it is not solved: back among the open ones, and waiting."""
    state.status, state.waiting_since = "open", at
    state.rank = rank(state)
