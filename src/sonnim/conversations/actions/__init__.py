"""What an agent, a shopper or the clock does to a conversation. Messages are in `posting`, through `writer`."""

from sonnim.conversations.actions.belonging import ensure_conversation, forget_strangers, move_conversations
from sonnim.conversations.actions.drafts import save_draft
from sonnim.conversations.actions.reading import mark_seen
from sonnim.conversations.actions.status import (
    assign_conversation,
    mark_spam,
    reopen_conversation,
    resolve_conversation,
    set_priority,
    snooze_conversation,
    unmark_spam,
    wake_snoozed,
)
from sonnim.conversations.actions.tagging import tag_conversation

__all__ = [
    "assign_conversation",
    "ensure_conversation",
    "forget_strangers",
    "mark_seen",
    "mark_spam",
    "move_conversations",
    "reopen_conversation",
    "resolve_conversation",
    "save_draft",
    "set_priority",
    "snooze_conversation",
    "tag_conversation",
    "unmark_spam",
    "wake_snoozed",
]
