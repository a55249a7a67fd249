"""Agents, teams and shops as clients see them."""

from typing import Literal, cast

from django.conf import settings
from typing_extensions import TypedDict

from sonnim.accounts.models import Agent, Shop, Team
from sonnim.accounts.permissions import Changes, permissions_of

RoleName = Literal["owner", "admin", "lead", "agent"]
Availability = Literal["online", "away"]
LocaleName = Literal["ko", "zh", "en"]


class AgentObject(TypedDict):
    """An agent as agents see them."""

    id: int
    v: int
    user_id: int
    name: str
    role: RoleName
    avatar_url: str | None
    color: str
    locale: LocaleName
    languages: list[LocaleName]
    availability: Availability
    removed: bool


class PublicAgent(TypedDict):
    """An agent as shoppers see them."""

    id: int
    v: int
    name: str
    avatar_url: str | None
    color: str


class TeamObject(TypedDict):
    """A team."""

    id: int
    v: int
    name: str
    agent_ids: list[int]


class ShopObject(TypedDict):
    """A shop as its agents see it."""

    id: int
    v: int
    name: str
    locale: LocaleName
    timezone: str
    color: str
    public_key: str
    allowed_origins: list[str]


class SettingsObject(ShopObject):
    """A shop as those who configure it see it."""

    business: dict[str, str]
    identity_secret_set: bool


def agent_object(agent: Agent) -> AgentObject:
    """An agent for agents; reads `agent.user`."""
    return AgentObject(
        id=agent.pk,
        v=agent.v,
        user_id=agent.user_id,
        name=agent.name,
        role=cast(RoleName, agent.role),
        avatar_url=avatar_url(agent.avatar),
        color=agent.color,
        locale=cast(LocaleName, agent.user.locale),
        languages=agent.languages,
        availability=cast(Availability, agent.availability),
        removed=agent.removed_at is not None,
    )


def public_agent(agent: Agent) -> PublicAgent:
    """An agent for shoppers."""
    return PublicAgent(id=agent.pk, v=agent.v, name=agent.name, avatar_url=avatar_url(agent.avatar), color=agent.color)


def avatar_url(avatar: str) -> str | None:
    """Where a face is served; `avatar` is a path of a static file, or empty."""
    return f"{settings.STATIC_URL}{avatar}" if avatar else None


def team_object(team: Team) -> TeamObject:
    """A team; reads its agents."""
    return TeamObject(id=team.pk, v=team.v, name=team.name, agent_ids=sorted(agent.pk for agent in team.agents.all()))


def shop_object(shop: Shop) -> ShopObject:
    """A shop for its agents."""
    return ShopObject(
        id=shop.pk,
        v=shop.v,
        name=shop.name,
        locale=cast(LocaleName, shop.locale),
        timezone=shop.timezone,
        color=shop.color,
        public_key=shop.public_key,
        allowed_origins=shop.allowed_origins,
    )


def settings_object(shop: Shop) -> SettingsObject:
    """A shop for those who configure it."""
    return SettingsObject(
        **shop_object(shop),
        business=shop.business,
        identity_secret_set=bool(shop.identity_secret),
    )


def permission_names(role: str, changes: Changes) -> list[str]:
    """What a role may do in a shop, sorted."""
    return sorted(permission.value for permission in permissions_of(role, changes))
