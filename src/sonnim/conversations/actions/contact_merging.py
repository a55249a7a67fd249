"""Two contacts turn out to be one person, and perhaps two after all: they and all their conversations."""

from sonnim.accounts.callers import Actor
from sonnim.contacts import actions as contacts
from sonnim.contacts.models import Contact, ContactMerge
from sonnim.contacts.saving import present_contact
from sonnim.contacts.shapes import contact_object
from sonnim.conversations.actions.belonging import MOVED_AT_ONCE, reassigned
from sonnim.conversations.change import Change
from sonnim.conversations.models import Conversation
from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict


def merge_contacts(*, actor: Actor, kept_id: int, gone_id: int) -> ContactMerge:
    """Let two contacts be one. A customer whom the store has proven is always the one that is kept.

    Raises:
        NotFound: one of them is not there.
        Invalid: both are the same.
        Conflict: what both have is too much for one contact.
    """
    with log.unit(actor.shop_id):
        kept, gone = the_kept_first(shop_id=actor.shop_id, kept_id=kept_id, gone_id=gone_id)
        brought = list(Conversation.objects.filter(contact=gone).values_list("id", flat=True)[: MOVED_AT_ONCE + 1])
        if len(brought) > MOVED_AT_ONCE:
            raise Conflict("This contact has too many conversations to be moved at once; merge the other way round.")
        merge = contacts.join_contacts(actor=actor, kept_id=kept.pk, gone_id=gone.pk, conversations=brought)
        _hand_over(from_contact=gone, to_contact=merge.kept, only=brought)
        contacts.retire_contact(contact=gone, into=merge.kept)
    return merge


def unmerge_contacts(*, actor: Actor, merge_id: int) -> Contact:
    """Undo a merge; answers the contact that is back. What came in since stays with the one that was kept.

    Raises:
        NotFound: no such merge.
        Conflict: it was undone already, one of them has been merged again since, or so have conversations of both.
    """
    with log.unit(actor.shop_id):
        parted = contacts.part_contacts(actor=actor, merge_id=merge_id)
        _require_apart(parted.kept, going=set(parted.conversations))
        _hand_over(from_contact=parted.kept, to_contact=parted.gone, only=parted.conversations)
    return parted.gone


def the_kept_first(*, shop_id: int, kept_id: int, gone_id: int) -> tuple[Contact, Contact]:
    """Who is kept and who goes. Raises: NotFound, when one of them is not there."""
    kept = present_contact(shop_id=shop_id, contact_id=kept_id)
    gone = present_contact(shop_id=shop_id, contact_id=gone_id)
    return (gone, kept) if gone.verified and not kept.verified else (kept, gone)


def _require_apart(kept: Contact, *, going: set[int]) -> None:
    """Raises: Conflict, when one side's conversation goes on in the other's, whose history its shopper would read."""
    merged = Conversation.objects.filter(contact=kept, status="merged").values_list("pk", "merged_into_id")
    if any((source in going) != (into in going) for source, into in merged):
        raise Conflict("Conversations of both were merged since; take those apart first.")


def _hand_over(*, from_contact: Contact, to_contact: Contact, only: list[int]) -> None:
    """Move conversations, and tell each side's open chats what they show from now on: their newest talk."""
    shop_id = to_contact.shop_id
    with log.unit(shop_id) as work, Change(work) as change:
        sides = (from_contact.pk, to_contact.pk)
        before = {side: _shown(change, side) for side in sides}
        moved = reassigned(change=change, shop_id=shop_id, from_contact=sides[0], to_contact=to_contact, only=only)
        for about in moved:
            about.contact_id = to_contact.pk
        after = {side: _shown(change, side) for side in sides}
        for about in moved:
            change.take_from(about, from_contact.pk)
            shown = about.id in after[to_contact.pk]
            told = change.public_entries(about) if shown else []
            entry = change.entry(about, "event", data={"what": "identified", "name": to_contact.name})
            put = {"contacts": [contact_object(to_contact)]}
            change.record(about, "conversation.identified", entries=[*told, entry], public=shown, desk_put=put)
        passed_on = {about.id for about in moved}
        for side in sides:
            for outdated in sorted(before[side] - after[side] - passed_on):
                about, drop = change.get(shop_id, outdated), {"conversations": [outdated]}
                change.record(about, "conversation.superseded", public=True, drop=drop)
            for again in sorted(after[side] - before[side] - passed_on):
                about = change.get(shop_id, again)
                change.record(about, "conversation.resurfaced", entries=change.public_entries(about), public=True)


def _shown(change: Change, contact_id: int) -> set[int]:
    """The conversations that a contact's open chat shows: one talk on each channel."""
    channels = Conversation.objects.filter(contact_id=contact_id).values_list("channel", flat=True).distinct()
    talks = [change.family(change.load_latest([contact_id], channel)[contact_id]) for channel in list(channels)]
    return {about.id for talk in talks for about in talk if about.status != "merged"}
