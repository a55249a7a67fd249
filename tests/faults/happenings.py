"""Every action that an event tells of, as something that happens in the town of F08."""

import uuid
from collections.abc import Callable
from datetime import timedelta

from sonnim.accounts import actions as accounts
from sonnim.accounts import sessions
from sonnim.accounts.actions.appearance import change_appearance
from sonnim.accounts.actions.upkeep import forget_expired_sessions
from sonnim.accounts.shapes import permission_names
from sonnim.channels.kinds.webchat.actions import begin_visit, leave_address
from sonnim.contacts import actions as contacts
from sonnim.contacts.actions.tags import create_tag
from sonnim.contacts.identity import ProvenIdentity
from sonnim.contacts.models import Contact, ContactMerge
from sonnim.conversations import actions, posting
from sonnim.conversations.actions.contact_merging import merge_contacts, unmerge_contacts
from sonnim.conversations.actions.retracting import retract_entry
from sonnim.conversations.actions.settled import record_solved
from sonnim.conversations.actions.wording import edit_entry, redact_entry
from sonnim.conversations.check import Content
from sonnim.conversations.later import actions as later
from sonnim.conversations.models import Conversation, Entry
from sonnim.conversations.posting import Post
from sonnim.kernel import clock
from sonnim.notifications import actions as notifications
from sonnim.notifications.follower import Follower
from tests.faults.carried_happenings import CARRIED
from tests.faults.clock_happenings import TIMED
from tests.faults.coach_happenings import COACHED
from tests.faults.form_happenings import HANDED
from tests.faults.giving_happenings import GIVEN
from tests.faults.hours_happenings import WORKED
from tests.faults.ladder_happenings import BARGAINED
from tests.faults.left_happenings import LEFT
from tests.faults.plan_happenings import PLANNED
from tests.faults.promise_happenings import KEPT
from tests.faults.quality_happenings import SCORED
from tests.faults.rule_happenings import RULED
from tests.faults.script_happenings import SCRIPTED
from tests.faults.together_happenings import TOGETHER
from tests.faults.town import Town
from tests.faults.working_happenings import WORKING
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


def _session_expired(town: Town) -> object:
    _signed_in(town)
    with clock.moved(timedelta(days=15)):
        return forget_expired_sessions()


def _other_sessions_ended(town: Town) -> object:
    _signed_in_and_listed(town)
    return sessions.end_other_sessions(town.people.agent.user.pk, keep=None)


def _read_by_the_shopper(town: Town) -> None:
    town.post(None, "여기 있습니다", conversation=town.waiting)
    actions.mark_seen(shop_id=town.shop, conversation_id=town.waiting, seq=5, contact_id=town.shopper.pk)


def _password_set(town: Town) -> None:
    _signed_in_and_listed(town)
    accounts.set_password(user=town.people.agent.user, password="two small bows in the morning")


def _edited(town: Town, kind: str, text: str) -> int:
    town.post(None, "먼저 쓴 것", conversation=town.waiting, kind=kind)
    seq = Conversation.objects.get(pk=town.waiting).last_seq
    edit_entry(
        shop_id=town.shop, conversation_id=town.waiting, seq=seq, agent_id=town.people.agent.pk, said=Content(text)
    )
    return seq


def _redacted(town: Town, *, seq: int) -> object:
    return redact_entry(actor=town.owner, conversation_id=town.waiting, seq=seq, reason="카드 번호")


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


def _stranger(town: Town) -> Contact:
    return contacts.create_visitor(shop_id=town.shop, locale="en")[0]


def _unblocked(town: Town) -> object:
    contacts.block_contact(actor=town.owner, contact_id=town.shopper.pk)
    return contacts.unblock_contact(actor=town.owner, contact_id=town.shopper.pk)


def _parted(town: Town) -> object:
    merge = contacts.join_contacts(
        actor=town.owner, kept_id=town.shopper.pk, gone_id=(gone := _stranger(town)).pk, conversations=[]
    )
    contacts.retire_contact(contact=gone, into=town.shopper)
    return contacts.part_contacts(actor=town.owner, merge_id=merge.pk)


def _settled_shopper(town: Town) -> int:
    return Conversation.objects.values_list("contact_id", flat=True).get(pk=town.settled)


def _contacts_merged(town: Town) -> ContactMerge:
    return merge_contacts(actor=town.owner, kept_id=town.shopper.pk, gone_id=_settled_shopper(town))


def _contacts_unmerged(town: Town) -> object:
    return unmerge_contacts(actor=town.owner, merge_id=_contacts_merged(town).pk)


def _word(town: Town, *, solved: bool) -> None:
    shopper = _settled_shopper(town)
    record_solved(
        shop_id=town.shop, conversation_id=town.settled, contact_id=shopper, solved=solved, words="고맙습니다"
    )


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


