"""Who may call: session, token, shop, permission, CSRF."""

from typing import Any

import pytest
from django.test import Client
from tests.people import Browser, People, make_user

from sonnim.accounts import actions
from sonnim.accounts.http import PUBLIC, OpenRouter, ShopRouter
from sonnim.accounts.models import ApiToken, User
from sonnim.accounts.permissions import Permission


def test_a_session_reads_its_own_shop(people: People) -> None:
    answer = people.browser(people.agent).get(people.url("/agents"))
    assert answer.status_code == 200
    assert {agent["role"] for agent in answer.json()["items"]} == {"owner", "admin", "lead", "agent"}


def test_nobody_is_asked_to_sign_in(people: People) -> None:
    answer = Browser().get(people.url("/agents"))
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "unauthenticated"


def test_a_foreign_shop_looks_like_no_shop(people: People) -> None:
    foreign = people.browser(people.outsider).get(people.url("/agents"))
    absent = people.browser(people.outsider).get("/api/v1/shops/999999/agents")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.json() == absent.json()


def test_a_removed_agent_finds_no_shop(people: People) -> None:
    assert people.browser(people.removed).get(people.url("/agents")).status_code == 404


def test_a_role_without_the_permission_is_refused_and_the_attempt_is_noted(people: People) -> None:
    answer = people.browser(people.agent).post(people.url("/teams"), {"name": "Night"})
    assert answer.status_code == 403
    entries = people.browser(people.owner).get(people.url("/audit")).json()["items"]
    assert entries[0]["action"] == "refused"
    assert entries[0]["actor"] == "agent@people.test"
    assert entries[0]["detail"] == {"permission": "team.manage"}


def test_a_refusal_inside_an_action_is_noted_too(people: People) -> None:
    answer = people.browser(people.admin).delete(people.url(f"/agents/{people.owner.pk}"))
    assert answer.status_code == 403
    assert people.browser(people.owner).get(people.url("/audit")).json()["items"][0]["action"] == "refused"


def test_a_refused_read_is_not_noted(people: People) -> None:
    assert people.browser(people.agent).get(people.url("/audit")).status_code == 403
    actions_noted = [
        entry["action"] for entry in people.browser(people.owner).get(people.url("/audit")).json()["items"]
    ]
    assert "refused" not in actions_noted


@pytest.mark.parametrize("token", ["", "wrong", "A" * 32])
def test_an_unsafe_request_without_the_csrf_token_is_refused(people: People, token: str) -> None:
    browser = people.browser(people.owner)
    browser.csrf()
    answer = browser.post(people.url("/teams"), {"name": "Night"}, HTTP_X_CSRFTOKEN=token)
    assert answer.status_code == 403
    assert people.shop.teams.count() == 0


@pytest.mark.parametrize("origin", ["https://evil.test", "null", "http://testserver.evil.test"])
def test_an_unsafe_request_from_another_origin_is_refused(people: People, origin: str) -> None:
    answer = people.browser(people.owner).post(people.url("/teams"), {"name": "Night"}, HTTP_ORIGIN=origin)
    assert answer.status_code == 403
    assert people.shop.teams.count() == 0


def test_a_mutation_by_get_is_not_allowed_and_method_override_is_unknown(people: People) -> None:
    browser = people.browser(people.owner)
    answer = browser.get(people.url(f"/agents/{people.agent.pk}"))
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"
    overridden = browser.post(people.url(f"/agents/{people.agent.pk}?_method=DELETE"), {"_method": "DELETE"})
    assert overridden.status_code == 405
    people.agent.refresh_from_db()
    assert people.agent.removed_at is None


def test_a_token_needs_no_cookie_and_no_csrf(people: People) -> None:
    made = actions.create_token(actor=people.actor(people.admin), name="import")
    answer = Client(enforce_csrf_checks=True).post(
        people.url("/teams"), {"name": "Night"}, "application/json", HTTP_AUTHORIZATION=f"Bearer {made.secret}"
    )
    assert answer.status_code == 201
    assert ApiToken.objects.get().last_used_at is not None


