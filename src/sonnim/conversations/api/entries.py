"""Timelines: reading them, and writing messages and notes."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from msgspec.structs import replace
from ninja import Status

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.contacts.queries import contact_of_shop
from sonnim.conversations import actions, queries, reach, schemas
from sonnim.conversations.actions.delivering import send_again
from sonnim.conversations.api.router import router
from sonnim.conversations.check import check_message, content
from sonnim.conversations.envelopes import envelopes_of
from sonnim.conversations.posting import Ack, Post
from sonnim.conversations.writer import writer
from sonnim.kernel.clock import from_ms, to_ms
from sonnim.kernel.errors import Invalid


@router.post("/conversations", needs=P.CONVERSATION_REPLY, response=schemas.AckAnswer)
def open_conversation(caller: Caller, body: schemas.OpenBody) -> HttpResponse:
    """Write to a contact first: into the running conversation, or about something new where that is a letter."""
    post = _post_of(caller, None, body)  # what is refused must not leave an empty conversation behind
    contact = contact_of_shop(caller.shop_id, body.contact_id)
    channel = reach.channel_to_begin_on(body.channel)
    if reach.is_carried(channel):
        chosen = body.data.recipients() if body.data else None
        subject = chosen.subject if chosen else ""
        begun = replace(post, channel=channel, contact_id=contact.pk, subject=subject, locale=contact.locale, held=True)
        return encoded(ack_object(writer.post(begun)))
    conversation_id = actions.ensure_conversation(shop_id=caller.shop_id, contact=contact, channel=channel)
    return encoded(ack_object(writer.post(replace(post, conversation_id=conversation_id))))


@router.get("/conversations/{conversation_id}/entries", needs=P.CONVERSATION_READ, response=schemas.EntriesAnswer)
def list_entries(
    caller: Caller, conversation_id: int, before: int | None = None, limit: int = 50, around: int | None = None,
    at: datetime | None = None,
) -> HttpResponse:  # fmt: skip
    """Entries before a seq, oldest first; or those around a seq, or around the first one at or after a moment."""
    state = queries.conversation_state(shop_id=caller.shop_id, conversation_id=conversation_id)
    if at is not None:
        if at.tzinfo is None:
            raise Invalid("The moment must name its zone.", fields={"at": "no zone"})
        around = queries.seq_at(conversation_id=conversation_id, last_seq=state.last_seq, at=to_ms(at))
        around = around if around is not None else state.last_seq
    if around is not None:
        around = max(1, min(around, state.last_seq))
        before = around + max(1, min(limit, queries.MAX_PAGE)) // 2
    items, following = queries.entries(conversation_id=conversation_id, before=before, limit=limit)
    return encoded({"items": items, "next": following, "seq": around})


@router.post("/conversations/{conversation_id}/messages", needs=P.CONVERSATION_NOTE, response=schemas.AckAnswer)
def post_message(caller: Caller, conversation_id: int, body: schemas.MessageBody) -> HttpResponse:
    """Write a message or a note; repeating the same client_id answers the same acknowledgement."""
    if body.kind == "message":
        caller.require(P.CONVERSATION_REPLY)
    return _posted(caller, conversation_id, body)


def _posted(caller: Caller, conversation_id: int, body: schemas.MessageBody) -> HttpResponse:
    return encoded(ack_object(writer.post(_post_of(caller, conversation_id, body))))


def _post_of(caller: Caller, conversation_id: int | None, body: schemas.MessageBody) -> Post:
    document = body.data.document() if body.data else ()
    to = body.data.recipients() if body.data else None
    said = content(body.kind, body.text, document, may_be_empty=bool(body.attachments), to=to)
    check_message(body.client_id, said.text, tuple(body.attachments))
    return Post(
        caller.shop_id, "agent", caller.agent.pk, body.client_id, said.text, kind=body.kind,
        conversation_id=conversation_id, attachments=tuple(body.attachments), data=said.data, mentions=said.mentions,
        envelope=said.envelope,
    )  # fmt: skip


@router.get("/conversations/{conversation_id}/envelopes", needs=P.CONVERSATION_READ, response=schemas.EnvelopesAnswer)
def list_envelopes(caller: Caller, conversation_id: int, from_seq: int = 1, to_seq: int = 2**31 - 1) -> HttpResponse:
    """From whom and to whom the messages of a stretch went, for those that have more than one recipient."""
    queries.conversation_state(shop_id=caller.shop_id, conversation_id=conversation_id)
    low, high = max(1, from_seq), min(to_seq, 2**31 - 1)
    found = envelopes_of(shop_id=caller.shop_id, conversation_id=conversation_id, from_seq=low, to_seq=high)
    return encoded({"items": found})


@router.post("/conversations/{conversation_id}/entries/{seq}/carry", needs=P.CONVERSATION_REPLY, response={204: None})
def carry_again(caller: Caller, conversation_id: int, seq: int) -> Status[None]:
    """Send a message once more that failed, or of which nobody knows whether it arrived."""
    send_again(shop_id=caller.shop_id, conversation_id=conversation_id, seq=seq)
    return Status(204, None)


def ack_object(ack: Ack) -> dict[str, Any]:
    """An acknowledgement over HTTP."""
    return {
        "client_id": ack.client_id,
        "id": ack.id,
        "conversation": ack.conversation,
        "seq": ack.seq,
        "at": from_ms(ack.at),
        "repeat": ack.repeat,
    }
