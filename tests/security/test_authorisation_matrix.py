"""Every route × everybody × own and foreign ids, generated from the routes themselves."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from sonnim.accounts import actions
from sonnim.accounts.models import Agent, Shop
from sonnim.accounts.permissions import allows
from sonnim.contacts.actions import create_visitor
from sonnim.conversations.actions import ensure_conversation
from sonnim.conversations.files import store_attachment
from sonnim.conversations.models import Attachment, Conversation, Entry
from tests.people import Browser, People, actor_of
from tests.security.policy import POLICY
from tests.security.routes import BODIES, Route, all_routes

ROLES = ("agent", "lead", "admin", "owner")
ROUTES = all_routes()
SHOP_ROUTES = [route for route in ROUTES if "{shop_id}" in route.path]
WITH_IDS = [route for route in SHOP_ROUTES if route.path.count("{") > 1]
THROUGH = {200, 201, 204, 422}


@dataclass
class Place:
    """A shop with one of each thing that a path can name, and a shopper's token."""

    shop: Shop
    ids: dict[str, int]
    visitor: str


def furnish(shop: Shop, owner: Agent, member: Agent) -> Place:
    """Fill a shop. `member` is the agent whom paths name; the file hangs on an internal note."""
    actor = actor_of(owner)
    contact, token = create_visitor(shop_id=shop.pk, locale="en")
    file = SimpleUploadedFile("note.txt", b"hello")
    invited = actions.invite_agent(actor=actor, email=f"invited-{shop.pk}@people.test", role="agent", locale="en")
    conversation_id = ensure_conversation(shop_id=shop.pk, contact=contact, channel="webchat")
    attachment = store_attachment(shop_id=shop.pk, owner=("agent", owner.pk), upload=file)
    note = Entry.objects.create(
        shop=shop, conversation_id=conversation_id, seq=1, kind="note", author_kind="agent", author_id=owner.pk
    )
    Conversation.objects.filter(pk=conversation_id).update(last_seq=1)
    Attachment.objects.filter(pk=attachment.pk).update(conversation_id=conversation_id, entry=note)
    ids = {
        "shop_id": shop.pk,
        "contact_id": contact.pk,
        "conversation_id": conversation_id,
        "attachment_id": attachment.pk,
        "agent_id": member.pk,
        "team_id": actions.create_team(actor=actor, name="Team").pk,
        "token_id": actions.create_token(actor=actor, name="Token").token.pk,
        "invitation_id": invited.invitation.pk,
    }
    return Place(shop, ids, token)


@pytest.fixture
def here(people: People) -> Place:
    return furnish(people.shop, people.owner, people.agent)


@pytest.fixture
def elsewhere(people: People) -> Place:
    return furnish(people.other_shop, people.outsider, people.outsider)


def call(browser: Browser, route: Route, ids: dict[str, int], **headers: str) -> int:
    """The status of a request, whose effects are undone."""
    path = "/api/v1" + route.path.format(**{"token": "unknown", **ids})
    with transaction.atomic():
        answer: Any = browser.call(route.method, path, BODIES.get(route.key), **headers)
        transaction.set_rollback(True)
    if answer.streaming:
        b"".join(answer.streaming_content)  # which closes the file
    cache.clear()
    return int(answer.status_code)


def test_every_route_has_a_row_and_every_row_has_a_route() -> None:
    assert {route.key for route in ROUTES} == set(POLICY)


def test_every_route_carries_the_policy_that_its_row_says() -> None:
    for route in ROUTES:
        assert route.policy is not None, f"{route} has no policy"
        if route.policy.permission is None:
            assert route.policy.kind == POLICY[route.key], str(route)
        else:
            lowest = next(role for role in ROLES if allows(role, route.policy.permission))
            assert lowest == POLICY[route.key], str(route)


@pytest.mark.parametrize("route", SHOP_ROUTES, ids=str)
def test_a_route_of_a_shop_lets_in_whom_its_row_names_and_nobody_else(
    people: People, here: Place, route: Route
) -> None:
    strangers = {
        "nobody": call(Browser(), route, here.ids),
        "visitor": call(Browser(), route, here.ids, HTTP_AUTHORIZATION=f"Visitor {here.visitor}"),
        "foreign owner": call(people.browser(people.outsider), route, here.ids),
        "removed agent": call(people.browser(people.removed), route, here.ids),
    }
    assert strangers == {"nobody": 401, "visitor": 401, "foreign owner": 404, "removed agent": 404}
    lowest = ROLES.index(POLICY[route.key])
    for rank, role in enumerate(ROLES):
        status = call(people.browser(getattr(people, role)), route, here.ids)
        if rank < lowest:
            assert status == 403, f"{role}: {status}"
        elif status == 403:
            assert _ranks_matter(route, role), f"{role}: {status}"
        else:
            assert status in THROUGH, f"{role}: {status}"


