"""What a shop lets its roles do: the owners change it, within bounds, and it holds on every door."""

import pytest
from tests.people import Browser, People

from sonnim.accounts.models import Agent, AuditEntry, Shop
from sonnim.accounts.permissions import ROLE_PERMISSIONS, Permission, Role, allows, changeable, permissions_of
from sonnim.accounts.rules import checked_changes
from sonnim.accounts.tests.test_agents import last_event
from sonnim.kernel.errors import Invalid

P = Permission


def usual(role: Role) -> set[str]:
    return {permission.value for permission in ROLE_PERMISSIONS[role]}


def put(people: People, by: Agent, roles: object) -> int:
    return int(people.browser(by).put(people.url("/roles"), {"roles": roles}).status_code)


def test_a_shop_without_changes_has_the_table() -> None:
    for role in Role:
        assert permissions_of(role, {}) == ROLE_PERMISSIONS[role]
        assert all(allows(role, each, {}) == (each in ROLE_PERMISSIONS[role]) for each in Permission)


def test_only_differences_are_kept_so_that_a_later_permission_comes_by_itself() -> None:
    wanted = {"lead": (usual(Role.LEAD) | {"token.manage"}) - {"agent.invite"}, "admin": usual(Role.ADMIN)}
    changes = checked_changes(wanted)
    assert changes == {"lead": {"agent.invite": False, "token.manage": True}}
    assert permissions_of("lead", changes) == (ROLE_PERMISSIONS[Role.LEAD] | {P.TOKEN_MANAGE}) - {P.AGENT_INVITE}


@pytest.mark.parametrize(
    "roles",
    [
        {"owner": []},
        {"god": ["conversation.read"]},
        {"agent": ["no.such.thing"]},
        {"agent": sorted(usual(Role.AGENT) | {"owner.manage"})},
        {"admin": sorted(usual(Role.ADMIN) | {"owner.manage"})},
        {"lead": sorted(usual(Role.LEAD) | {"agent.manage"})},
        {"agent": sorted(usual(Role.AGENT) | {"shop.configure"})},
        {"agent": sorted(usual(Role.AGENT) - {"conversation.read"})},
        {"admin": sorted(usual(Role.ADMIN) - {"contact.read"})},
        {"lead": sorted(usual(Role.LEAD) - {"conversation.reply"})},
    ],
)
def test_what_would_lock_out_or_raise_somebody_is_refused(people: People, roles: dict[str, list[str]]) -> None:
    with pytest.raises(Invalid):
        checked_changes(roles)
    assert put(people, people.owner, roles) == 422
    assert Shop.objects.get(pk=people.shop.pk).role_permissions == {}


def test_what_a_database_holds_against_the_bounds_gives_nothing() -> None:
    forged = {"agent": {"owner.manage": True, "conversation.read": False}, "owner": {"shop.configure": False}}
    assert not allows("agent", P.OWNER_MANAGE, forged)
    assert allows("agent", P.CONVERSATION_READ, forged)
    assert allows("owner", P.SHOP_CONFIGURE, forged)
    assert permissions_of("agent", forged) == ROLE_PERMISSIONS[Role.AGENT]
    assert changeable("nobody") == permissions_of("nobody", forged) == frozenset()


def test_a_permission_that_is_taken_is_taken_on_every_door(people: People) -> None:
    browser = people.browser(people.agent)
    assert browser.get(people.url("/audit")).status_code == 403
    given = {role: sorted(usual(Role(role)) | {"audit.read"}) for role in ("agent", "lead", "admin")}
    assert put(people, people.owner, given) == 200
    assert browser.get(people.url("/audit")).status_code == 200
    here = next(shop for shop in browser.get("/api/v1/me").json()["shops"] if shop["id"] == people.shop.pk)
    assert "audit.read" in here["permissions"]
    assert "audit.read" in browser.get(people.url("/snapshot")).json()["me"]["permissions"]
    assert put(people, people.owner, {}) == 200
    assert browser.get(people.url("/audit")).status_code == 403
    assert "audit.read" not in browser.get(people.url("/snapshot")).json()["me"]["permissions"]


def test_changes_hold_for_tokens_and_in_that_shop_alone(people: People) -> None:
    made = people.browser(people.admin).post(people.url("/tokens"), {"name": "till"}).json()
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {made['secret']}"}
    assert Browser().get(people.url("/tokens"), **bearer).status_code == 200
    assert put(people, people.owner, {"admin": sorted(usual(Role.ADMIN) - {"token.manage"})}) == 200
    assert Browser().get(people.url("/tokens"), **bearer).status_code == 403
    assert Shop.objects.get(pk=people.other_shop.pk).role_permissions == {}


def test_everybody_concerned_is_told_and_nobody_else(people: People) -> None:
    put(people, people.owner, {"agent": sorted(usual(Role.AGENT) - {"contact.edit"})})
    event = last_event(people)
    assert event.type == "shop.roles_changed"
    assert f'"agents":{{"{people.agent.pk}":' in event.desk
    assert f'"{people.lead.pk}":' not in event.desk
    [line] = AuditEntry.objects.filter(action="roles.changed")
    assert line.detail == {"agent": {"given": [], "taken": ["contact.edit"]}}


def test_saving_what_is_so_already_tells_nobody(people: People) -> None:
    before = last_event(people).pos
    assert put(people, people.owner, {"agent": sorted(usual(Role.AGENT))}) == 200
    assert last_event(people).pos == before


def test_who_gives_roles_sees_them_and_only_owners_change_them(people: People) -> None:
    told = people.browser(people.lead).get(people.url("/roles")).json()
    assert [each["role"] for each in told["roles"]] == ["agent", "lead", "admin", "owner"]
    assert told["roles"][3]["changeable"] == []
    assert set(told["roles"][0]["changeable"]).isdisjoint({"conversation.read", "agent.manage", "owner.manage"})
    assert put(people, people.admin, {}) == 403
    assert people.browser(people.agent).get(people.url("/roles")).status_code == 403


def test_who_tries_to_raise_their_own_role_is_refused_and_written_down(people: People) -> None:
    wanted = {role: sorted(usual(Role(role)) | {"token.manage"}) for role in ("agent", "lead", "admin")}
    assert put(people, people.agent, wanted) == 403
    [line] = AuditEntry.objects.filter(action="refused")
    assert (line.actor, line.detail) == ("agent@people.test", {"permission": "owner.manage"})
    assert Shop.objects.get(pk=people.shop.pk).role_permissions == {}
