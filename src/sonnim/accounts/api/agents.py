"""Agents of a shop."""

from typing import Annotated, Any, Literal

from ninja import Status
from pydantic import Field

from sonnim.accounts import actions, queries
from sonnim.accounts.api.fields import LocaleField, Page, PersonName, RoleField
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, ShopRouter, Text
from sonnim.accounts.permissions import Permission
from sonnim.accounts.shapes import AgentObject, agent_object

router = ShopRouter(tag="agents")


class AgentPatch(Body):
    name: PersonName | None = None
    role: RoleField | None = None
    color: Text | None = None
    languages: Annotated[list[LocaleField], Field(min_length=1, max_length=3)] | None = None


class AvailabilityBody(Body):
    availability: Literal["online", "away"]


@router.get("/agents", needs=Permission.AGENT_READ, response=Page[AgentObject])
def list_agents(caller: Caller) -> dict[str, Any]:
    """All agents of the shop, removed ones too."""
    return {"items": [agent_object(agent) for agent in queries.agents_of(caller.shop_id)]}


@router.put("/agents/me/availability", needs=Permission.AGENT_READ, response=AgentObject)
def set_my_availability(caller: Caller, body: AvailabilityBody) -> AgentObject:
    """Say whether I take conversations now."""
    return agent_object(actions.set_availability(agent=caller.agent, availability=body.availability))


@router.patch("/agents/{agent_id}", needs=Permission.AGENT_READ, response=AgentObject)
def change_agent(caller: Caller, agent_id: int, body: AgentPatch) -> AgentObject:
    """Change my own name, colour and languages; or, from admin on, those and the role of people below me."""
    agent = actions.change_agent(
        actor=caller.actor,
        agent_id=agent_id,
        name=body.name,
        role=body.role,
        color=body.color,
        languages=list(body.languages) if body.languages is not None else None,
    )
    return agent_object(agent)


@router.delete("/agents/{agent_id}", needs=Permission.AGENT_MANAGE, response={204: None})
def remove_agent(caller: Caller, agent_id: int) -> Status[None]:
    """Take somebody below me out of the shop, at once."""
    actions.remove_agent(actor=caller.actor, agent_id=agent_id)
    return Status(204, None)
