"""Writes to teams."""

from collections.abc import Sequence

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent, Team
from sonnim.accounts.shapes import team_object
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound


def create_team(*, actor: Actor, name: str, agent_ids: Sequence[int] = ()) -> Team:
    """Raises: Conflict, when a team has this name; Invalid, when an agent is not of this shop."""
    with log.unit(actor.shop_id) as work:
        team = Team(shop_id=actor.shop_id)
        _save(work, team, name=name)
        team.agents.set(_agents(actor.shop_id, agent_ids))
        audit.record(actor, "team.created", target=f"team:{team.pk}", name=team.name)
        work.publish(actor.shop_id, team.v, "team.updated", desk_put={"teams": [team_object(team)]})
    return team


def change_team(*, actor: Actor, team_id: int, name: str | None = None, agent_ids: Sequence[int] | None = None) -> Team:
    """Raises: NotFound; Conflict, when a team has this name; Invalid, when an agent is not of this shop."""
    with log.unit(actor.shop_id) as work:
        team = _team(actor.shop_id, team_id)
        _save(work, team, name=team.name if name is None else name)
        if agent_ids is not None:
            team.agents.set(_agents(actor.shop_id, agent_ids))
        shape = team_object(team)
        audit.record(actor, "team.changed", target=f"team:{team.pk}", name=team.name, agent_ids=shape["agent_ids"])
        work.publish(actor.shop_id, team.v, "team.updated", desk_put={"teams": [shape]})
    return team


def delete_team(*, actor: Actor, team_id: int) -> None:
    """Its conversations are taken from it once this has committed. Raises: NotFound."""
    with log.unit(actor.shop_id) as work:
        team = _team(actor.shop_id, team_id)
        audit.record(actor, "team.deleted", target=f"team:{team.pk}", name=team.name)
        team.agents.clear()
        team.removed_at = clock.now()
        team.v = work.claim(actor.shop_id)
        team.save(update_fields=["removed_at", "v"])
        work.publish(actor.shop_id, team.v, "team.deleted", desk_drop={"teams": [team_id]})
        work.enqueue("team.deleted", {"shop_id": actor.shop_id, "team_id": team_id}, shop_id=actor.shop_id)


def _team(shop_id: int, team_id: int) -> Team:
    team = Team.objects.filter(pk=team_id, shop_id=shop_id, removed_at=None).first()
    if team is None:
        raise NotFound("There is no such team.")
    return team


def _agents(shop_id: int, agent_ids: Sequence[int]) -> list[Agent]:
    found = list(Agent.objects.filter(pk__in=set(agent_ids), shop_id=shop_id, removed_at__isnull=True))
    if len(found) != len(set(agent_ids)):
        raise Invalid(fields={"agent_ids": "names somebody who does not work here"})
    return found


def _save(work: Unit, team: Team, *, name: str) -> None:
    if Team.objects.filter(shop_id=team.shop_id, name=name, removed_at=None).exclude(pk=team.pk).exists():
        raise Conflict("A team already has this name.")
    team.name = name
    team.v = work.claim(team.shop_id)
    team.save()
