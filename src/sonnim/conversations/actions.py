"""What an agent, a shopper or the clock does to a conversation. Messages are in `posting`, through `writer`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from sonnim.accounts.models import Agent, Team
from sonnim.contacts.models import Contact
from sonnim.contacts.shapes import contact_object
from sonnim.conversations import rules
from sonnim.conversations.change import Change
from sonnim.conversations.models import Attachment, Conversation, Draft
from sonnim.conversations.release import release_if_gone
from sonnim.conversations.shapes import draft_object
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import AttachmentsInvalid, Conflict, Invalid, NotFound
from sonnim.kernel.text import checked_text

MAX_SNOOZE_DAYS = 365


@contextmanager
def _changing(shop_id: int, conversation_id: int) -> Iterator[tuple[Change, State]]:
    with log.unit(shop_id) as work, Change(work) as change:
        change.load([conversation_id])
        yield change, change.get(shop_id, conversation_id)


def _event(
    change: Change, about: State, type: str, data: dict[str, Any], *, by: int | None, public: bool = False
) -> None:
    author = ("agent", by) if by is not None else ("system", None)
    entry = change.entry(about, "event", author=author, data=data, public=public)
    if by is not None and public:  # a shopper is told of what the desk has read only with what is for their eyes
        about.desk_seen_seq = about.last_seq
    change.record(about, type, entries=[entry], public=public)


def assign_conversation(
    *, shop_id: int, conversation_id: int, by: int, agent_id: int | None, team_id: int | None = None
) -> None:
    """Give a conversation to an agent, a team, both, or nobody.

    Args:
        by: id of the agent who does it.

    Raises:
        NotFound: no such conversation, agent or team in this shop; a removed agent counts as none.
    """
    with _changing(shop_id, conversation_id) as (change, about):
        if agent_id is not None and not Agent.objects.filter(pk=agent_id, shop=shop_id, removed_at=None).exists():
            raise NotFound("There is no such agent.")
        if team_id is not None and not Team.objects.filter(pk=team_id, shop=shop_id, removed_at=None).exists():
            raise NotFound("There is no such team.")
        if (about.assignee_id, about.team_id) == (agent_id, team_id):
            return
        data = {"what": "assigned", "agent_id": agent_id, "from_agent_id": about.assignee_id, "team_id": team_id}
        about.assignee_id, about.team_id = agent_id, team_id
        # The shopper is shown who answers, so the conversation goes out to them; the entry does not.
        entry = change.entry(about, "event", author=("agent", by), data=data)
        change.record(about, "conversation.assigned", entries=[entry], public=True)


def resolve_conversation(*, shop_id: int, conversation_id: int, by: int) -> None:
    """Settle a conversation; settled ones stay as they are."""
    with _changing(shop_id, conversation_id) as (change, about):
        if about.status != "resolved":
            rules.resolve(about, at=clock.now_ms())
            _event(change, about, "conversation.resolved", {"what": "resolved"}, by=by, public=True)


def reopen_conversation(*, shop_id: int, conversation_id: int, by: int) -> None:
    """Bring a settled or snoozed conversation back to the open ones."""
    with _changing(shop_id, conversation_id) as (change, about):
        if about.status == "resolved":
            release_if_gone(about)
            rules.reopen(about)
            data = {"what": "reopened", "by": "agent"}
            _event(change, about, "conversation.reopened", data, by=by, public=True)
        elif about.status == "snoozed":
            rules.reopen(about)
            _event(change, about, "conversation.unsnoozed", {"what": "unsnoozed", "why": "agent"}, by=by)


def snooze_conversation(*, shop_id: int, conversation_id: int, by: int, until: datetime) -> None:
    """Put a conversation out of sight until a moment in the future, or until the shopper writes.

    Raises:
        Invalid: `until` has no zone, has passed, or is more than a year away.
        Conflict: the conversation is settled.
    """
    if until.tzinfo is None:
        raise Invalid("Say until when with a time zone.", fields={"until": "no time zone"})
    ahead = until - clock.now()
    if ahead.total_seconds() <= 0 or ahead.days >= MAX_SNOOZE_DAYS:
        raise Invalid("Choose a moment within the next year.", fields={"until": "not within the next year"})
    with _changing(shop_id, conversation_id) as (change, about):
        if about.status == "resolved":
            raise Conflict("This conversation is settled; reopen it first.")
        rules.snooze(about, until=clock.to_ms(until))
        _event(change, about, "conversation.snoozed", {"what": "snoozed", "until": until}, by=by)


def wake_snoozed(*, limit: int = 200) -> int:
    """Bring back what was snoozed until now; answers how many. Safe to run anywhere, at any time, twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, shop_id FROM conversations_conversation WHERE status = 'snoozed' AND snoozed_until <= %s "
            "ORDER BY snoozed_until LIMIT %s",
            [clock.now_ms(), limit],
        )
        due = cursor.fetchall()
    for conversation_id, shop_id in due:
        with _changing(shop_id, conversation_id) as (change, about):
            still_due = about.status == "snoozed" and (about.snoozed_until or 0) <= clock.now_ms()
            if still_due:
                rules.reopen(about)
                _event(change, about, "conversation.unsnoozed", {"what": "unsnoozed", "why": "due"}, by=None)
    return len(due)


