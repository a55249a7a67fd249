"""Saved views: whose they are, what they ask for, how many conversations they hold."""

from typing import Literal

from django.db.models import Q, QuerySet
from typing_extensions import TypedDict

from sonnim.accounts.queries import team_ids_of
from sonnim.conversations import finding
from sonnim.conversations.filters import Filter, as_filter, as_json, read_filter
from sonnim.conversations.models import View
from sonnim.conversations.shapes import FilterObject
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid, NotFound

COUNTING_S = 0.3


class ViewObject(TypedDict):
    """A saved filter; of a team's, only the team's agents make use."""

    id: int
    v: int
    agent_id: int
    name: str
    audience: Literal["me", "team", "shop"]
    team_id: int | None
    filter: FilterObject
    position: int


class ViewCount(TypedDict):
    """How many conversations a view holds: `n`, or at least `n` when `more` is set."""

    view_id: int
    n: int
    more: bool


def view_object(view: View) -> ViewObject:
    """A view for clients."""
    return ViewObject(
        id=view.pk,
        v=view.v,
        agent_id=view.agent_id,
        name=view.name,
        audience=view.audience,  # type: ignore[typeddict-item]
        team_id=view.team_id,
        filter=view.filter,
        position=view.position,
    )


def views_for(*, shop_id: int, agent_id: int) -> list[ViewObject]:
    """An agent's own views and all shared ones; whose teams they are for is up to the reader."""
    found = View.objects.filter(~Q(audience="me") | Q(agent=agent_id), shop=shop_id)
    return [view_object(view) for view in found.order_by("position", "id")]


def usable(*, shop_id: int, agent_id: int) -> QuerySet[View]:
    """The views that an agent may look through."""
    theirs = Q(agent=agent_id) | Q(audience="shop") | Q(audience="team", team_id__in=team_ids_of(agent_id))
    return View.objects.filter(theirs, shop=shop_id).order_by("position", "id")


def filter_of(*, shop_id: int, agent_id: int, view_id: int | None, text: str | None) -> Filter:
    """The filter of a view, or the one that is written out.

    Raises:
        NotFound: there is no such view, or it is not this agent's to see.
        Invalid: both were given, or the text is no filter.
    """
    if view_id is None or text is not None:
        if view_id is not None:
            raise Invalid("Name a view or a filter, not both.", fields={"filter": "not with a view"})
        return read_filter(text or "{}")
    view = usable(shop_id=shop_id, agent_id=agent_id).filter(pk=view_id).first()
    if view is None:
        raise NotFound("There is no such view.")
    return as_filter(view.filter)


def counts_of_views(*, shop_id: int, agent_id: int) -> list[ViewCount]:
    """Counts up to a cap. After a third of a second the views that were not reached are left out."""
    seer = finding.seer_of(shop_id=shop_id, agent_id=agent_id)
    until = clock.monotonic() + COUNTING_S
    found = []
    for view in usable(shop_id=shop_id, agent_id=agent_id):
        if clock.monotonic() > until:
            break
        n, more = finding.filtered_count(wanted=as_filter(view.filter), seer=seer)
        found.append(ViewCount(view_id=view.pk, n=n, more=more))
    return found


def stored(filter: object) -> dict[str, object]:
    """A filter as it is kept. Raises: Invalid."""
    return as_json(as_filter(filter))