def test_a_token_dies_with_its_revocation_its_agent_and_its_user(people: People) -> None:
    def status(secret: str) -> int:
        headers: Any = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
        return int(Client().get(people.url("/agents"), **headers).status_code)

    revoked = actions.create_token(actor=people.actor(people.admin), name="revoked")
    orphaned = actions.create_token(actor=people.actor(people.lead), name="orphaned")
    inactive = actions.create_token(actor=people.actor(people.agent), name="inactive")
    assert [status(made.secret) for made in (revoked, orphaned, inactive)] == [200, 200, 200]
    actions.revoke_token(actor=people.actor(people.owner), token_id=revoked.token.pk)
    actions.remove_agent(actor=people.actor(people.owner), agent_id=people.lead.pk)
    User.objects.filter(pk=people.agent.user_id).update(is_active=False)
    assert [status(made.secret) for made in (revoked, orphaned, inactive)] == [401, 401, 401]


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer sk_x", "Bearer sk_" + "x" * 5000, "bearer \x00", "Bearer sk_é"]
)
def test_a_malformed_token_is_refused(people: People, header: str) -> None:
    assert Client().get(people.url("/agents"), HTTP_AUTHORIZATION=header).status_code == 401


def test_a_token_of_one_shop_opens_no_other(people: People) -> None:
    made = actions.create_token(actor=people.actor(people.outsider), name="elsewhere")
    answer = Client().get(people.url("/agents"), HTTP_AUTHORIZATION=f"Bearer {made.secret}")
    assert answer.status_code == 404


def test_a_token_cannot_make_a_token(people: People) -> None:
    made = actions.create_token(actor=people.actor(people.admin), name="import")
    answer = Client().post(
        people.url("/tokens"), {"name": "more"}, "application/json", HTTP_AUTHORIZATION=f"Bearer {made.secret}"
    )
    assert answer.status_code == 403
    assert ApiToken.objects.count() == 1


def test_a_session_of_a_deactivated_person_ends(people: People) -> None:
    browser = people.browser(people.agent)
    User.objects.filter(pk=people.agent.user_id).update(is_active=False)
    assert browser.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("shop", ["0", "-1", "1e3", "x", "9" * 30, "1%20"])
def test_an_id_that_is_none_is_not_found(people: People, shop: str) -> None:
    assert people.browser(people.owner).get(f"/api/v1/shops/{shop}/agents").status_code == 404


def test_a_route_cannot_be_declared_without_a_fitting_policy() -> None:
    with pytest.raises(TypeError, match="needs"):
        ShopRouter(tag="x").get("/x")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="permission"):
        ShopRouter(tag="x").get("/x", needs=PUBLIC)
    with pytest.raises(TypeError, match="ShopRouter"):
        OpenRouter(tag="x").get("/x", needs=Permission.AGENT_READ)


def test_a_session_costs_two_queries_before_the_view(people: People, django_assert_num_queries: Any) -> None:
    browser = people.browser(people.agent)
    with django_assert_num_queries(3):
        browser.get(people.url("/agents"))


def test_a_person_of_two_shops_is_somebody_else_in_each(people: People) -> None:
    actions.add_agent(shop_id=people.other_shop.pk, user=people.agent.user, role="admin")
    browser = people.browser(people.agent)
    assert browser.get(people.url("/settings")).status_code == 403
    assert browser.get(f"/api/v1/shops/{people.other_shop.pk}/settings").status_code == 200


def test_a_user_without_a_shop_is_signed_in_but_nowhere(people: People) -> None:
    browser = Browser(make_user("drifter"))
    assert browser.get("/api/v1/me").json()["shops"] == []
    assert browser.get(people.url("/agents")).status_code == 404
