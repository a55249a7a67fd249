"""Tables of conversations."""

from sonnim.conversations.models.envelopes import Envelope
from sonnim.conversations.models.timelines import Attachment, Conversation, Draft, Entry, Revision, Tally
from sonnim.conversations.models.together import ChecklistItem, Follower, Link, Mention, Question
from sonnim.conversations.models.working import BulkAction, ConversationTag, Scheduled, View

__all__ = [
    "Attachment",
    "BulkAction",
    "ChecklistItem",
    "Conversation",
    "ConversationTag",
    "Draft",
    "Entry",
    "Envelope",
    "Follower",
    "Link",
    "Mention",
    "Question",
    "Revision",
    "Scheduled",
    "Tally",
    "View",
]
