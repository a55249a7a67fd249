"""Every action that an event tells of, as something that happens in the town of F08."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from sonnim.accounts import actions as accounts
from sonnim.accounts import sessions
from sonnim.channels.kinds.webchat.actions import begin_visit
from sonnim.contacts import actions as contacts
from sonnim.contacts.identity import ProvenIdentity
from sonnim.conversations import actions, posting
from sonnim.conversations.posting import Post
from sonnim.kernel import clock
from tests.faults.town import Town
from tests.people import make_user

Happening = Callable[[Town], object]
CUSTOMER = ProvenIdentity("customer-1", "kim@example.test", "김손님")


def _invited(town: Town) -> object:
    made = accounts.invite_agent(actor=town.owner, email="new@people.test", role="agent", locale="ko")
    token = made.link.rsplit("/", 1)[1]
    return accounts.accept_invitation(token=token, user=None, name="Nari", password="celadon bows twice", locale="ko")


def _signed_in(town: Town) -> str:
    browser = town.people.browser(town.people.agent)
    return str(browser.client.cookies["sonnim"].value)


def _signed_in_and_listed(town: Town) -> None:
    from allauth.usersessions.models import UserSession

    user = town.people.agent.user
    UserSession.objects.create(user=user, session_key=_signed_in(town), ip="127.0.0.1", user_agent="tests")


def _other_sessions_ended(town: Town) -> object:
    _signed_in_and_listed(town)
    return sessions.end_other_sessions(town.people.agent.user.pk, keep=None)


def _read_by_the_shopper(town: Town) -> None:
    town.post(None, "여기 있습니다", conversation=town.waiting)
    actions.mark_seen(shop_id=town.shop, conversation_id=town.waiting, seq=5, contact_id=town.shopper.pk)


def _password_set(town: Town) -> None:
    _signed_in_and_listed(town)
    accounts.set_password(user=town.people.agent.user, password="two small bows in the morning")


def _woken(town: Town) -> object:
    with clock.moved(timedelta(hours=2)):
        return actions.wake_snoozed()


def _customer_renamed(town: Town) -> object:
    contacts.ensure_customer(shop_id=town.shop, proven=CUSTOMER, locale="ko")
    renamed = ProvenIdentity(CUSTOMER.subject, CUSTOMER.email, "김새이름")
    return contacts.ensure_customer(shop_id=town.shop, proven=renamed, locale="ko")


def _moved(town: Town) -> object:
    customer = contacts.ensure_customer(shop_id=town.shop, proven=CUSTOMER, locale="ko")
    return actions.move_conversations(shop_id=town.shop, from_contact=town.shopper.pk, to_contact=customer)


def _merged(town: Town) -> None:
    customer = contacts.ensure_customer(shop_id=town.shop, proven=CUSTOMER, locale="ko")
    stranger, _ = contacts.create_visitor(shop_id=town.shop, locale="ko")
    contacts.merge_stranger(stranger=stranger, into=customer)


def _batch(town: Town) -> object:
    """Everything that one group commit can hold: first and later messages, a note, an answer, a settled one back."""
    first, _ = contacts.create_visitor(shop_id=town.shop, locale="en")
    agent = ("agent", town.people.agent.pk)
    wanted = [
        (("contact", first.pk), "the first of a new shopper", "message", None),
        (("contact", first.pk), "and the second", "message", None),
        (("contact", town.shopper.pk), "아직 기다려요", "message", None),
        (agent, "안쪽 메모", "note", town.waiting),
        (agent, "여기 있습니다", "message", town.waiting),
        (agent, "还有一件事", "message", town.settled),
        (("contact", town.shopper.pk), "없는 대화로", "message", town.settled),
    ]
    return posting.post_batch(
        [
            Post(
                town.shop, *sender, str(uuid.uuid4()), text, kind=kind, conversation_id=conversation, channel="webchat"
            )
            for sender, text, kind, conversation in wanted
        ]
    )


def _of(town: Town) -> dict[str, int]:
    return {"shop_id": town.shop, "by": town.people.agent.pk}


HAPPENINGS: dict[str, list[Happening]] = {
    "accounts.actions.agents:add_agent": [
        lambda town: accounts.add_agent(shop_id=town.shop, user=make_user("nari"), role="agent"),
        lambda town: accounts.add_agent(shop_id=town.shop, user=town.people.removed.user, role="lead"),
    ],
    "accounts.actions.agents:change_agent": [
        lambda town: accounts.change_agent(actor=town.owner, agent_id=town.people.lead.pk, name="Lian", role="agent")
    ],
    "accounts.actions.agents:remove_agent": [
        lambda town: accounts.remove_agent(actor=town.owner, agent_id=town.people.lead.pk)
    ],
    "accounts.actions.agents:set_availability": [
        lambda town: accounts.set_availability(agent=town.people.agent, availability="away")
    ],
    "accounts.actions.invitations:accept_invitation": [_invited],
    "accounts.actions.people:change_profile": [
        lambda town: accounts.change_profile(user=town.people.agent.user, name="Arim", locale="zh", theme="dark")
    ],
    "accounts.actions.people:set_password": [_password_set],
    "accounts.actions.shops:change_settings": [
        lambda town: accounts.change_settings(actor=town.owner, name="Ongi and sons", color="#112233")
    ],
    "accounts.actions.teams:create_team": [
        lambda town: accounts.create_team(actor=town.owner, name="Cups", agent_ids=[town.people.lead.pk])
    ],
    "accounts.actions.teams:change_team": [
        lambda town: accounts.change_team(
            actor=town.owner, team_id=town.team.pk, name="Leaves", agent_ids=[town.people.lead.pk]
        )
    ],
    "accounts.actions.teams:delete_team": [lambda town: accounts.delete_team(actor=town.owner, team_id=town.team.pk)],
    "accounts.actions.tokens:revoke_token": [
        lambda town: accounts.revoke_token(
            actor=town.owner, token_id=accounts.create_token(actor=town.owner, name="till").token.pk
        )
    ],
    "accounts.sessions:end_session": [lambda town: sessions.end_session(_signed_in(town))],
    "accounts.sessions:end_other_sessions": [_other_sessions_ended],
    "channels.kinds.webchat.actions:begin_visit": [
        lambda town: begin_visit(shop=town.shop_now(), token=town.shopper_token, identity=town.signed(), locale="ko"),
    ],
    "contacts.actions:ensure_customer": [_customer_renamed],
    "contacts.actions:update_contact": [
        lambda town: contacts.update_contact(
            shop_id=town.shop, contact_id=town.shopper.pk, changes={"name": "김손님", "notes": "단골", "locale": "ko"}
        )
    ],
    "conversations.actions:assign_conversation": [
        lambda town: actions.assign_conversation(
            **_of(town), conversation_id=town.waiting, agent_id=town.people.lead.pk, team_id=town.team.pk
        ),
        lambda town: actions.assign_conversation(
            **_of(town), conversation_id=town.asleep, agent_id=town.people.agent.pk
        ),
    ],
    "contacts.actions:merge_stranger": [_merged],
    "conversations.actions:ensure_conversation": [
        lambda town: actions.ensure_conversation(
            shop_id=town.shop,
            contact=contacts.create_visitor(shop_id=town.shop, locale="en")[0],
            channel="webchat",
        )
    ],
    "conversations.actions:mark_seen": [
        lambda town: actions.mark_seen(shop_id=town.shop, conversation_id=town.waiting, seq=3),
        _read_by_the_shopper,
    ],
    "conversations.actions:move_conversations": [_moved],
    "conversations.actions:reopen_conversation": [
        lambda town: actions.reopen_conversation(**_of(town), conversation_id=town.settled),
        lambda town: actions.reopen_conversation(**_of(town), conversation_id=town.asleep),
    ],
    "conversations.actions:resolve_conversation": [
        lambda town: actions.resolve_conversation(**_of(town), conversation_id=town.waiting)
    ],
    "conversations.actions:save_draft": [
        lambda town: actions.save_draft(
            shop_id=town.shop,
            conversation_id=town.settled,
            agent_id=town.people.agent.pk,
            text="다시 여쭙니다",
            attachments=[],
        ),
        lambda town: actions.save_draft(
            shop_id=town.shop, conversation_id=town.waiting, agent_id=town.people.agent.pk, text="", attachments=[]
        ),
        lambda town: actions.save_draft(
            shop_id=town.shop,
            conversation_id=town.waiting,
            agent_id=town.people.lead.pk,
            text="남의 것",
            attachments=[],
        ),
    ],
    "conversations.actions:snooze_conversation": [
        lambda town: actions.snooze_conversation(
            **_of(town), conversation_id=town.waiting, until=clock.now() + timedelta(days=1)
        )
    ],
    "conversations.actions:wake_snoozed": [_woken],
    "conversations.posting:post_batch": [_batch],
    "conversations.posting:ensure_posted": [
        lambda town: town.post(town.shopper, "하나 더"),
        lambda town: town.post(None, "메모", conversation=town.waiting, kind="note"),
        lambda town: town.post(None, "답입니다", conversation=town.waiting),
        lambda town: town.post(None, "잘 주무셨어요?", conversation=town.asleep),
    ],
}

UNTOLD = {
    "accounts.actions.invitations:invite_agent": "invitations are read by those who manage them, never live",
    "accounts.actions.invitations:withdraw_invitation": "likewise",
    "accounts.actions.people:create_user": "a person without a place in a shop is nobody's business",
    "accounts.actions.shops:create_shop": "nobody can be listening yet; its first agent is add_agent's",
    "accounts.actions.shops:remove_shop": "its log goes with it, so that nobody is left to be told",
    "accounts.actions.shops:rotate_identity_secret": "a secret is shown once, and no screen keeps it",
    "accounts.actions.tokens:create_token": "tokens are read by those who manage them, never live",
    "demo.actions:ensure_demo": "made of the other actions",
    "demo.actions:remove_demo": "remove_shop",
}


def cases() -> list[tuple[str, int]]:
    return [(name, index) for name, happenings in HAPPENINGS.items() for index in range(len(happenings))]
