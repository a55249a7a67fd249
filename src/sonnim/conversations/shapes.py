"""Conversations, entries and drafts as clients see them. Agents see the whole, visitors the public shapes."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

import msgspec
from typing_extensions import TypedDict

from sonnim.conversations import clocks
from sonnim.conversations.models import Attachment, Draft
from sonnim.conversations.state import State
from sonnim.kernel.clock import from_ms


class ClockObject(TypedDict):
    """A promise about a conversation that is being kept, or was not. It stands still while `due_at` is None."""

    kind: Literal["first_reply", "next_reply", "silence", "resolution"]
    policy_id: int
    started_at: datetime
    target_s: float
    warn_at: datetime | None
    due_at: datetime | None
    warned: bool
    late: bool


class ConversationObject(TypedDict):
    """A conversation as agents see it."""

    id: int
    v: int
    contact_id: int
    channel: str
    status: Literal["open", "snoozed", "resolved", "spam", "merged"]
    assignee_id: int | None
    team_id: int | None
    subject: str
    locale: str
    last_seq: int
    waiting_since: datetime | None
    snoozed_until: datetime | None
    last_at: datetime
    last_text: str
    last_by: Literal["contact", "agent", "system"] | None
    last_agent_id: int | None
    contact_seen_seq: int
    desk_seen_seq: int
    created_at: datetime
    rank: int
    tag_ids: list[int]
    follower_ids: list[int]
    linked_ids: list[int]
    merged_into_id: int | None
    split_from_id: int | None
    solved: bool | None
    priority: Literal[0, 1, 2, 3]  # low, normal, high, urgent
    due_at: datetime | None  # until when whoever waits is promised an answer
    clocks: list[ClockObject]


class PublicConversation(TypedDict):
    """A conversation as its shopper sees it."""

    id: int
    v: int
    status: Literal["open", "resolved"]
    last_seq: int
    desk_seen_seq: int
    contact_seen_seq: int
    assignee_id: int | None
    created_at: datetime
    solved: bool | None


class AttachmentObject(TypedDict):
    """A file in a message or a draft."""

    id: int
    name: str
    type: str
    size: int
    width: int | None
    height: int | None


class AuthorObject(TypedDict):
    """Who wrote an entry."""

    kind: Literal["contact", "agent", "system"]
    id: int | None


class DeliveryObject(TypedDict):
    """How far a message has come on a channel whose provider is elsewhere. None of it is for shoppers.

    `sending` is the instant in which nobody knows; one that ended there is `unsure`: it may have arrived. `note` is
    the provider's own word about what went wrong.
    """

    state: Literal["queued", "sending", "sent", "delivered", "read", "failed", "unsure"]
    note: str
    at: datetime


class EntryObject(TypedDict):
    """A line of the timeline."""

    id: int
    conversation_id: int
    seq: int
    kind: Literal["message", "note", "event"]
    author: AuthorObject
    client_id: str | None
    text: str
    attachments: list[AttachmentObject]
    data: dict[str, Any]
    at: datetime
    v: int
    edited_at: datetime | None
    hidden: Literal["redacted", "retracted"] | None
    delivery: DeliveryObject | None


class AddressObject(TypedDict):
    """A name and an address of a letter's head."""

    name: str
    address: str


class EnvelopeObject(TypedDict, total=False):
    """From whom and to whom a letter-like message goes, kept beside its entry. It is for agents alone: the blind
    copies are in it. What is absent is unknown, or left to the channel.
    """

    entry_id: int
    subject: str
    sender: AddressObject
    to: list[AddressObject]
    cc: list[AddressObject]
    bcc: list[AddressObject]
    reply_to: list[AddressObject]  # where its writer wants answers, if that is elsewhere; only their word
    source_id: int | None  # which of the channel's own accounts it came to, or goes out from
    flags: list[str]  # unverified, automatic, html, quoted, images, …


class DraftObject(TypedDict):
    """What an agent is writing; kept under its conversation's id."""

    conversation_id: int
    v: int
    text: str
    data: dict[str, Any]
    attachments: list[AttachmentObject]
    updated_at: datetime


class CountObject(TypedDict):
    """How many conversations a queue holds; `id` is `waiting`, `all`, `mine:7`, …"""

    id: str
    v: int
    n: int


class FilterObject(TypedDict, total=False):
    """A filter over conversations: all that is named must hold, of a list one. See filters.Filter."""

    status: list[Literal["open", "snoozed", "resolved", "spam"]]
    channel: list[str]
    assignee: list[int | Literal["me"] | None]
    team: list[int | Literal["mine"] | None]
    tag: list[int]
    contact: int | None
    locale: list[Literal["ko", "zh", "en"]]
    priority: list[Literal[0, 1, 2, 3]]
    waiting_over: int | None
    created_from: datetime | None
    created_to: datetime | None
    text: str


