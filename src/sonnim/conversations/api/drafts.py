"""What an agent is writing."""

from django.http import HttpResponse

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.conversations import actions, schemas
from sonnim.conversations.api.router import router


@router.put("/conversations/{conversation_id}/draft", needs=P.CONVERSATION_NOTE)
def save_draft(caller: Caller, conversation_id: int, body: schemas.DraftBody) -> HttpResponse:
    """Keep what the agent is writing."""
    draft = actions.save_draft(
        shop_id=caller.shop_id, conversation_id=conversation_id, agent_id=caller.agent.pk,
        text=body.text, attachments=body.attachments,
        document=body.data.document() if body.data else (), as_note=body.kind == "note",
        chosen=body.data.recipients() if body.data else None,
    )  # fmt: skip
    return encoded({"draft": draft})


@router.delete("/conversations/{conversation_id}/draft", needs=P.CONVERSATION_NOTE)
def forget_draft(caller: Caller, conversation_id: int) -> HttpResponse:
    """Forget it."""
    draft = actions.save_draft(
        shop_id=caller.shop_id, conversation_id=conversation_id, agent_id=caller.agent.pk, text="", attachments=[]
    )
    return encoded({"draft": draft})
