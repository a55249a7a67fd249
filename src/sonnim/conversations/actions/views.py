"""Saving views: for oneself, for a team, for the shop."""

from typing import Any

from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Team
from sonnim.accounts.permissions import Permission
from sonnim.conversations.models import View
from sonnim.conversations.views import ViewObject, stored, view_object
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel.errors import Conflict, Forbidden, Invalid, NotFound

MAX_VIEWS = 100
MAX_POSITION = 100_000
_FIELDS = {"name", "audience", "team_id", "filter", "position"}


def create_view(
    *, actor: Actor, name: str, filter: dict[str, Any], audience: str = "me", team_id: int | None = None,
    position: int = 0,
) -> ViewObject:  # fmt: skip
    """Save a filter under a name.

    Raises:
        Invalid: the filter, the audience or the name is none.
        Forbidden: it is to be shared, and the actor may not.
        Conflict: there are too many already.
    """
    with log.unit(actor.shop_id) as work:
        if View.objects.filter(shop=actor.shop_id, agent=actor.agent).count() >= MAX_VIEWS:
            raise Conflict(f"Nobody needs more than {MAX_VIEWS} views; delete one first.")
        view = View(shop_id=actor.shop_id, agent=actor.agent)
        changes = {"name": name, "filter": filter, "audience": audience, "team_id": team_id, "position": position}
        _apply(view, changes, actor)
        return _publish(work, view)


def change_view(*, actor: Actor, view_id: int, changes: dict[str, Any]) -> ViewObject:
    """Change some of name, filter, audience, team_id and position.

    Raises:
        NotFound: no such view, or another agent's own.
        Invalid, Forbidden: as for a new one; a shared view is its maker's, and theirs who may share.
    """
    with log.unit(actor.shop_id) as work:
        view = _editable(actor, view_id)
        was_shared = view.audience != "me"
        _apply(view, changes, actor)
        if was_shared and view.audience == "me":
            _withdraw(work, view)
        return _publish(work, view)


def delete_view(*, actor: Actor, view_id: int) -> None:
    """Forget a view. Raises: NotFound, Forbidden, as for a change."""
    with log.unit(actor.shop_id) as work:
        view = _editable(actor, view_id)
        if view.audience != "me":
            _withdraw(work, view)
        else:
            pos = work.claim(view.shop_id)
            work.publish(view.shop_id, pos, "view.deleted", agent_id=view.agent_id, desk_drop={"views": [view.pk]})
        view.delete()


def _editable(actor: Actor, view_id: int) -> View:
    view = View.objects.filter(pk=view_id, shop=actor.shop_id).first()
    if view is None or (view.audience == "me" and view.agent_id != actor.agent.pk):
        raise NotFound("There is no such view.")
    if view.agent_id != actor.agent.pk and not actor.may(Permission.VIEW_SHARE):
        raise Forbidden("This view was made by somebody else.")
    return view


def _apply(view: View, changes: dict[str, Any], actor: Actor) -> None:
    unknown = set(changes) - _FIELDS
    if unknown:
        raise Invalid(fields=dict.fromkeys(unknown, "cannot be changed"))
    for field, value in changes.items():
        setattr(view, field, value)
    view.name = view.name.strip()
    if not 1 <= len(view.name) <= 80:
        raise Invalid(fields={"name": "must have 1 to 80 characters"})
    if not 0 <= view.position <= MAX_POSITION:
        raise Invalid(fields={"position": f"must be 0 to {MAX_POSITION:,}"})
    view.filter = stored(view.filter)
    if view.audience == "team":
        if not Team.objects.filter(pk=view.team_id or 0, shop=actor.shop_id, removed_at=None).exists():
            raise Invalid(fields={"team_id": "no such team"})
    elif view.audience in {"me", "shop"}:
        view.team_id = None
    else:
        raise Invalid(fields={"audience": "must be me, team or shop"})
    if view.audience != "me" and {"audience", "team_id"} & set(changes) and not actor.may(Permission.VIEW_SHARE):
        raise Forbidden("Your role may not share views.")


def _publish(work: Unit, view: View) -> ViewObject:
    view.v = pos = work.claim(view.shop_id)
    view.save()
    shown = view_object(view)
    if view.audience == "me":
        work.publish(view.shop_id, pos, "view.saved", agent_id=view.agent_id, desk_put={"views": [shown]})
    else:
        work.publish(view.shop_id, pos, "view.shared", desk_put={"views": [shown]})
    return shown


def _withdraw(work: Unit, view: View) -> None:
    pos = work.claim(view.shop_id)
    work.publish(view.shop_id, pos, "view.withdrawn", desk_drop={"views": [view.pk]})