class UptoObject(TypedDict):
    """How far a view has been looked through: every conversation that it holds up to here has been listed."""

    status: Literal["open", "snoozed", "resolved", "spam"]
    rank: int


_empty = msgspec.Raw(b"[]"), msgspec.Raw(b"{}")


def _moment(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)


def conversation_object(state: State) -> dict[str, Any]:
    """A ConversationObject."""
    return {
        "id": state.id,
        "v": state.v,
        "contact_id": state.contact_id,
        "channel": state.channel,
        "status": state.status,
        "assignee_id": state.assignee_id,
        "team_id": state.team_id,
        "subject": state.subject,
        "locale": state.locale,
        "last_seq": state.last_seq,
        "waiting_since": _moment(state.waiting_since),
        "snoozed_until": _moment(state.snoozed_until),
        "last_at": from_ms(state.last_at),
        "last_text": state.last_text,
        "last_by": state.last_by or None,
        "last_agent_id": state.last_agent_id,
        "contact_seen_seq": state.contact_seen_seq,
        "desk_seen_seq": state.desk_seen_seq,
        "created_at": from_ms(state.created_at),
        "rank": state.rank,
        "tag_ids": _ids(state.tag_ids),
        "follower_ids": _ids(state.follower_ids),
        "linked_ids": _ids(state.linked_ids),
        "merged_into_id": state.merged_into_id,
        "split_from_id": state.split_from_id,
        "solved": None if state.solved is None else bool(state.solved),
        "priority": state.priority,
        "due_at": _moment(state.due_at),
        "clocks": _empty[0] if state.clocks == "[]" else _clocks(state.clocks),
    }


@lru_cache(maxsize=4096)  # most messages change none
def _clocks(encoded: str) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode([_clock(each) for each in clocks.read(encoded)]))


def _clock(clock: clocks.Clock) -> ClockObject:
    return ClockObject(
        kind=clock.kind,
        policy_id=clock.policy,
        started_at=from_ms(clock.started),
        target_s=clock.target / 1000,
        warn_at=_moment(clock.warn),
        due_at=_moment(clock.due),
        warned=clock.warned,
        late=clock.late,
    )


def _ids(encoded: str) -> msgspec.Raw:
    return _empty[0] if encoded == "[]" else msgspec.Raw(encoded.encode())


def public_conversation(state: State) -> dict[str, Any]:
    """A PublicConversation."""
    return {
        "id": state.id,
        "v": state.v,
        # That the desk looks at it later is the desk's own business.
        "status": "resolved" if state.status == "resolved" else "open",
        "last_seq": state.last_seq,
        "desk_seen_seq": state.desk_seen_seq,
        "contact_seen_seq": state.contact_seen_seq,
        "assignee_id": state.assignee_id,
        "created_at": from_ms(state.created_at),
        "solved": None if state.solved is None else bool(state.solved),
    }


ENTRY_COLUMNS = (
    "id, conversation_id, seq, kind, author_kind, author_id, client_id, text, attachments, data, at, "
    "v, edited_at, hidden, delivery"
)


def entry_object(row: tuple[Any, ...]) -> dict[str, Any]:
    """An EntryObject from a row of ENTRY_COLUMNS; attachments and data are kept as encoded JSON."""
    (
        identity, conversation_id, seq, kind, author_kind, author_id, client_id, text, attachments, data, at,
        v, edited_at, hidden, delivery,
    ) = row  # fmt: skip
    return {
        "id": identity,
        "conversation_id": conversation_id,
        "seq": seq,
        "kind": kind,
        "author": {"kind": author_kind, "id": author_id},
        "client_id": client_id,
        "text": text,
        "attachments": _empty[0] if attachments == "[]" else msgspec.Raw(attachments.encode()),
        "data": _empty[1] if data == "{}" else msgspec.Raw(data.encode()),
        "at": from_ms(at),
        "v": v,
        "edited_at": None if edited_at is None else from_ms(edited_at),
        "hidden": hidden or None,
        "delivery": msgspec.Raw(delivery.encode()) if delivery else None,
    }


def delivery_json(state: str, *, at: int, note: str = "") -> str:
    """A DeliveryObject as an entry's row keeps it; `at` in milliseconds."""
    return msgspec.json.encode({"state": state, "note": note, "at": from_ms(at)}).decode()


def attachment_object(attachment: Attachment) -> AttachmentObject:
    """A file for clients; where it is stored is not among it."""
    return AttachmentObject(
        id=attachment.pk,
        name=attachment.name,
        type=attachment.type,
        size=attachment.size,
        width=attachment.width,
        height=attachment.height,
    )


def draft_object(draft: Draft, attachments: Iterable[Attachment] = ()) -> DraftObject:
    """A draft for its own agent."""
    return DraftObject(
        conversation_id=draft.conversation_id,
        v=draft.v,
        text=draft.text,
        data=draft.data,
        attachments=[attachment_object(attachment) for attachment in attachments],
        updated_at=draft.updated_at,
    )
