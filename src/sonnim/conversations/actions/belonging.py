"""To whom conversations belong: begun, given to a customer who was a stranger, forgotten with a stranger."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from sonnim.contacts.models import Contact, ContactMerge
from sonnim.contacts.shapes import contact_object
from sonnim.conversations.change import Change
from sonnim.conversations.models import Attachment, Conversation
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel import clock

MOVED_AT_ONCE = 1000


def ensure_conversation(*, shop_id: int, contact: Contact, channel: str) -> int:
    """The contact's running conversation on a channel, or a new one; answers its id."""
    with log.unit(shop_id) as work, Change(work) as change:
        found = change.load_latest([contact.pk], channel).get(contact.pk)
        running = change.current(found) if found is not None else None
        if running is not None and running.status != "resolved":
            return running.id
        begun = change.open(shop_id=shop_id, contact_id=contact.pk, channel=channel, locale=contact.locale)
        change.record(begun, "conversation.opened", public=True, desk_put={"contacts": [contact_object(contact)]})
        return begun.id


def move_conversations(*, shop_id: int, from_contact: int, to_contact: Contact) -> int:
    """Give one contact's conversations to another, when the store has vouched that both are one; answers how many."""
    with log.unit(shop_id) as work, Change(work) as change:
        moved = reassigned(change=change, shop_id=shop_id, from_contact=from_contact, to_contact=to_contact)
        for about in moved:
            change.take_from(about, from_contact)
            told = change.public_entries(about)  # the customer's other devices have never seen them
            entry = change.entry(about, "event", data={"what": "identified", "name": to_contact.name})
            put = {"contacts": [contact_object(to_contact)]}
            change.record(about, "conversation.identified", entries=[*told, entry], public=True, desk_put=put)
        return len(moved)


def reassigned(
    *, change: Change, shop_id: int, from_contact: int, to_contact: Contact, only: Sequence[int] | None = None
) -> list[State]:
    """One contact's conversations as another's, files included; nobody has been told yet.

    Args:
        only: these, as far as they are still the first contact's; all when it is None.
    """
    theirs = Conversation.objects.filter(shop_id=shop_id, contact_id=from_contact)
    files = Attachment.objects.filter(shop=shop_id, owner_kind="contact", owner_id=from_contact)
    if only is not None:
        theirs, files = theirs.filter(pk__in=only), files.filter(conversation_id__in=only)
    ids = list(theirs.values_list("id", flat=True)[:MOVED_AT_ONCE])
    Conversation.objects.filter(pk__in=ids).update(contact_id=to_contact.pk)
    files.update(owner_id=to_contact.pk)
    change.load(ids)
    return [change.get(shop_id, identity) for identity in ids]


def forget_strangers(*, older_than_days: int = 7, limit: int = 500, rounds: int = 20) -> int:
    """Delete contacts that opened the chat, never wrote and left no name; answers how many."""
    before = clock.now_ms() - older_than_days * 24 * 3600 * 1000
    silent = Contact.objects.filter(
        ~Exists(Conversation.objects.filter(contact=OuterRef("pk"))),
        ~Exists(ContactMerge.objects.filter(gone=OuterRef("pk"), undone_at=None)),
        verified=False, name="", email="", last_seen_at__lt=clock.from_ms(before),
    )  # fmt: skip
    forgotten = 0
    for _ in range(rounds):
        found: dict[int, list[int]] = defaultdict(list)
        for contact_id, shop_id in silent.values_list("pk", "shop_id")[:limit]:
            found[shop_id].append(contact_id)
        for shop_id, contact_ids in found.items():
            with log.unit(shop_id):
                silent.filter(pk__in=contact_ids).delete()
        forgotten += sum(map(len, found.values()))
        if sum(map(len, found.values())) < limit:
            break
    return forgotten