def _ranks_matter(route: Route, role: str) -> bool:
    """Changing an agent is open to the agent itself and to those who manage agents: not to the lead between them."""
    return route.key == ("PATCH", "/shops/{shop_id}/agents/{agent_id}") and role == "lead"


@pytest.mark.parametrize("route", WITH_IDS, ids=str)
def test_ids_of_another_shop_are_not_found_by_anybody(
    people: People, here: Place, elsewhere: Place, route: Route
) -> None:
    foreign = {**elsewhere.ids, "shop_id": here.shop.pk}
    lowest = ROLES.index(POLICY[route.key])
    for role in ROLES[lowest:]:
        status = call(people.browser(getattr(people, role)), route, foreign)
        assert status in ({404} if route.method != "POST" or route.key in BODIES else {404, 422}), f"{role}: {status}"
    assert call(people.browser(people.outsider), route, foreign) == 404


@pytest.mark.parametrize("route", SHOP_ROUTES, ids=str)
def test_an_unsafe_route_needs_the_csrf_token_and_a_safe_one_changes_nothing(
    people: People, here: Place, route: Route
) -> None:
    browser = people.browser(people.owner)
    if route.method != "GET":
        assert call(browser, route, here.ids, HTTP_X_CSRFTOKEN="") == 403
        answers = {call(browser, Route("GET", route.path, None), here.ids)}
        known = ("GET", route.path) in POLICY
        assert answers <= (THROUGH if known else {405})


@pytest.mark.parametrize("route", SHOP_ROUTES, ids=str)
def test_a_token_has_the_rights_of_its_agent(people: People, here: Place, elsewhere: Place, route: Route) -> None:
    lowest = ROLES.index(POLICY[route.key])
    for role in ("agent", "admin"):
        secret = actions.create_token(actor=people.actor(getattr(people, role)), name=role).secret
        status = call(Browser(), route, here.ids, HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_X_CSRFTOKEN="")
        if ROLES.index(role) < lowest:
            assert status == 403
        else:
            assert status in THROUGH or (status == 403 and route.key in SESSION_ONLY)
        there = {**elsewhere.ids}
        assert call(Browser(), route, there, HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_X_CSRFTOKEN="") == 404


SESSION_ONLY = {("POST", "/shops/{shop_id}/tokens"), ("POST", "/shops/{shop_id}/settings/identity-secret")}


@pytest.mark.parametrize("route", [route for route in ROUTES if POLICY.get(route.key) == "VISITOR"], ids=str)
def test_a_shoppers_route_takes_a_visitor_token_and_nothing_else(people: People, here: Place, route: Route) -> None:
    secret = actions.create_token(actor=people.actor(people.owner), name="x").secret
    assert call(Browser(), route, here.ids) == 401
    assert call(people.browser(people.owner), route, here.ids) == 401
    assert call(Browser(), route, here.ids, HTTP_AUTHORIZATION=f"Bearer {secret}") == 401
    assert call(Browser(), route, here.ids, HTTP_AUTHORIZATION="Visitor wrong") == 401
    status = call(Browser(), route, here.ids, HTTP_AUTHORIZATION=f"Visitor {here.visitor}")
    assert status in {*THROUGH, 404}


def test_a_shopper_does_not_reach_a_file_of_the_desk_or_of_another_shopper(people: People, here: Place) -> None:
    _, other = create_visitor(shop_id=here.shop.pk, locale="en")
    route = Route("GET", "/widget/attachments/{attachment_id}/content", None)
    for token in (here.visitor, other):
        assert call(Browser(), route, here.ids, HTTP_AUTHORIZATION=f"Visitor {token}") == 404


@pytest.mark.parametrize("route", [route for route in ROUTES if POLICY.get(route.key) == "SIGNED_IN"], ids=str)
def test_a_persons_own_route_takes_a_session_and_nothing_else(people: People, here: Place, route: Route) -> None:
    secret = actions.create_token(actor=people.actor(people.owner), name="x").secret
    assert call(Browser(), route, {}) == 401
    assert call(Browser(), route, {}, HTTP_AUTHORIZATION=f"Visitor {here.visitor}") == 401
    assert call(Browser(), route, {}, HTTP_AUTHORIZATION=f"Bearer {secret}") == 401
    for who in (people.agent, people.outsider, people.removed):
        assert call(people.browser(who), route, {}) == 200