def mark_seen(*, shop_id: int, conversation_id: int, seq: int, contact_id: int | None = None) -> None:
    """Note how far the desk has read, or the shopper when `contact_id` is given. It never goes back.

    Raises:
        NotFound: not a conversation of this shop, or not this contact's.
        Invalid: `seq` is beyond the last entry.
    """
    with _changing(shop_id, conversation_id) as (change, about):
        if contact_id is not None and about.contact_id != contact_id:
            raise NotFound("There is no such conversation.")
        if not 0 <= seq <= about.last_seq:
            raise Invalid("There is no such entry.", fields={"seq": "beyond the last entry"})
        seen = about.desk_seen_seq if contact_id is None else about.contact_seen_seq
        if seq <= seen:
            return
        if contact_id is None:
            about.desk_seen_seq = seq
        else:
            about.contact_seen_seq = seq
        change.record(about, "conversation.seen", public=True)


def save_draft(
    *, shop_id: int, conversation_id: int, agent_id: int, text: str, attachments: list[int]
) -> dict[str, Any]:
    """Keep what an agent is writing; an empty one is forgotten. Answers the draft as its agent's devices get it.

    Raises:
        AttachmentsInvalid: a file is not this agent's, or was sent already.
    """
    checked_text(text, may_be_empty=True)
    with log.unit(shop_id) as work, Change(work) as change:
        change.load([conversation_id])
        about = change.get(shop_id, conversation_id)
        files = list(
            Attachment.objects.filter(
                pk__in=attachments, shop=shop_id, owner_kind="agent", owner_id=agent_id, entry=None
            )
        )
        if len(files) != len(set(attachments)):
            raise AttachmentsInvalid("A file is not yours, or was sent before; upload it again.")
        pos = work.claim(shop_id)
        if text or files:
            draft, _ = Draft.objects.update_or_create(
                agent_id=agent_id, conversation_id=about.id,
                defaults={
                    "shop_id": shop_id, "text": text, "attachments": attachments, "v": pos, "updated_at": clock.now()
                },
            )  # fmt: skip
            files.sort(key=lambda file: attachments.index(file.pk))
            shown = draft_object(draft, files)
        else:
            Draft.objects.filter(agent_id=agent_id, conversation_id=about.id).delete()
            shown = draft_object(Draft(conversation_id=about.id, v=pos, updated_at=clock.now()))
        work.publish(
            shop_id, pos, "draft.saved", conversation_id=about.id, agent_id=agent_id, desk_put={"drafts": [shown]}
        )
    return dict(shown)


def ensure_conversation(*, shop_id: int, contact: Contact, channel: str) -> int:
    """The contact's running conversation on a channel, or a new one; answers its id."""
    with log.unit(shop_id) as work, Change(work) as change:
        found = change.load_latest([contact.pk], channel).get(contact.pk)
        if found is not None and found.status != "resolved":
            return found.id
        begun = change.open(shop_id=shop_id, contact_id=contact.pk, channel=channel, locale=contact.locale)
        change.record(begun, "conversation.opened", public=True, desk_put={"contacts": [contact_object(contact)]})
        return begun.id


def move_conversations(*, shop_id: int, from_contact: int, to_contact: Contact) -> int:
    """Give one contact's conversations to another, when the store has vouched that both are one; answers how many."""
    with log.unit(shop_id) as work, Change(work) as change:
        ids = list(
            Conversation.objects.filter(shop_id=shop_id, contact_id=from_contact).values_list("id", flat=True)[:1000]
        )
        Conversation.objects.filter(pk__in=ids).update(contact_id=to_contact.pk)
        Attachment.objects.filter(shop=shop_id, owner_kind="contact", owner_id=from_contact).update(
            owner_id=to_contact.pk
        )
        change.load(ids)
        for conversation_id in ids:
            about = change.get(shop_id, conversation_id)
            change.take_from(about, from_contact)
            told = change.public_entries(about)  # the customer's other devices have never seen them
            entry = change.entry(about, "event", data={"what": "identified", "name": to_contact.name})
            put = {"contacts": [contact_object(to_contact)]}
            change.record(about, "conversation.identified", entries=[*told, entry], public=True, desk_put=put)
        return len(ids)


def forget_strangers(*, older_than_days: int = 7, limit: int = 500) -> int:
    """Delete contacts that opened the chat, never wrote and left no name; answers how many."""
    before = clock.now_ms() - older_than_days * 24 * 3600 * 1000
    silent = Contact.objects.filter(
        ~Exists(Conversation.objects.filter(contact=OuterRef("pk"))),
        verified=False, name="", email="", last_seen_at__lt=clock.from_ms(before),
    )  # fmt: skip
    found = list(silent.values_list("pk", "shop_id")[:limit])
    for contact_id, shop_id in found:
        with log.unit(shop_id):
            silent.filter(pk=contact_id).delete()
    return len(found)
