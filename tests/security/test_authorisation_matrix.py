"""Every route × everybody × own and foreign ids, generated from the routes themselves."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from sonnim.accounts import actions
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent, Shop
from sonnim.accounts.permissions import allows
from sonnim.automation.actions import save_macro, save_rule
from sonnim.channels import inbound
from sonnim.channels.kinds.postbox.actions.mailboxes import create_mailbox
from sonnim.channels.kinds.postbox.choices import Choices
from sonnim.channels.kinds.postbox.mailed_chats.actions import mail_chat
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.channels.kinds.webform.actions.forms import create_form
from sonnim.contacts.actions import create_visitor
from sonnim.contacts.actions.tags import create_tag
from sonnim.conversations.actions import ensure_conversation
from sonnim.conversations.actions.bulk import begin_bulk
from sonnim.conversations.actions.contact_merging import merge_contacts
from sonnim.conversations.bulk import Deed
from sonnim.conversations.files import store_attachment
from sonnim.conversations.models import Attachment, ChecklistItem, Conversation, Entry, Question, Scheduled, View
from sonnim.kernel import clock
from sonnim.plan.clocks.actions import save_policy
from sonnim.plan.clocks.api import PolicyBody
from sonnim.plan.document.actions import begin_with_template, publish_plan
from sonnim.plan.hours.actions import import_file, save_calendar
from sonnim.plan.hours.api import CalendarBody
from sonnim.plan.ladder import wanted as bargaining
from sonnim.plan.ladder.actions import concede
from sonnim.plan.models import HoursCalendar
from sonnim.plan.promises.actions import make_promise
from sonnim.plan.scripts.actions import create_canned_response
from sonnim.plan.scripts.wanted import Wanted
from sonnim.quality.models import Dispute, Score
from sonnim.routing.models import Offer
from tests.people import Browser, People, actor_of
from tests.security.policy import POLICY
from tests.security.routes import BODIES, CANNED, FORM, HOLIDAY, HOURS, MACRO, PROMISE, RULE, Route, all_routes, body_of

ROLES = ("agent", "lead", "admin", "owner")
ROUTES = all_routes()
SHOP_ROUTES = [route for route in ROUTES if "{shop_id}" in route.path]
# `n` counts within a shop, and a rule of the coach is everybody's, so that another shop's is one's own as well.
WITH_IDS = [route for route in SHOP_ROUTES if re.sub(r"\{(n|rule)\}", "", route.path).count("{") > 1]
BY_PIPE: Choices = {"way_in": "pipe", "way_out": "house"}
THROUGH = {200, 201, 204, 409, 422}


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
    Letter.objects.create(
        shop=shop, conversation_id=conversation_id, entry_id=note.pk, html='<img src="http://127.0.0.1/x.png">'
    )
    Conversation.objects.filter(pk=conversation_id).update(last_seq=1)
    Attachment.objects.filter(pk=attachment.pk).update(conversation_id=conversation_id, entry=note)
    ids = {
        "shop_id": shop.pk,
        "contact_id": contact.pk,
        "conversation_id": conversation_id,
        "seq": 1,
        "attachment_id": attachment.pk,
        "agent_id": member.pk,
        "team_id": actions.create_team(actor=actor, name="Team").pk,
        "token_id": actions.create_token(actor=actor, name="Token").token.pk,
        "invitation_id": invited.invitation.pk,
        "item_id": _item(shop, conversation_id, member),
        "question_id": _question(shop, conversation_id, member),
        "offer_id": _offer(shop, conversation_id, owner),
        "promise_id": _promise(shop, conversation_id, member),
        "tag_id": create_tag(actor=actor, name="Tag")["id"],
        "inbound_id": inbound.store(shop_id=shop.pk, kind="postbox", key="1", raw=b"Subject: Hello")[0],
        "mailbox_id": create_mailbox(actor=actor, address="ongi@naver.com", choices=BY_PIPE).pk,
        "chat_mail_id": _chat_mail(conversation_id, owner),
        "rule_id": save_rule(actor=actor, active=True, **RULE).pk,
        "macro_id": save_macro(actor=actor, canned_id=None, **MACRO).pk,
        **_scored(shop, conversation_id, member, owner),
        "policy_id": save_policy(actor=actor, values=PolicyBody(**PROMISE).model_dump()).pk,
        "n": _plan(owner),
        "concession_id": _conceded(conversation_id, member),
        "approval_id": _approval(shop, conversation_id, member),
        "calendar_id": _calendar(actor),
        "feed_id": import_file(actor=actor, calendar_id=_calendar(actor), raw=HOLIDAY.encode()).pk,
        "canned_id": create_canned_response(actor=actor, wanted=msgspec.convert(CANNED, Wanted)).pk,
        "form_id": create_form(actor=actor, wanted={**FORM, "name": "Ask us"}).pk,
        "scheduled_id": _scheduled(shop, conversation_id, owner),
        "view_id": View.objects.create(shop=shop, agent=member, name="View", audience="shop").pk,
        "bulk_id": begin_bulk(shop_id=shop.pk, by=owner.pk, deed=Deed("spam"), conversation_ids=[10**9])["id"],
    }
    twin, _ = create_visitor(shop_id=shop.pk, locale="en")
    other, _ = create_visitor(shop_id=shop.pk, locale="en")
    merge = merge_contacts(actor=actor, kept_id=twin.pk, gone_id=other.pk)
    return Place(shop, {**ids, "with_id": twin.pk, "merge_id": merge.pk}, token)


def _scored(shop: Shop, conversation_id: int, member: Agent, other: Agent) -> dict[str, int]:
    """A score of the member's, and one of somebody else's that is disputed."""
    shared = {"shop": shop, "conversation_id": conversation_id, "seq": 1, "version": 0, "replies": 1, "marks": 0}
    shared |= {"resolved_at": clock.now(), "week": "2026-11-16"}
    own = Score.objects.create(agent_id=member.pk, **shared)
    disputed = Score.objects.create(agent_id=other.pk + 10**6, **shared)
    dispute = Dispute.objects.create(score=disputed, shop=shop, agent_id=disputed.agent_id, words="No.")
    return {"score_id": own.pk, "dispute_id": dispute.pk}


def _plan(by: Agent) -> int:
    actor = actor_of(by)
    begin_with_template(actor=actor, v=0)
    return publish_plan(actor=actor, v=1).n


def _calendar(actor: Actor) -> int:
    kept = HoursCalendar.objects.filter(shop_id=actor.shop_id).first()
    wanted = CalendarBody(**HOURS).wanted()
    return kept.pk if kept else save_calendar(actor=actor, wanted=wanted).pk


def _scheduled(shop: Shop, conversation_id: int, by: Agent) -> int:
    return Scheduled.objects.create(
        shop=shop, conversation_id=conversation_id, agent=by, client_id="x", text="Later", due_at=clock.now()
    ).pk


def _chat_mail(conversation_id: int, by: Agent) -> int:
    waiting = mail_chat(
        agent=by, conversation_id=conversation_id, client_id="x", address="jiwoo@people.test", words="Here it is."
    )
    return waiting.pk


def _item(shop: Shop, conversation_id: int, by: Agent) -> int:
    return ChecklistItem.objects.create(
        shop=shop, conversation_id=conversation_id, text="Look for the crate", created_by_id=by.pk
    ).pk


def _question(shop: Shop, conversation_id: int, by: Agent) -> int:
    return Question.objects.create(
        shop=shop, conversation_id=conversation_id, asked_by=by, to_role="lead", text="May I?"
    ).pk


def _conceded(conversation_id: int, by: Agent) -> int:
    wanted = bargaining.Wanted(step="stand")
    return concede(actor=actor_of(by), conversation_id=conversation_id, client_id="6f1b8a90", wanted=wanted)["id"]


def _approval(shop: Shop, conversation_id: int, by: Agent) -> int:
    """Asked of the owner, so that admins answer too and nobody below."""
    matter = {"concession": "gift", "value": "9", "outcome": "", "granted": ""}
    return Question.objects.create(
        shop=shop, conversation_id=conversation_id, asked_by=by, to_role="owner", text="May I?", matter=matter
    ).pk


def _offer(shop: Shop, conversation_id: int, to: Agent) -> int:
    """One that is over, so that the conversation can be offered again."""
    return Offer.objects.create(
        shop=shop, conversation_id=conversation_id, agent=to, until=clock.now(), outcome="declined"
    ).pk


def _promise(shop: Shop, conversation_id: int, by: Agent) -> int:
    due = clock.now() + timedelta(hours=2)
    return make_promise(shop_id=shop.pk, conversation_id=conversation_id, by=by.pk, act="call", due_at=due)["id"]


@pytest.fixture
def here(people: People) -> Place:
    return furnish(people.shop, people.owner, people.agent)


@pytest.fixture
def elsewhere(people: People) -> Place:
    return furnish(people.other_shop, people.outsider, people.outsider)


def call(browser: Browser, route: Route, ids: dict[str, int], **headers: str) -> int:
    """The status of a request, whose effects are undone."""
    path = "/api/v1" + route.path.format(**{"token": "unknown", "purpose": "surveys", "rule": "curt", **ids})
    with transaction.atomic():
        answer: Any = browser.call(route.method, path, body_of(route, ids), **headers)
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
            lowest = next(role for role in ROLES if allows(role, route.policy.permission, {}))
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
            assert any(each(route, role) for each in (_ranks_matter, _is_the_owners, _is_anothers)), f"{role}: {status}"
        elif status == 404:
            assert _is_the_owners(route, role), f"{role}: {status}"
        else:
            assert status in THROUGH, f"{role}: {status}"


def _ranks_matter(route: Route, role: str) -> bool:
    """Changing an agent is open to the agent itself and to those who manage agents: not to the lead between them."""
    return route.key == ("PATCH", "/shops/{shop_id}/agents/{agent_id}") and role == "lead"


OWN = {
    ("PATCH", "/shops/{shop_id}/scheduled/{scheduled_id}"),
    ("DELETE", "/shops/{shop_id}/scheduled/{scheduled_id}"),
    ("DELETE", "/shops/{shop_id}/chat-mails/{chat_mail_id}"),
    ("POST", "/shops/{shop_id}/scheduled/{scheduled_id}/send"),
    ("PATCH", "/shops/{shop_id}/conversations/{conversation_id}/entries/{seq}"),
    ("POST", "/shops/{shop_id}/conversations/{conversation_id}/entries/{seq}/retract"),
    ("POST", "/shops/{shop_id}/approvals/{approval_id}/answer"),
    ("POST", "/shops/{shop_id}/offers/{offer_id}/accept"),
    ("POST", "/shops/{shop_id}/offers/{offer_id}/decline"),
}
"""Everybody may do this with what is their own; here the owner wrote it."""


def _is_anothers(route: Route, role: str) -> bool:
    """Nobody disputes a score for somebody else; here it is the agent's."""
    return route.key == ("POST", "/shops/{shop_id}/quality/score/{score_id}/dispute") and role != "agent"


def _is_the_owners(route: Route, role: str) -> bool:
    return route.key in OWN and role != "owner"


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
            refused = status == 403 and (route.key in SESSION_ONLY or _is_anothers(route, role))
            assert status in THROUGH or refused or (status in {403, 404} and _is_the_owners(route, role))
        there = {**elsewhere.ids}
        assert call(Browser(), route, there, HTTP_AUTHORIZATION=f"Bearer {secret}", HTTP_X_CSRFTOKEN="") == 404


OWNERS_OF_A_SHOP = {("POST", "/shops")}
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
        # Whoever owns a shop here may open another one; the others have a session, and are known.
        allowed = route.key not in OWNERS_OF_A_SHOP or who.role == "owner"
        assert call(people.browser(who), route, {}) in ({200, 201} if allowed else {403})
