"""Reads of what people who are not here have not seen."""

from collections.abc import Collection, Sequence

from django.conf import settings
from django.db import connection
from django.db.models import F, QuerySet

from sonnim.accounts.models import Agent, Shop
from sonnim.channels.kinds.postbox.afar.rules import page_to_return_to
from sonnim.channels.kinds.postbox.models import NOWHERE, BadAddress, LogMark, Mailbox
from sonnim.channels.models import LeftAddress
from sonnim.contacts.models import Contact, ContactMerge
from sonnim.conversations import reach
from sonnim.conversations.models import Conversation, Entry
from sonnim.notifications import rules as notices
from sonnim.notifications.queries import PREFERENCES

MAX_ENTRIES = 50
_NO_WAY_IN = "none"
_MERGES = 20  # one into the other, as far as they are followed


def read_to(shop_ids: Collection[int]) -> dict[int, int]:
    """Up to where each of these logs has been read, as it was kept last."""
    return dict(LogMark.objects.filter(shop_id__in=shop_ids).values_list("shop_id", "pos"))


def talked_in(shop_id: int, after: int, upto: int) -> list[int]:
    """The conversations in which somebody has spoken in a stretch of the log."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT conversation_id FROM eventlog_event WHERE shop_id = %s AND pos > %s AND pos <= %s "
            "AND type = 'message.created'",
            [shop_id, after, upto],
        )
        return [row[0] for row in cursor.fetchall()]


def unseen_answers(shop_id: int, conversation_ids: Collection[int]) -> list[int]:
    """Those of the conversations with an answer that a shopper of a live channel has not seen, and could be mailed."""
    if not LeftAddress.objects.filter(shop_id=shop_id).exists():
        return []
    found = (
        Conversation.objects.filter(pk__in=conversation_ids, last_by="agent", contact_seen_seq__lt=F("last_seq"))
        .exclude(channel__in=reach.carried())
        .exclude(status="spam")
        .values_list("pk", "contact_id")
    )
    talks = dict(found)
    contacts = set(talks.values())
    own = set(LeftAddress.objects.filter(pk__in=contacts).values_list("pk", flat=True))
    own |= set(ContactMerge.objects.filter(kept__in=contacts, undone_at=None).values_list("kept", flat=True))
    return [conversation for conversation, contact in talks.items() if contact in own]


def unheard(shop_id: int, conversation_ids: Collection[int]) -> list[tuple[int, int]]:
    """(agent, conversation) where a message waits for its agent, who wants to hear of it by mail."""
    waiting = Conversation.objects.filter(
        pk__in=conversation_ids, status="open", last_by="contact", waiting_since__isnull=False, assignee__isnull=False
    ).values_list("assignee_id", "pk")
    pairs = [(agent, conversation) for agent, conversation in waiting if agent is not None]
    if not pairs:
        return []
    rows = Agent.objects.filter(pk__in={agent for agent, _ in pairs}, shop_id=shop_id, removed_at=None)
    kept = rows.values_list("pk", "preferences")
    willing = {pk for pk, each in kept if notices.preferences_of(each.get(PREFERENCES, {})).email}
    return [(agent, conversation) for agent, conversation in pairs if agent in willing]


def left_address(conversation: Conversation, contact: Contact) -> LeftAddress | None:
    """Where a shopper may be written to about this conversation: the address that was given by who talked in it.

    That the desk took two contacts for one person is no proof: what came along in a merge goes on to the address of
    whom it came from, and to no other.
    """
    if contact.blocked:
        return None
    who = contact.pk
    merges = list(ContactMerge.objects.filter(kept=who, undone_at=None).order_by("id"))
    while merges:
        origin = next(
            (each.gone_id for each in merges if conversation.pk in each.before.get("conversations", ())), None
        )
        if origin is None:
            break
        who, merges = origin, list(ContactMerge.objects.filter(kept=origin, undone_at=None).order_by("id"))
    found = LeftAddress.objects.filter(pk=who).first()
    if found is None or Contact.objects.filter(pk=who, blocked=True).exists():
        return None
    refused = BadAddress.objects.filter(shop_id=conversation.shop_id, address=found.address.lower()).exists()
    return None if refused else found


def answers_after(conversation: Conversation, *, after: int, up_to: int | None = None) -> list[Entry]:
    """The answers that a shopper has not seen and that were not mailed, oldest first, at most MAX_ENTRIES."""
    if _was_seen_joined(conversation):
        return []
    unseen = Entry.objects.filter(
        conversation=conversation, kind="message", author_kind="agent", public=True, hidden="",
        seq__gt=max(after, conversation.contact_seen_seq),
    )  # fmt: skip
    if up_to is not None:
        unseen = unseen.filter(seq__lte=up_to)
    return list(reversed(unseen.order_by("-seq")[:MAX_ENTRIES]))


def _was_seen_joined(conversation: Conversation) -> bool:
    """Whether a shopper has looked at the talk in which a merged conversation goes on since it goes on there: what was
    said in the merged one stood there too.
    """
    about = conversation
    for _ in range(_MERGES):
        if about.status != "merged" or about.merged_into is None:
            break
        told = Entry.objects.filter(conversation=about.merged_into, kind="event", data__contains='"merged"')
        joined = told.filter(data__contains=f'"conversation_id":{about.pk},').order_by("-seq").first()
        about = about.merged_into
        if joined is not None and about.contact_seen_seq >= joined.seq:
            return True
    return False


def messages_after(conversation: Conversation, *, after: int, up_to: int) -> list[Entry]:
    """What the shopper has said in a stretch of a conversation, oldest first, the last MAX_ENTRIES."""
    said = Entry.objects.filter(
        conversation=conversation, kind="message", author_kind="contact", hidden="", seq__gt=after, seq__lte=up_to
    )
    return list(reversed(said.order_by("-seq")[:MAX_ENTRIES]))


def names_of(entries: Sequence[Entry]) -> dict[int, str]:
    """Agent → the name under which they answer."""
    return dict(Agent.objects.filter(pk__in={each.author_id for each in entries}).values_list("pk", "name"))


def source_for(shop: Shop) -> Mailbox | None:
    """The mailbox from which a shop writes by itself; without one a stand-in for the installation's own server, which
    takes no answers. None when neither is there.
    """
    found = _real(shop.pk).order_by("-is_default", "id").first()
    if found is not None or shop.is_demo or not settings.EMAIL_HOST:  # the people of a demo have no mailboxes
        return found
    address = str(settings.DEFAULT_FROM_EMAIL).rpartition("<")[2].rstrip("> ")
    return Mailbox(shop=shop, address=address, name=shop.name, way_in=_NO_WAY_IN, way_out="house")


def can_follow(shop_id: int) -> bool:
    """Whether a shop has anything to mail with."""
    if _real(shop_id).exists():
        return True
    return bool(settings.EMAIL_HOST) and not Shop.objects.filter(pk=shop_id, is_demo=True).exists()


def _real(shop_id: int) -> QuerySet[Mailbox]:
    return Mailbox.objects.filter(shop_id=shop_id, active=True).exclude(way_out=NOWHERE)


def takes_answers(source: Mailbox) -> bool:
    """Whether an answer to a mail from there reaches us."""
    return source.way_in != _NO_WAY_IN


def writer_of(*, shop_id: int, conversation_id: int, sender: str) -> int | None:
    """The contact whose word a mail to a chat is: it came from the very address to which that chat's mails go."""
    found = Conversation.objects.filter(pk=conversation_id, shop_id=shop_id).select_related("contact").first()
    if found is None or reach.is_carried(found.channel):
        return None
    left = left_address(found, found.contact)
    if left is None or left.address.lower() != sender.strip().lower():
        return None
    return found.contact_id


def way_back(shop: Shop, left: LeftAddress) -> str:
    """The page on which the chat goes on; empty when none is known."""
    origins = [str(each).lower() for each in shop.allowed_origins]
    if shop.is_demo:  # its store stands on the desk itself
        origins.append(str(settings.PUBLIC_URL).lower())
    return page_to_return_to(left.page, origins=origins)


def still_waits(agent_id: int, conversation_id: int) -> Conversation | None:
    """A conversation that still waits for this agent, and at which nobody has looked."""
    return (
        Conversation.objects.filter(pk=conversation_id, assignee_id=agent_id, status="open", last_by="contact")
        .filter(waiting_since__isnull=False, desk_seen_seq__lt=F("last_seq"))
        .first()
    )
