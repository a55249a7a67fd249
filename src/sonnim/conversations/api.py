"""The HTTP side of conversations."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from ninja import File
from ninja.files import UploadedFile

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import ShopRouter, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.contacts.queries import contact_of_shop
from sonnim.contacts.shapes import contact_object
from sonnim.conversations import actions, files, queries, reach, schemas
from sonnim.conversations.check import check_message
from sonnim.conversations.posting import Ack, Post
from sonnim.conversations.shapes import AttachmentObject, attachment_object, conversation_object
from sonnim.conversations.writer import writer
from sonnim.eventlog.queries import head
from sonnim.kernel.clock import from_ms
from sonnim.kernel.errors import NotFound

router = ShopRouter(tag="conversations")
routers = (router,)


@router.get("/conversations", needs=P.CONVERSATION_READ, response=schemas.QueueAnswer)
def list_conversations(caller: Caller, queue: str = "all", limit: int = 50, cursor: str | None = None) -> HttpResponse:
    """A page of a queue: longest wait first, then the rest newest first."""
    page = queries.queue_page(shop_id=caller.shop_id, agent_id=caller.agent.pk, queue=queue, limit=limit, cursor=cursor)
    items = [conversation_object(state) for state in page.states]
    return encoded({"items": items, "contacts": page.contacts, "next": page.next})


@router.get("/conversations/counts", needs=P.CONVERSATION_READ, response=schemas.Counts)
def count_conversations(caller: Caller) -> HttpResponse:
    """The size of each queue."""
    return encoded(queries.counts(shop_id=caller.shop_id, agent_id=caller.agent.pk))


@router.post("/conversations", needs=P.CONVERSATION_REPLY, response=schemas.AckAnswer)
def open_conversation(caller: Caller, body: schemas.OpenBody) -> HttpResponse:
    """Write to a contact first; goes into the contact's running conversation if there is one."""
    check_message(body.client_id, body.text, ())  # what is refused must not leave an empty conversation behind
    contact = contact_of_shop(caller.shop_id, body.contact_id)
    channel = reach.channel_to_begin_on()
    conversation_id = actions.ensure_conversation(shop_id=caller.shop_id, contact=contact, channel=channel)
    message = schemas.MessageBody(client_id=body.client_id, text=body.text)
    return _posted(caller, conversation_id, message)


@router.get("/conversations/{conversation_id}", needs=P.CONVERSATION_READ, response=schemas.ConversationAnswer)
def show_conversation(caller: Caller, conversation_id: int) -> HttpResponse:
    """A conversation with its newest entries. Its position is read first, so that events after it complete it."""
    position = head(caller.shop_id)
    if position is None:
        raise NotFound
    state = queries.conversation_state(shop_id=caller.shop_id, conversation_id=conversation_id)
    entries, before = queries.entries(conversation_id=conversation_id)
    return encoded(
        {
            "conversation": conversation_object(state),
            "contact": contact_object(contact_of_shop(caller.shop_id, state.contact_id)),
            "entries": entries,
            "entries_before": before,
            "draft": queries.draft_of(agent_id=caller.agent.pk, conversation_id=conversation_id),
            "epoch": position.epoch,
            "pos": position.pos,
        }
    )


@router.get("/conversations/{conversation_id}/entries", needs=P.CONVERSATION_READ, response=schemas.EntriesAnswer)
def list_entries(caller: Caller, conversation_id: int, before: int | None = None, limit: int = 50) -> HttpResponse:
    """Entries before a seq, oldest first."""
    queries.conversation_state(shop_id=caller.shop_id, conversation_id=conversation_id)
    items, following = queries.entries(conversation_id=conversation_id, before=before, limit=limit)
    return encoded({"items": items, "next": following})


@router.post("/conversations/{conversation_id}/messages", needs=P.CONVERSATION_NOTE, response=schemas.AckAnswer)
def post_message(caller: Caller, conversation_id: int, body: schemas.MessageBody) -> HttpResponse:
    """Write a message or a note; repeating the same client_id answers the same acknowledgement."""
    if body.kind == "message":
        caller.require(P.CONVERSATION_REPLY)
    return _posted(caller, conversation_id, body)


