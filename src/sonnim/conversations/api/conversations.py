"""Queues, and what is done to a conversation as a whole."""

from typing import Any

from django.http import HttpResponse

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.contacts.queries import contact_of_shop
from sonnim.contacts.shapes import contact_object
from sonnim.conversations import actions, finding, queries, queues, schemas, views
from sonnim.conversations.api.router import router
from sonnim.conversations.shapes import conversation_object
from sonnim.eventlog.queries import head
from sonnim.kernel.errors import NotFound


@router.get("/conversations", needs=P.CONVERSATION_READ, response=schemas.QueueAnswer)
def list_conversations(
    caller: Caller, queue: str = "all", limit: int = 50, cursor: str | None = None, view: int | None = None,
    filter: str | None = None,
) -> HttpResponse:  # fmt: skip
    """A page of a queue, a view, or what a filter lets through: longest wait first, then the rest newest first."""
    if view is not None or filter is not None:
        return encoded(_found(caller, limit, cursor, view, filter))
    page = queues.queue_page(shop_id=caller.shop_id, agent_id=caller.agent.pk, queue=queue, limit=limit, cursor=cursor)
    items = [conversation_object(state) for state in page.states]
    return encoded({"items": items, "contacts": page.contacts, "next": page.next, "upto": None})


def _found(caller: Caller, limit: int, cursor: str | None, view: int | None, filter: str | None) -> dict[str, Any]:
    wanted = views.filter_of(shop_id=caller.shop_id, agent_id=caller.agent.pk, view_id=view, text=filter)
    seer = finding.seer_of(shop_id=caller.shop_id, agent_id=caller.agent.pk)
    page = finding.filtered_page(wanted=wanted, seer=seer, limit=limit, cursor=cursor)
    items = [conversation_object(state) for state in page.states]
    return {"items": items, "contacts": page.contacts, "next": page.next, "upto": page.upto}


@router.get("/conversations/counts", needs=P.CONVERSATION_READ, response=schemas.Counts)
def count_conversations(caller: Caller) -> HttpResponse:
    """The size of each queue."""
    return encoded(queues.counts(shop_id=caller.shop_id, agent_id=caller.agent.pk))


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


@router.post("/conversations/{conversation_id}/assign", needs=P.CONVERSATION_ASSIGN)
def assign(caller: Caller, conversation_id: int, body: schemas.AssignBody) -> HttpResponse:
    """Give it to an agent, a team, or nobody."""
    actions.assign_conversation(
        shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk,
        agent_id=body.agent_id, team_id=body.team_id,
    )  # fmt: skip
    return answer_now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/resolve", needs=P.CONVERSATION_RESOLVE)
def resolve(caller: Caller, conversation_id: int) -> HttpResponse:
    """Settle it."""
    actions.resolve_conversation(shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk)
    return answer_now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/reopen", needs=P.CONVERSATION_RESOLVE)
def reopen(caller: Caller, conversation_id: int) -> HttpResponse:
    """Bring it back to the open ones."""
    actions.reopen_conversation(shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk)
    return answer_now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/snooze", needs=P.CONVERSATION_RESOLVE)
def snooze(caller: Caller, conversation_id: int, body: schemas.SnoozeBody) -> HttpResponse:
    """Put it out of sight until a moment, or until the shopper writes."""
    actions.snooze_conversation(
        shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk, until=body.until
    )
    return answer_now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/priority", needs=P.CONVERSATION_ASSIGN)
def prioritise(caller: Caller, conversation_id: int, body: schemas.PriorityBody) -> HttpResponse:
    """Say how much it matters."""
    actions.set_priority(
        shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk, priority=body.priority
    )
    return answer_now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/seen", needs=P.CONVERSATION_READ)
def seen(caller: Caller, conversation_id: int, body: schemas.SeenBody) -> HttpResponse:
    """The desk has read up to here."""
    actions.mark_seen(shop_id=caller.shop_id, conversation_id=conversation_id, seq=body.seq)
    return answer_now(caller, conversation_id)


def answer_now(caller: Caller, conversation_id: int) -> HttpResponse:
    state = queries.conversation_state(shop_id=caller.shop_id, conversation_id=conversation_id)
    return encoded({"conversation": conversation_object(state)})
