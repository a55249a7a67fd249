"""Conversations, entries and drafts as clients see them. Agents see the whole, visitors the public shapes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import msgspec
from typing_extensions import TypedDict

from sonnim.conversations.models import Attachment, Draft
from sonnim.conversations.state import State
from sonnim.kernel.clock import from_ms


class ConversationObject(TypedDict):
    """A conversation as agents see it."""

    id: int
    v: int
    contact_id: int
    channel: str
    status: Literal["open", "snoozed", "resolved"]
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


class PublicConversation(TypedDict):
    """A conversation as its shopper sees it."""

    id: int
    v: int
    status: Literal["open", "snoozed", "resolved"]
    last_seq: int
    desk_seen_seq: int
    contact_seen_seq: int
    assignee_id: int | None
    created_at: datetime


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


class DraftObject(TypedDict):
    """What an agent is writing; kept under its conversation's id."""

    conversation_id: int
    v: int
    text: str
    attachments: list[AttachmentObject]
    updated_at: datetime


class CountObject(TypedDict):
    """How many conversations a queue holds; `id` is `waiting`, `all`, `mine:7`, …"""

    id: str
    v: int
    n: int


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
    }


def public_conversation(state: State) -> dict[str, Any]:
    """A PublicConversation."""
    return {
        "id": state.id,
        "v": state.v,
        # That the desk looks at it later is the desk's own business.
        "status": "open" if state.status == "snoozed" else state.status,
        "last_seq": state.last_seq,
        "desk_seen_seq": state.desk_seen_seq,
        "contact_seen_seq": state.contact_seen_seq,
        "assignee_id": state.assignee_id,
        "created_at": from_ms(state.created_at),
    }


ENTRY_COLUMNS = "id, conversation_id, seq, kind, author_kind, author_id, client_id, text, attachments, data, at"
_empty = msgspec.Raw(b"[]"), msgspec.Raw(b"{}")


def entry_object(row: tuple[Any, ...]) -> dict[str, Any]:
    """An EntryObject from a row of ENTRY_COLUMNS; attachments and data are kept as encoded JSON."""
    identity, conversation_id, seq, kind, author_kind, author_id, client_id, text, attachments, data, at = row
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
    }


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
        attachments=[attachment_object(attachment) for attachment in attachments],
        updated_at=draft.updated_at,
    )
