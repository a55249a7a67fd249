"""Saved views."""

from typing import Any, Literal

from django.http import HttpResponse
from ninja import Status
from typing_extensions import TypedDict

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.conversations import finding, views
from sonnim.conversations.actions import views as actions
from sonnim.conversations.api.router import router
from sonnim.conversations.filters import as_filter
from sonnim.conversations.views import ViewCount, ViewObject

Audience = Literal["me", "team", "shop"]


class ViewBody(Body):
    """A view to be saved; `filter` as in `GET /conversations`."""

    name: Text
    filter: dict[str, Any]
    audience: Audience = "me"
    team_id: RowId | None = None
    position: int = 0


class ViewPatch(Body):
    """What shall change; what is left out stays."""

    name: Text | None = None
    filter: dict[str, Any] | None = None
    audience: Audience | None = None
    team_id: RowId | None = None
    position: int | None = None


class FilterBody(Body):
    """A filter that is not saved."""

    filter: dict[str, Any]


class ViewsAnswer(TypedDict):
    """An agent's own views and the shared ones."""

    items: list[ViewObject]


class ViewCounts(TypedDict):
    """How many conversations each view holds; one that is left out was not reached in time."""

    items: list[ViewCount]


class FilterCount(TypedDict):
    """How many conversations a filter lets through, at least."""

    n: int
    more: bool


@router.get("/views", needs=P.CONVERSATION_READ, response=ViewsAnswer)
def list_views(caller: Caller) -> HttpResponse:
    """One's own and the shared ones."""
    return encoded({"items": views.views_for(shop_id=caller.shop_id, agent_id=caller.agent.pk)})


@router.get("/views/counts", needs=P.CONVERSATION_READ, response=ViewCounts)
def count_views(caller: Caller) -> dict[str, Any]:
    """How many conversations they hold, up to 99."""
    return {"items": views.counts_of_views(shop_id=caller.shop_id, agent_id=caller.agent.pk)}


@router.post("/views/preview", needs=P.CONVERSATION_READ, response=FilterCount)
def preview_filter(caller: Caller, body: FilterBody) -> dict[str, Any]:
    """How many conversations a filter would let through."""
    seer = finding.seer_of(shop_id=caller.shop_id, agent_id=caller.agent.pk)
    n, more = finding.filtered_count(wanted=as_filter(body.filter), seer=seer)
    return {"n": n, "more": more}


@router.post("/views", needs=P.CONVERSATION_READ, response={201: ViewObject})
def create_view(caller: Caller, body: ViewBody) -> HttpResponse:
    """Save a filter; to share it needs `view.share`."""
    made = actions.create_view(
        actor=caller.actor, name=body.name, filter=body.filter, audience=body.audience, team_id=body.team_id,
        position=body.position,
    )  # fmt: skip
    return encoded(made, status=201)


@router.patch("/views/{view_id}", needs=P.CONVERSATION_READ, response=ViewObject)
def change_view(caller: Caller, view_id: int, body: ViewPatch) -> HttpResponse:
    """Change a view."""
    changes = body.model_dump(exclude_none=True)
    return encoded(actions.change_view(actor=caller.actor, view_id=view_id, changes=changes))


@router.delete("/views/{view_id}", needs=P.CONVERSATION_READ, response={204: None})
def delete_view(caller: Caller, view_id: int) -> Status[None]:
    """Delete a view."""
    actions.delete_view(actor=caller.actor, view_id=view_id)
    return Status(204, None)
