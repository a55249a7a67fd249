"""Writes to agents. A role is granted only by somebody above it; a shop never loses its last owner."""

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent, ApiToken, Invitation, Team, User
from sonnim.accounts.permissions import Permission, Role
from sonnim.accounts.rules import checked_color, checked_role, may_grant, require_above
from sonnim.accounts.shapes import agent_object, team_object
from sonnim.eventlog import log
from sonnim.eventlog.log import Objects
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, NotFound
from sonnim.kernel.text import pick_locale


def add_agent(
    *,
    shop_id: int,
    user: User,
    role: str,
    name: str = "",
    color: str = "#0F766E",
    avatar: str = "",
    languages: list[str] | None = None,
) -> Agent:
    """Give a user a place in a shop; one who was removed gets their old place back, with the new role.

    Raises:
        Conflict: the user already works there.
    """
    with log.unit(shop_id) as work:
        agent = Agent.objects.filter(shop_id=shop_id, user=user).first() or Agent(shop_id=shop_id, user=user)
        if agent.pk and agent.removed_at is None:
            raise Conflict("This person already works here.")
        agent.user = user
        agent.role = checked_role(role)
        agent.name = name or user.name
        agent.color = checked_color(color)
        agent.avatar = avatar
        agent.languages = languages or [pick_locale(user.locale)]
        agent.removed_at = None
        agent.v = work.claim(shop_id)
        agent.save()
        work.publish(shop_id, agent.v, "agent.added", desk_put={"agents": [agent_object(agent)]})
    return agent


def change_agent(
    *,
    actor: Actor,
    agent_id: int,
    name: str | None = None,
    role: str | None = None,
    color: str | None = None,
    languages: list[str] | None = None,
) -> Agent:
    """Change an agent's face to the shop, or their role; `agent.role_changed` makes the gateway read the role again.

    Raises:
        NotFound: no such agent here.
        Forbidden: not oneself and not above them, or a role that is not the actor's to give.
        Conflict: the last owner would be gone.
    """
    with log.unit(actor.shop_id) as work:
        agent = present_agent(shop_id=actor.shop_id, agent_id=agent_id)
        myself = agent.pk == actor.agent.pk
        if not myself:
            _require_management(actor, agent)
        changed = {}
        if role is not None and checked_role(role) != agent.role:
            if not actor.may(Permission.AGENT_MANAGE) or not may_grant(actor.agent.role, role):
                raise Forbidden("This role is not yours to give.")
            _keep_an_owner(agent, next_role=role)
            changed = {"role": role, "from": agent.role}
            agent.role = role
        agent.name = name.strip() if name is not None else agent.name
        agent.color = checked_color(color) if color is not None else agent.color
        agent.languages = list(dict.fromkeys(languages)) if languages is not None else agent.languages
        agent.v = work.claim(actor.shop_id)
        agent.save(update_fields=["role", "name", "color", "languages", "v"])
        audit.record(actor, "agent.changed", target=f"agent:{agent.pk}", name=agent.name, **changed)
        told = "agent.role_changed" if changed else "agent.updated"
        work.publish(actor.shop_id, agent.v, told, desk_put={"agents": [agent_object(agent)]})
    return agent


def set_availability(*, agent: Agent, availability: str) -> Agent:
    """Say whether an agent takes conversations now."""
    with log.unit(agent.shop_id) as work:
        agent = present_agent(shop_id=agent.shop_id, agent_id=agent.pk)
        agent.availability = availability
        agent.v = work.claim(agent.shop_id)
        agent.save(update_fields=["availability", "v"])
        work.publish(agent.shop_id, agent.v, "agent.updated", desk_put={"agents": [agent_object(agent)]})
    return agent


def remove_agent(*, actor: Actor, agent_id: int) -> Agent:
    """Take an agent out of the shop: their tokens, invitations and team places end with them.

    The event `agent.removed` is what makes the gateway revoke their sockets at once; their open conversations become
    nobody's once this has committed.

    Raises:
        NotFound: no such agent here.
        Forbidden: not above them.
        Conflict: the last owner would be gone.
    """
    with log.unit(actor.shop_id) as work:
        agent = present_agent(shop_id=actor.shop_id, agent_id=agent_id)
        _require_management(actor, agent)
        _keep_an_owner(agent, next_role=None)
        pos = work.claim(actor.shop_id)
        agent.removed_at = clock.now()
        agent.availability = "away"
        agent.v = pos
        agent.save(update_fields=["removed_at", "availability", "v"])
        ApiToken.objects.filter(agent=agent, revoked_at__isnull=True).update(revoked_at=agent.removed_at)
        Invitation.objects.filter(invited_by=agent, used_at__isnull=True).delete()
        put: Objects = {
            "agents": [agent_object(agent)],
            "teams": [team_object(team) for team in _leave_teams(agent, pos)],
        }
        audit.record(actor, "agent.removed", target=f"agent:{agent.pk}", name=agent.name, role=agent.role)
        work.publish(actor.shop_id, pos, "agent.removed", desk_put=put)
        work.enqueue("agent.removed", {"shop_id": actor.shop_id, "agent_id": agent.pk}, shop_id=actor.shop_id)
    return agent


def present_agent(*, shop_id: int, agent_id: int) -> Agent:
    """An agent who works in the shop now. Raises: NotFound."""
    agent = Agent.objects.select_related("user").filter(pk=agent_id, shop_id=shop_id, removed_at__isnull=True).first()
    if agent is None:
        raise NotFound("There is no such agent.")
    return agent


def _require_management(actor: Actor, agent: Agent) -> None:
    if not actor.may(Permission.AGENT_MANAGE):
        raise Forbidden
    require_above(actor.agent.role, agent.role)


def _keep_an_owner(agent: Agent, *, next_role: str | None) -> None:
    if agent.role != Role.OWNER or next_role == Role.OWNER:
        return
    others = Agent.objects.filter(shop_id=agent.shop_id, role=Role.OWNER, removed_at__isnull=True).exclude(pk=agent.pk)
    if not others.exists():
        raise Conflict("A shop needs an owner: name another one first.")


def _leave_teams(agent: Agent, pos: int) -> list[Team]:
    teams = list(agent.teams.all())
    agent.teams.clear()
    Team.objects.filter(pk__in=[team.pk for team in teams]).update(v=pos)
    return list(Team.objects.filter(pk__in=[team.pk for team in teams]).prefetch_related("agents"))
