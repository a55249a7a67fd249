"""What the roles of a shop may do: the owners' to change."""

from collections.abc import Collection, Mapping

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent, Shop
from sonnim.accounts.permissions import Changes, Permission, Role, permissions_of
from sonnim.accounts.rules import checked_changes
from sonnim.accounts.shapes import agent_object, shop_object
from sonnim.eventlog import log
from sonnim.eventlog.log import Objects
from sonnim.kernel.errors import Forbidden

EDITED = (Role.AGENT, Role.LEAD, Role.ADMIN)


def change_roles(*, actor: Actor, roles: Mapping[str, Collection[str]]) -> Shop:
    """Say what the roles below owner may do; `shop.roles_changed` ends the lines of everybody whom it concerns.

    Args:
        roles: role → all its permissions; a role that is left out is as it comes.

    Raises:
        Invalid: a role or a permission that cannot be changed.
        Forbidden: the actor is no owner.
    """
    changes = checked_changes(roles)
    if not actor.may(Permission.OWNER_MANAGE):
        raise Forbidden
    with log.unit(actor.shop_id) as work:
        shop = Shop.objects.get(pk=actor.shop_id)
        told = _differences(shop.role_permissions, changes)
        if not told:
            return shop
        shop.role_permissions = changes
        shop.v = work.claim(shop.pk)
        shop.save(update_fields=["role_permissions", "v"])
        concerned = Agent.objects.filter(shop_id=shop.pk, role__in=list(told), removed_at__isnull=True)
        concerned.update(v=shop.v)
        audit.record(actor, "roles.changed", target=f"shop:{shop.pk}", **told)
        put: Objects = {
            "agents": [agent_object(agent) for agent in concerned.select_related("user")],
            "shop": [shop_object(shop)],
        }
        work.publish(shop.pk, shop.v, "shop.roles_changed", desk_put=put)
    return shop


def _differences(former: Changes, now: Changes) -> dict[str, dict[str, list[str]]]:
    """role → what is given and what is taken, for the roles that differ."""
    told = {}
    for role in EDITED:
        had, has = permissions_of(role, former), permissions_of(role, now)
        if had != has:
            told[role.value] = {"given": sorted(map(str, has - had)), "taken": sorted(map(str, had - has))}
    return told