def _posted(caller: Caller, conversation_id: int, body: schemas.MessageBody) -> HttpResponse:
    check_message(body.client_id, body.text, tuple(body.attachments))
    post = Post(
        caller.shop_id, "agent", caller.agent.pk, body.client_id, body.text, kind=body.kind,
        conversation_id=conversation_id, attachments=tuple(body.attachments),
    )  # fmt: skip
    return encoded(ack_object(writer.post(post)))


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


@router.post("/conversations/{conversation_id}/assign", needs=P.CONVERSATION_ASSIGN)
def assign(caller: Caller, conversation_id: int, body: schemas.AssignBody) -> HttpResponse:
    """Give it to an agent, a team, or nobody."""
    actions.assign_conversation(
        shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk,
        agent_id=body.agent_id, team_id=body.team_id,
    )  # fmt: skip
    return _now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/resolve", needs=P.CONVERSATION_RESOLVE)
def resolve(caller: Caller, conversation_id: int) -> HttpResponse:
    """Settle it."""
    actions.resolve_conversation(shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk)
    return _now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/reopen", needs=P.CONVERSATION_RESOLVE)
def reopen(caller: Caller, conversation_id: int) -> HttpResponse:
    """Bring it back to the open ones."""
    actions.reopen_conversation(shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk)
    return _now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/snooze", needs=P.CONVERSATION_RESOLVE)
def snooze(caller: Caller, conversation_id: int, body: schemas.SnoozeBody) -> HttpResponse:
    """Put it out of sight until a moment, or until the shopper writes."""
    actions.snooze_conversation(
        shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk, until=body.until
    )
    return _now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/seen", needs=P.CONVERSATION_READ)
def seen(caller: Caller, conversation_id: int, body: schemas.SeenBody) -> HttpResponse:
    """The desk has read up to here."""
    actions.mark_seen(shop_id=caller.shop_id, conversation_id=conversation_id, seq=body.seq)
    return _now(caller, conversation_id)


def _now(caller: Caller, conversation_id: int) -> HttpResponse:
    state = queries.conversation_state(shop_id=caller.shop_id, conversation_id=conversation_id)
    return encoded({"conversation": conversation_object(state)})


@router.put("/conversations/{conversation_id}/draft", needs=P.CONVERSATION_NOTE)
def save_draft(caller: Caller, conversation_id: int, body: schemas.DraftBody) -> HttpResponse:
    """Keep what the agent is writing."""
    draft = actions.save_draft(
        shop_id=caller.shop_id, conversation_id=conversation_id, agent_id=caller.agent.pk,
        text=body.text, attachments=body.attachments,
    )  # fmt: skip
    return encoded({"draft": draft})


@router.delete("/conversations/{conversation_id}/draft", needs=P.CONVERSATION_NOTE)
def forget_draft(caller: Caller, conversation_id: int) -> HttpResponse:
    """Forget it."""
    draft = actions.save_draft(
        shop_id=caller.shop_id, conversation_id=conversation_id, agent_id=caller.agent.pk, text="", attachments=[]
    )
    return encoded({"draft": draft})


@router.post("/attachments", needs=P.ATTACHMENT_UPLOAD, response=AttachmentObject)
def upload_attachment(caller: Caller, file: File[UploadedFile]) -> HttpResponse:
    """Upload a file; a message then names its id."""
    stored = files.store_attachment(shop_id=caller.shop_id, owner=("agent", caller.agent.pk), upload=file)
    return encoded(attachment_object(stored), status=201)


@router.get("/attachments/{attachment_id}/content", needs=P.CONVERSATION_READ)
def attachment_content(caller: Caller, attachment_id: int, download: bool = False) -> HttpResponseBase:
    """The file itself."""
    found = files.attachment_for(shop_id=caller.shop_id, attachment_id=attachment_id, reader=("agent", caller.agent.pk))
    return files.serve(found, download=download)


@router.get("/contacts/{contact_id}/conversations", needs=P.CONVERSATION_READ)
def list_contact_conversations(caller: Caller, contact_id: int) -> HttpResponse:
    """The contact's newest conversations, at most 20."""
    contact_of_shop(caller.shop_id, contact_id)
    found = queries.conversations_of(shop_id=caller.shop_id, contact_id=contact_id)
    return encoded({"items": [conversation_object(state) for state in found]})
