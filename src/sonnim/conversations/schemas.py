"""Bodies and answers of the conversations API."""

from typing import Literal

from typing_extensions import TypedDict

from sonnim.accounts.http import Body, Moment
from sonnim.contacts.shapes import ContactObject
from sonnim.conversations.shapes import ConversationObject, DraftObject, EntryObject


class QueueAnswer(TypedDict):
    """A page of a queue."""

    items: list[ConversationObject]
    contacts: list[ContactObject]
    next: str | None


class Counts(TypedDict):
    """How many conversations each queue holds for the asking agent."""

    waiting: int
    unassigned: int
    mine: int
    all: int
    snoozed: int
    resolved: int


class ConversationAnswer(TypedDict):
    """A conversation with its newest entries, as of (epoch, pos)."""

    conversation: ConversationObject
    contact: ContactObject
    entries: list[EntryObject]
    entries_before: int | None
    draft: DraftObject | None
    epoch: str
    pos: int


class EntriesAnswer(TypedDict):
    """Older entries."""

    items: list[EntryObject]
    next: int | None


class AckAnswer(TypedDict):
    """The message is on the disk."""

    client_id: str
    id: int
    conversation: int
    seq: int
    at: str
    repeat: bool


class MessageBody(Body):
    """A message or a note."""

    client_id: str
    text: str = ""
    kind: Literal["message", "note"] = "message"
    attachments: list[int] = []


class OpenBody(Body):
    """A conversation that an agent begins."""

    contact_id: int
    client_id: str
    text: str


class AssignBody(Body):
    """Who shall have it; null is nobody."""

    agent_id: int | None
    team_id: int | None = None


class SnoozeBody(Body):
    """Until when."""

    until: Moment


class SeenBody(Body):
    """Up to where the desk has read."""

    seq: int


class DraftBody(Body):
    """What the agent is writing."""

    text: str
    attachments: list[int] = []
