"""The HTTP side of promises."""

from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import Field, StringConstraints

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, Moment, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.conversations.queries import conversation_state
from sonnim.plan.promises import actions, queries
from sonnim.plan.promises.actions.keeping import MAX_NOTE
from sonnim.plan.promises.detection import Act
from sonnim.plan.promises.shapes import FoundPromises, PromiseList, PromiseObject, PromisePage

router = ShopRouter(tag="promises")
routers = (router,)
HERE = "/conversations/{conversation_id}"
Note = Annotated[Text, StringConstraints(max_length=MAX_NOTE)]


class PromiseBody(Body):
    act: Act
    due_at: Moment
    note: Note = ""


class PromiseChangeBody(Body):
    due_at: Moment | None = None
    note: Note | None = None


class DropBody(Body):
    reason: Note


@router.get(HERE + "/entries/{seq}/promises", needs=P.CONVERSATION_READ, response=FoundPromises)
def find_promises(caller: Caller, conversation_id: int, seq: int) -> HttpResponse:
    """What a message of an agent seems to promise, to be kept with one key."""
    return encoded(queries.found_in(shop_id=caller.shop_id, conversation_id=conversation_id, seq=seq))


@router.post(HERE + "/entries/{seq}/promises", needs=P.CONVERSATION_REPLY, response=PromiseObject)
def make_promise_of(caller: Caller, conversation_id: int, seq: int, body: PromiseBody) -> HttpResponse:
    """Keep in mind what a message promises; again answers what is kept already."""
    return encoded(
        actions.make_promise_of(
            shop_id=caller.shop_id, conversation_id=conversation_id, seq=seq, by=caller.agent.pk, act=body.act,
            due_at=body.due_at, note=body.note,
        )
    )  # fmt: skip


@router.get(HERE + "/promises", needs=P.CONVERSATION_READ, response=PromiseList)
def list_promises_in(caller: Caller, conversation_id: int) -> HttpResponse:
    """What was promised in a conversation: what is open, then what was settled last."""
    conversation_state(shop_id=caller.shop_id, conversation_id=conversation_id)
    return encoded({"items": queries.promises_in(shop_id=caller.shop_id, conversation_id=conversation_id)})


@router.post(HERE + "/promises", needs=P.CONVERSATION_REPLY, response=PromiseObject)
def make_promise(caller: Caller, conversation_id: int, body: PromiseBody) -> HttpResponse:
    """Keep something in mind that was promised elsewhere, such as in a call."""
    return encoded(
        actions.make_promise(
            shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk, act=body.act,
            due_at=body.due_at, note=body.note,
        )
    )  # fmt: skip


@router.get("/promises", needs=P.CONVERSATION_READ, response=PromisePage)
def list_promises(
    caller: Caller,
    of: Literal["me", "all"] = "me",
    cursor: str | None = None,
    limit: Annotated[int, Field(ge=1, le=100)] = 50,
) -> HttpResponse:
    """What is still to be kept, by me or by all, the soonest due first."""
    agent_id = caller.agent.pk if of == "me" else None
    return encoded(queries.page(shop_id=caller.shop_id, agent_id=agent_id, cursor=cursor, limit=limit))


@router.patch("/promises/{promise_id}", needs=P.CONVERSATION_REPLY, response=PromiseObject)
def change_promise(caller: Caller, promise_id: int, body: PromiseChangeBody) -> HttpResponse:
    """Give it another time, or another note."""
    return encoded(
        actions.change_promise(
            shop_id=caller.shop_id, promise_id=promise_id, by=caller.agent.pk, due_at=body.due_at, note=body.note
        )
    )


@router.post("/promises/{promise_id}/keep", needs=P.CONVERSATION_REPLY, response=PromiseObject)
def keep_promise(caller: Caller, promise_id: int) -> HttpResponse:
    """It is done."""
    return encoded(actions.keep_promise(shop_id=caller.shop_id, promise_id=promise_id, by=caller.agent.pk))


@router.post("/promises/{promise_id}/drop", needs=P.CONVERSATION_REPLY, response=PromiseObject)
def drop_promise(caller: Caller, promise_id: int, body: DropBody) -> HttpResponse:
    """It will not be kept, for a reason."""
    return encoded(
        actions.drop_promise(
            shop_id=caller.shop_id, promise_id=promise_id, by=caller.agent.pk, reason=body.reason
        )
    )  # fmt: skip


@router.post("/promises/{promise_id}/reopen", needs=P.CONVERSATION_REPLY, response=PromiseObject)
def reopen_promise(caller: Caller, promise_id: int) -> HttpResponse:
    """It is to be kept after all."""
    return encoded(actions.reopen_promise(shop_id=caller.shop_id, promise_id=promise_id, by=caller.agent.pk))
