"""What each role may do: for everybody who gives roles to see, for owners to change."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

from sonnim.accounts import actions, queries
from sonnim.accounts.api.fields import RoleField
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, ShopRouter, Text
from sonnim.accounts.models import Shop
from sonnim.accounts.permissions import ROLE_PERMISSIONS, Permission, Role, changeable
from sonnim.accounts.shapes import permission_names

router = ShopRouter(tag="roles")
Name = Annotated[Text, StringConstraints(max_length=60)]


class RoleObject(Schema):
    """A role: what it may do here, what it may do unless a shop changes it, and what a shop may change."""

    role: RoleField
    permissions: list[str]
    usual: list[str]
    changeable: list[str]


class Roles(Schema):
    """Every permission there is, in the order of the table, and the roles from the lowest up."""

    permissions: list[str]
    roles: list[RoleObject]


class RolesBody(Body):
    """Role → all its permissions. A role that is left out is as it comes."""

    roles: Annotated[dict[Name, Annotated[list[Name], Field(max_length=100)]], Field(max_length=4)]


@router.get("/roles", needs=Permission.AGENT_INVITE, response=Roles)
def read_roles(caller: Caller) -> dict[str, Any]:
    """What each role may do in this shop."""
    return _object(queries.shop_by_id(caller.shop_id))


@router.put("/roles", needs=Permission.OWNER_MANAGE, response=Roles)
def change_roles(caller: Caller, body: RolesBody) -> dict[str, Any]:
    """Say what the roles below owner may do. Who is concerned signs on again by themselves, at once."""
    return _object(actions.change_roles(actor=caller.actor, roles=body.roles))


def _object(shop: Shop) -> dict[str, Any]:
    return {
        "permissions": [permission.value for permission in Permission],
        "roles": [
            {
                "role": role.value,
                "permissions": permission_names(role, shop.role_permissions),
                "usual": sorted(ROLE_PERMISSIONS[role]),
                "changeable": sorted(changeable(role)),
            }
            for role in (Role.AGENT, Role.LEAD, Role.ADMIN, Role.OWNER)
        ],
    }
