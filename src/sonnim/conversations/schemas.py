"""Bodies and answers of the conversations API."""

from datetime import datetime
from typing import Any, Literal

from typing_extensions import TypedDict

from sonnim.accounts.http import Body, Moment, RowId, Text
from sonnim.contacts.shapes import ContactObject
from sonnim.conversations.envelopes import Recipients
from sonnim.conversations.rich import Document
from sonnim.conversations.rich import read as read_rich
from sonnim.conversations.shapes import ConversationObject, DraftObject, EntryObject, EnvelopeObject, UptoObject
from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import checked_text

MAX_REASON = 300


class EnvelopesAnswer(TypedDict):
    """Of a stretch of a timeline; messages without one are left out."""

    items: list[EnvelopeObject]


class QueueAnswer(TypedDict):
    """A page of a queue or a view. One of a view may be short, even empty, and yet have a next one: see `upto`."""

    items: list[ConversationObject]
    contacts: list[ContactObject]
    next: str | None
    upto: UptoObject | None


class Counts(TypedDict):
    """How many conversations each queue holds for the asking agent; of `mentioned`, where they have not looked yet."""

    waiting: int
    waiting_all: int
    unassigned: int
    mine: int
    team: int
    mentioned: int
    all: int
    snoozed: int
    resolved: int
    spam: int


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
    """Entries in order, the seq to go on from, and the seq that was asked for by its number or its moment."""

    items: list[EntryObject]
    next: int | None
    seq: int | None


class AckAnswer(TypedDict):
    """The message is on the disk."""

    client_id: str
    id: int
    conversation: int
    seq: int
    at: str
    repeat: bool


class EnvelopeBody(Body):
    """To whom a letter-like message goes, where the channel knows more than one recipient."""

    subject: Text = ""
    to: list[Text] = []
    cc: list[Text] = []
    bcc: list[Text] = []
    source_id: RowId | None = None


class RichBody(Body):
    """What a text cannot say alone; see conversations.rich for the shape of a document."""

    rich: list[dict[str, Any]] | None = None
    envelope: EnvelopeBody | None = None

    def recipients(self) -> Recipients | None:
        """To whom it goes, if that was chosen."""
        chosen = self.envelope
        if chosen is None:
            return None
        return Recipients(chosen.subject, tuple(chosen.to), tuple(chosen.cc), tuple(chosen.bcc), chosen.source_id)

    def document(self) -> Document:
        """Raises: Invalid."""
        return read_rich(self.rich) if self.rich else ()


class MessageBody(Body):
    """A message or a note. With `data.rich` its text is derived from that."""

    client_id: str
    text: str = ""
    kind: Literal["message", "note"] = "message"
    attachments: list[int] = []
    data: RichBody | None = None


class OpenBody(MessageBody):
    """A conversation that an agent begins; without a channel on the one that is first at hand."""

    kind: Literal["message"] = "message"
    contact_id: int
    channel: Text = ""


class AssignBody(Body):
    """Who shall have it; null is nobody."""

    agent_id: int | None
    team_id: int | None = None


class SnoozeBody(Body):
    """Until when."""

    until: Moment


class PriorityBody(Body):
    """0 low, 1 normal, 2 high, 3 urgent."""

    priority: Literal[0, 1, 2, 3]


class SeenBody(Body):
    """Up to where the desk has read."""

    seq: int


class DraftBody(Body):
    """What the agent is writing."""

    text: str = ""
    attachments: list[int] = []
    data: RichBody | None = None
    kind: Literal["message", "note"] = "message"


class WordingBody(Body):
    """Another wording of one's own message or note; `data.rich` goes before `text`."""

    text: str = ""
    data: RichBody | None = None


class RedactBody(Body):
    """Why a wording is erased; must not repeat it."""

    reason: str = ""

    def checked_reason(self) -> str:
        """The reason, if it is one.

        Raises:
            Invalid: it is too long.
        """
        reason = checked_text(self.reason.strip(), may_be_empty=True)
        if len(reason) > MAX_REASON:
            raise Invalid(f"A reason has at most {MAX_REASON} characters.", fields={"reason": "too long"})
        return reason


class EntryAnswer(TypedDict):
    """A line of the timeline as it is now."""

    entry: EntryObject


class RevisionObject(TypedDict):
    """A former wording, and until when it stood."""

    n: int
    text: str
    data: dict[str, Any]
    by_id: int
    at: datetime


class RevisionsAnswer(TypedDict):
    """The former wordings, oldest first."""

    items: list[RevisionObject]
