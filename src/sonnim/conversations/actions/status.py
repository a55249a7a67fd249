"""Whose a conversation is, and whether it is open: assign, settle, put aside, wake."""

from datetime import datetime

from django.db import connection

from sonnim.conversations import deeds, rules
from sonnim.conversations.changing import changing, tell
from sonnim.kernel import clock


def assign_conversation(
    *, shop_id: int, conversation_id: int, by: int, agent_id: int | None, team_id: int | None = None
) -> None:
    """Give a conversation to an agent, a team, both, or nobody.

    Args:
        by: id of the agent who does it.

    Raises:
        NotFound: no such conversation, agent or team in this shop; a removed agent counts as none.
    """
    with changing(shop_id, conversation_id) as (change, about):
        deeds.check_assignee(shop_id, agent_id, team_id)
        deeds.assign(change, about, by=by, agent_id=agent_id, team_id=team_id)


def resolve_conversation(*, shop_id: int, conversation_id: int, by: int) -> None:
    """Settle a conversation; settled ones stay as they are."""
    with changing(shop_id, conversation_id) as (change, about):
        deeds.resolve(change, about, by=by)


def reopen_conversation(*, shop_id: int, conversation_id: int, by: int) -> None:
    """Bring a settled or snoozed conversation back to the open ones."""
    with changing(shop_id, conversation_id) as (change, about):
        deeds.reopen(change, about, by=by)


def snooze_conversation(*, shop_id: int, conversation_id: int, by: int, until: datetime) -> None:
    """Put a conversation out of sight until a moment in the future, or until the shopper writes.

    Raises:
        Invalid: `until` has no zone, has passed, or is more than a year away.
        Conflict: the conversation is settled.
    """
    deeds.check_moment(until)
    with changing(shop_id, conversation_id) as (change, about):
        deeds.snooze(change, about, by=by, until=until)


def set_priority(*, shop_id: int, conversation_id: int, by: int, priority: int) -> None:
    """Say how much a conversation matters: 0 low, 1 normal, 2 high, 3 urgent.

    Raises:
        Invalid: another number.
    """
    with changing(shop_id, conversation_id) as (change, about):
        deeds.set_priority(change, about, by=by, priority=priority)


def mark_spam(*, shop_id: int, conversation_id: int, by: int) -> None:
    """Put a conversation among the spam; no message of its shopper brings it back."""
    with changing(shop_id, conversation_id) as (change, about):
        deeds.mark_spam(change, about, by=by)


def unmark_spam(*, shop_id: int, conversation_id: int, by: int) -> None:
    """Take a conversation out of the spam again."""
    with changing(shop_id, conversation_id) as (change, about):
        deeds.unmark_spam(change, about, by=by)


def wake_snoozed(*, limit: int = 200) -> int:
    """Bring back what was snoozed until now; answers how many. Safe to run anywhere, at any time, twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, shop_id FROM conversations_conversation WHERE status = 'snoozed' AND snoozed_until <= %s "
            "ORDER BY snoozed_until LIMIT %s",
            [clock.now_ms(), limit],
        )
        due = cursor.fetchall()
    for conversation_id, shop_id in due:
        with changing(shop_id, conversation_id) as (change, about):
            still_due = about.status == "snoozed" and (about.snoozed_until or 0) <= clock.now_ms()
            if still_due:
                rules.reopen(about)
                tell(change, about, "conversation.unsnoozed", {"what": "unsnoozed", "why": "due"}, by=None)
    return len(due)
