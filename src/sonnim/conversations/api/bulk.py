"""Many conversations at once: what is done to them, undo, and a table of them."""

from typing import Annotated, Any, Literal

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from pydantic import Field

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, Moment, RowId, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.conversations import bulk, finding, views
from sonnim.conversations.actions import bulk as actions
from sonnim.conversations.actions.exporting import export_conversations
from sonnim.conversations.api.router import router
from sonnim.conversations.bulk import BulkObject, Deed, What
from sonnim.conversations.filters import as_filter

TagIds = Annotated[list[RowId], Field(max_length=20)]


class EveryBody(Body):
    """A whole list, up to its first thousand: one of the three."""

    queue: str | None = None
    view: RowId | None = None
    filter: dict[str, Any] | None = None


class BulkBody(Body):
    """What is done, and to which: `ids`, or `every` of a list."""

    what: What
    ids: Annotated[list[RowId], Field(max_length=bulk.MOST)] = []
    every: EveryBody | None = None
    agent_id: RowId | None = None
    team_id: RowId | None = None
    add: TagIds = []
    remove: TagIds = []
    until: Moment | None = None
    priority: Literal[0, 1, 2, 3] = 1


@router.post("/conversations/bulk", needs=P.CONVERSATION_READ, response=BulkObject)
def change_many(caller: Caller, body: BulkBody) -> HttpResponse:
    """Assign, tag, resolve, snooze, mark as spam, or say how much they matter."""
    caller.require(bulk.needed_for(body.what))
    deed = Deed(body.what, body.agent_id, body.team_id, tuple(body.add), tuple(body.remove), body.until, body.priority)
    ids = body.ids if body.every is None else _ids(caller, body.every)
    return encoded(actions.begin_bulk(shop_id=caller.shop_id, by=caller.agent.pk, deed=deed, conversation_ids=ids))


@router.post("/conversations/bulk/{bulk_id}/undo", needs=P.CONVERSATION_READ, response=BulkObject)
def undo_many(caller: Caller, bulk_id: int) -> HttpResponse:
    """Take it back, where nobody has gone on since."""
    return encoded(actions.undo_bulk(actor=caller.actor, bulk_id=bulk_id))


def _ids(caller: Caller, every: EveryBody) -> list[int]:
    if every.filter is not None:
        seer = finding.seer_of(shop_id=caller.shop_id, agent_id=caller.agent.pk)
        return bulk.first_ids(bulk.in_filter(wanted=as_filter(every.filter), seer=seer, seconds=2))
    return bulk.first_ids(_lines(caller, every.queue or "all", every.view, None, seconds=2))


def _lines(caller: Caller, queue: str, view: int | None, filter: str | None, seconds: float | None = None) -> Any:
    if view is None and filter is None:
        return bulk.in_queue(shop_id=caller.shop_id, agent_id=caller.agent.pk, queue=queue)
    wanted = views.filter_of(shop_id=caller.shop_id, agent_id=caller.agent.pk, view_id=view, text=filter)
    seer = finding.seer_of(shop_id=caller.shop_id, agent_id=caller.agent.pk)
    return bulk.in_filter(wanted=wanted, seer=seer, seconds=seconds)


@router.get("/conversations/export", needs=P.CONVERSATION_EXPORT)
def export(caller: Caller, queue: str = "all", view: int | None = None, filter: str | None = None) -> HttpResponseBase:
    """The conversations of a queue, a view or a filter as CSV, up to 100,000."""
    lines = _lines(caller, queue, view, filter)
    table = export_conversations(actor=caller.actor, lines=lines, queue=queue, view=view, filter=filter)
    answer = StreamingHttpResponse(table, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="conversations.csv"'
    return answer
