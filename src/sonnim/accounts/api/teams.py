"""Teams of a shop."""

from typing import Annotated, Any

from ninja import Status
from pydantic import Field

from sonnim.accounts import actions, queries
from sonnim.accounts.api.fields import Page, Title
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter
from sonnim.accounts.permissions import Permission
from sonnim.accounts.shapes import TeamObject, team_object

router = ShopRouter(tag="teams")
AgentIds = Annotated[list[RowId], Field(max_length=200)]


class TeamBody(Body):
    name: Title
    agent_ids: AgentIds = []


class TeamPatch(Body):
    name: Title | None = None
    agent_ids: AgentIds | None = None


@router.get("/teams", needs=Permission.AGENT_READ, response=Page[TeamObject])
def list_teams(caller: Caller) -> dict[str, Any]:
    """All teams of the shop."""
    return {"items": [team_object(team) for team in queries.teams_of(caller.shop_id)]}


@router.post("/teams", needs=Permission.TEAM_MANAGE, response={201: TeamObject})
def create_team(caller: Caller, body: TeamBody) -> Status[TeamObject]:
    """Make a team."""
    team = actions.create_team(actor=caller.actor, name=body.name, agent_ids=body.agent_ids)
    return Status(201, team_object(team))


@router.patch("/teams/{team_id}", needs=Permission.TEAM_MANAGE, response=TeamObject)
def change_team(caller: Caller, team_id: int, body: TeamPatch) -> TeamObject:
    """Rename a team, or say who is in it."""
    team = actions.change_team(actor=caller.actor, team_id=team_id, name=body.name, agent_ids=body.agent_ids)
    return team_object(team)


@router.delete("/teams/{team_id}", needs=Permission.TEAM_MANAGE, response={204: None})
def delete_team(caller: Caller, team_id: int) -> Status[None]:
    """Dissolve a team."""
    actions.delete_team(actor=caller.actor, team_id=team_id)
    return Status(204, None)