def _told(town: Town) -> int:
    """Somebody gives the agent a conversation, and the log is read."""
    follower = Follower()
    follower.look()
    actions.assign_conversation(
        shop_id=town.shop, conversation_id=town.settled, by=town.people.lead.pk, agent_id=town.people.agent.pk
    )
    return follower.look()


def _of(town: Town) -> dict[str, int]:
    return {"shop_id": town.shop, "by": town.people.agent.pk}


def _taken_back(town: Town) -> object:
    town.post(None, "잘못 보냈습니다", conversation=town.waiting)
    return _retracted(town)


def _note_taken_back(town: Town) -> object:
    town.post(None, "잘못 적었습니다", conversation=town.waiting, kind="note")
    return _retracted(town)


def _retracted(town: Town) -> object:
    newest = Entry.objects.filter(conversation_id=town.waiting).latest("seq")
    return retract_entry(shop_id=town.shop, conversation_id=town.waiting, seq=newest.seq, agent_id=town.people.agent.pk)


def _waiting(town: Town) -> dict[str, int]:
    agent_id = town.people.agent.pk
    made = later.schedule_message(
        shop_id=town.shop, conversation_id=town.waiting, agent_id=agent_id, client_id=str(uuid.uuid4()),
        kind="message", said=Content("나중에 보냅니다"), due_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    return {"shop_id": town.shop, "agent_id": agent_id, "scheduled_id": made["id"]}


def _sent_later(town: Town) -> object:
    _waiting(town)
    with clock.moved(timedelta(hours=2)):
        return later.send_due()


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
    "accounts.actions.roles:change_roles": [
        lambda town: accounts.change_roles(
            actor=town.owner, roles={"agent": permission_names("agent", {"agent": {"contact.edit": False}})}
        )
    ],
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
    "accounts.actions.upkeep:forget_expired_sessions": [_session_expired],
    "accounts.sessions:end_session": [lambda town: sessions.end_session(_signed_in(town))],
    "accounts.sessions:end_other_sessions": [_other_sessions_ended],
    "channels.kinds.webchat.actions:leave_address": [
        lambda town: leave_address(contact=town.shopper, changes={"name": "Jiwoo", "email": "jiwoo@people.test"}),
    ],
    "channels.kinds.webchat.actions:begin_visit": [
        lambda town: begin_visit(shop=town.shop_now(), token=town.shopper_token, identity=town.signed(), locale="ko"),
    ],
    "contacts.actions.shoppers:ensure_customer": [_customer_renamed],
    "contacts.actions.blocking:block_contact": [
        lambda town: contacts.block_contact(actor=town.owner, contact_id=_settled_shopper(town))
    ],
    "contacts.actions.blocking:unblock_contact": [_unblocked],
    "contacts.actions.labels:record_consent": [
        lambda town: contacts.record_consent(
            actor=town.owner, contact_id=town.shopper.pk, purpose="surveys", given=True
        )
    ],
    "contacts.actions.labels:set_contact_tags": [
        lambda town: contacts.set_contact_tags(
            shop_id=town.shop,
            contact_id=town.shopper.pk,
            tag_ids=[create_tag(actor=town.owner, name="vip")["id"]],
        )
    ],
    "contacts.actions.merging:join_contacts": [
        lambda town: contacts.join_contacts(
            actor=town.owner, kept_id=town.shopper.pk, gone_id=_stranger(town).pk, conversations=[]
        )
    ],
    "contacts.actions.merging:part_contacts": [_parted],
    "contacts.actions.shoppers:note_visit": [
        lambda town: contacts.note_visit(contact=town.shopper, timezone="Asia/Seoul"),
    ],
    "contacts.actions.shoppers:retire_contact": [
        lambda town: contacts.retire_contact(contact=_stranger(town), into=town.shopper)
    ],
    "conversations.actions.contact_merging:merge_contacts": [_contacts_merged],
    "conversations.actions.contact_merging:unmerge_contacts": [_contacts_unmerged],
    "contacts.actions.changes:update_contact": [
        lambda town: contacts.update_contact(
            shop_id=town.shop, contact_id=town.shopper.pk, changes={"name": "김손님", "notes": "단골", "locale": "ko"}
        )
    ],
    "conversations.actions.status:assign_conversation": [
        lambda town: actions.assign_conversation(
            **_of(town), conversation_id=town.waiting, agent_id=town.people.lead.pk, team_id=town.team.pk
        ),
        lambda town: actions.assign_conversation(
            **_of(town), conversation_id=town.asleep, agent_id=town.people.agent.pk
        ),
    ],
    "contacts.actions.shoppers:merge_stranger": [_merged],
    "conversations.actions.belonging:ensure_conversation": [
        lambda town: actions.ensure_conversation(
            shop_id=town.shop,
            contact=contacts.create_visitor(shop_id=town.shop, locale="en")[0],
            channel="webchat",
        )
    ],
    "conversations.actions.reading:mark_seen": [
        lambda town: actions.mark_seen(shop_id=town.shop, conversation_id=town.waiting, seq=3),
        _read_by_the_shopper,
    ],
    "conversations.actions.belonging:move_conversations": [_moved],
    "conversations.actions.status:reopen_conversation": [
        lambda town: actions.reopen_conversation(**_of(town), conversation_id=town.settled),
        lambda town: actions.reopen_conversation(**_of(town), conversation_id=town.asleep),
    ],
    "conversations.actions.status:resolve_conversation": [
        lambda town: actions.resolve_conversation(**_of(town), conversation_id=town.waiting)
    ],
    "conversations.actions.drafts:save_draft": [
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
    "accounts.actions.appearance:change_appearance": [
        lambda town: change_appearance(actor=town.owner, appearance={"side": "left"})
    ],
    "conversations.actions.settled:record_solved": [
        lambda town: _word(town, solved=True),
        lambda town: _word(town, solved=False),
    ],
    "conversations.actions.status:snooze_conversation": [
        lambda town: actions.snooze_conversation(
            **_of(town), conversation_id=town.waiting, until=clock.now() + timedelta(days=1)
        )
    ],
    "conversations.actions.status:wake_snoozed": [_woken],
    "conversations.actions.status:set_priority": [
        lambda town: actions.set_priority(**_of(town), conversation_id=town.waiting, priority=3)
    ],
    "conversations.actions.wording:edit_entry": [
        lambda town: _edited(town, "message", "더 나은 답입니다"),
        lambda town: _edited(town, "note", "고친 메모"),
    ],
    "conversations.actions.wording:redact_entry": [
        lambda town: _redacted(town, seq=1),
        lambda town: _redacted(town, seq=_edited(town, "message", "다시 쓴 것")),
        lambda town: _redacted(town, seq=_edited(town, "note", "다시 쓴 메모")),
    ],
    "conversations.posting:post_batch": [_batch],
    "conversations.posting:ensure_posted": [
        lambda town: town.post(town.shopper, "하나 더"),
        lambda town: town.post(None, "메모", conversation=town.waiting, kind="note"),
        lambda town: town.post(None, "답입니다", conversation=town.waiting),
        lambda town: town.post(None, "잘 주무셨어요?", conversation=town.asleep),
    ],
    "notifications.actions.notices:add_news": [_told],
    "notifications.actions.notices:mark_notices_seen": [
        lambda town: (
            _told(town) and notifications.mark_notices_seen(shop_id=town.shop, agent_id=town.people.agent.pk, all=True)
        )
    ],
    "conversations.actions.retracting:retract_entry": [_taken_back, _note_taken_back],
    "conversations.later.actions:cancel_scheduled": [lambda town: later.cancel_scheduled(**_waiting(town))],
    "conversations.later.actions:reschedule_message": [
        lambda town: later.reschedule_message(**_waiting(town), due_at=clock.now() + timedelta(hours=3))
    ],
    "conversations.later.actions:schedule_message": [_waiting],
    "conversations.later.actions:send_due": [_sent_later],
    "conversations.later.actions:send_scheduled_now": [lambda town: later.send_scheduled_now(**_waiting(town))],
}
HAPPENINGS |= GIVEN | RULED | WORKED | TIMED | TOGETHER | WORKING | CARRIED | HANDED | LEFT | SCRIPTED | PLANNED | KEPT
HAPPENINGS |= BARGAINED | COACHED | SCORED

UNTOLD = {
    "channels.actions:forget_discarded": "likewise; nobody sees it any more",
    "channels.actions:forget_old_raw": "likewise",
    "accounts.actions.opening:open_further_shop": "create_shop",
    "accounts.actions.opening:set_up": "create_shop",
    "accounts.actions.invitations:withdraw_invitation": "likewise",
    "accounts.actions.shops:create_shop": "nobody can be listening yet; its first agent is add_agent's",
    "accounts.actions.shops:remove_shop": "its log goes with it, so that nobody is left to be told",
    "channels.kinds.webform.actions.forms:remove_form": "likewise",
    "demo.actions:ensure_demo": "made of the other actions",
    "demo.actions:remove_demo": "remove_shop",
}


def cases() -> list[tuple[str, int]]:
    return [(name, index) for name, happenings in HAPPENINGS.items() for index in range(len(happenings))]
