"""Messages that are sent later, and messages that are taken back."""

from typing import Any, Literal

from django.http import HttpResponse
from ninja import Status
from typing_extensions import TypedDict

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, Moment, encoded, rfc3339
from sonnim.accounts.permissions import Permission as P
from sonnim.conversations.actions.retracting import retract_entry
from sonnim.conversations.api.router import router
from sonnim.conversations.check import check_message, content
from sonnim.conversations.later import actions
from sonnim.conversations.later.shapes import ScheduledObject
from sonnim.conversations.schemas import MessageBody
from sonnim.kernel.errors import Invalid


class LaterBody(MessageBody):
    """A message, and when it is sent; without `due_at` it is held for ten seconds, in which it may be undone."""

    due_at: Moment | None = None
    then: Literal["resolve", "snooze"] | None = None
    snooze_until: Moment | None = None

    def following(self) -> dict[str, Any]:
        """What follows the message, as the action takes it."""
        if self.then == "snooze" and self.snooze_until is not None:
            return {"what": "snooze", "until": rfc3339(self.snooze_until)}
        return {"what": "resolve"} if self.then == "resolve" else {}


class LaterPatch(Body):
    """Another time for a message that waits. To let it say something else, withdraw it and write it anew."""

    due_at: Moment


class RetractAnswer(TypedDict):
    """Whether the shopper had read it before it was taken back."""

    read: bool


@router.post("/conversations/{conversation_id}/scheduled", needs=P.CONVERSATION_NOTE, response=ScheduledObject)
def schedule_message(caller: Caller, conversation_id: int, body: LaterBody) -> HttpResponse:
    """Have a message sent later; repeating the same client_id answers what waits already."""
    if body.kind == "message":
        caller.require(P.CONVERSATION_REPLY)
    if body.then is not None:
        caller.require(P.CONVERSATION_RESOLVE)
    if (body.then == "snooze") != (body.snooze_until is not None):
        raise Invalid("A moment to wake up belongs to snoozing.", fields={"snooze_until": "with then: snooze alone"})
    document = body.data.document() if body.data else ()
    to = body.data.recipients() if body.data else None
    said = content(body.kind, body.text, document, may_be_empty=bool(body.attachments), to=to)
    check_message(body.client_id, said.text, tuple(body.attachments))
    waiting = actions.schedule_message(
        shop_id=caller.shop_id, conversation_id=conversation_id, agent_id=caller.agent.pk, client_id=body.client_id,
        kind=body.kind, said=said, attachments=body.attachments, due_at=body.due_at, then=body.following(),
    )  # fmt: skip
    return encoded(waiting)


@router.patch("/scheduled/{scheduled_id}", needs=P.CONVERSATION_NOTE, response=ScheduledObject)
def reschedule_message(caller: Caller, scheduled_id: int, body: LaterPatch) -> HttpResponse:
    """Have it sent at another time."""
    waiting = actions.reschedule_message(
        shop_id=caller.shop_id, agent_id=caller.agent.pk, scheduled_id=scheduled_id, due_at=body.due_at
    )
    return encoded(waiting)


@router.delete("/scheduled/{scheduled_id}", needs=P.CONVERSATION_NOTE, response=ScheduledObject)
def cancel_scheduled(caller: Caller, scheduled_id: int) -> HttpResponse:
    """Have it not sent; answers what it was, so that it can be written on."""
    was = actions.cancel_scheduled(shop_id=caller.shop_id, agent_id=caller.agent.pk, scheduled_id=scheduled_id)
    return encoded(was)


@router.post("/scheduled/{scheduled_id}/send", needs=P.CONVERSATION_NOTE, response={204: None})
def send_scheduled_now(caller: Caller, scheduled_id: int) -> Status[None]:
    """Send it without waiting any longer."""
    actions.send_scheduled_now(shop_id=caller.shop_id, agent_id=caller.agent.pk, scheduled_id=scheduled_id)
    return Status(204, None)


@router.post(
    "/conversations/{conversation_id}/entries/{seq}/retract", needs=P.CONVERSATION_NOTE, response=RetractAnswer
)
def retract(caller: Caller, conversation_id: int, seq: int) -> HttpResponse:
    """Take back one's own message or note, at most 15 seconds after it was sent."""
    read = retract_entry(shop_id=caller.shop_id, conversation_id=conversation_id, seq=seq, agent_id=caller.agent.pk)
    return encoded({"read": read})
