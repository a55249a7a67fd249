"""What was written is written otherwise, erased, or looked up as it was."""

from django.http import HttpResponse

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.conversations import queries, schemas
from sonnim.conversations.actions.wording import edit_entry, redact_entry
from sonnim.conversations.api.router import router
from sonnim.conversations.check import content
from sonnim.kernel.text import checked_text

ENTRY = "/conversations/{conversation_id}/entries/{id:seq}"


@router.patch(ENTRY, needs=P.CONVERSATION_NOTE, response=schemas.EntryAnswer)
def edit(caller: Caller, conversation_id: int, seq: int, body: schemas.WordingBody) -> HttpResponse:
    """Give one's own message or note another wording."""
    kind = queries.entry_kind(shop_id=caller.shop_id, conversation_id=conversation_id, seq=seq)
    if kind == "message":
        caller.require(P.CONVERSATION_REPLY)
    document = body.data.document() if body.data is not None else ()
    if not document:
        checked_text(body.text)
    said = content(kind, body.text, document)
    entry = edit_entry(
        shop_id=caller.shop_id, conversation_id=conversation_id, seq=seq, agent_id=caller.agent.pk, said=said
    )
    return encoded({"entry": entry})


@router.post(f"{ENTRY}/redact", needs=P.CONVERSATION_REDACT, response=schemas.EntryAnswer)
def redact(caller: Caller, conversation_id: int, seq: int, body: schemas.RedactBody) -> HttpResponse:
    """Erase a wording wherever it stands. Who did it, and why, is in the audit log."""
    entry = redact_entry(actor=caller.actor, conversation_id=conversation_id, seq=seq, reason=body.checked_reason())
    return encoded({"entry": entry})


@router.get(f"{ENTRY}/revisions", needs=P.AUDIT_READ, response=schemas.RevisionsAnswer)
def list_revisions(caller: Caller, conversation_id: int, seq: int) -> HttpResponse:
    """The former wordings of a message or a note, oldest first."""
    found = queries.revisions(shop_id=caller.shop_id, conversation_id=conversation_id, seq=seq)
    return encoded({"items": found})
