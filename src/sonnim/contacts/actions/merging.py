"""Two contacts become one, as far as they themselves go; their conversations follow in the domain above."""

import json
from typing import Any, NamedTuple

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.contacts.actions.shoppers import VISITOR
from sonnim.contacts.joining import JOINED, joined, keys_end, other_ways, parted
from sonnim.contacts.models import Contact, ContactMerge, ContactTag, Identity, Tag
from sonnim.contacts.saving import present_contact, put_fields, save_changes
from sonnim.contacts.shapes import contact_object
from sonnim.eventlog import log
from sonnim.kernel.clock import from_ms, now, to_ms
from sonnim.kernel.errors import Conflict, Invalid, NotFound


class Parted(NamedTuple):
    """Two contacts that are two again, and the conversations that went along with the merge."""

    kept: Contact
    gone: Contact
    conversations: list[int]


def join_contacts(*, actor: Actor, kept_id: int, gone_id: int, conversations: list[int]) -> ContactMerge:
    """Give one contact what another one is known by and what is known of it, and retire the other.

    Args:
        conversations: what the contact that goes brings along; remembered for `part_contacts`.

    Raises:
        NotFound: one of them is not there.
        Invalid: both are the same.
        Conflict: their notes or attributes are too much for one.
    """
    if kept_id == gone_id:
        raise Invalid("A contact cannot be merged with itself.", fields={"with": "the same contact"})
    with log.unit(actor.shop_id) as work:
        kept = present_contact(shop_id=actor.shop_id, contact_id=kept_id)
        gone = present_contact(shop_id=actor.shop_id, contact_id=gone_id)
        one, other = fields_of(contact=kept), fields_of(contact=gone)
        after = joined(one, other)
        identities = _take_identities(kept, gone, end_keys=keys_end(one, other))
        added = [
            Identity.objects.create(shop_id=kept.shop_id, contact=kept, kind=kind, value=value).pk
            for kind, value in other_ways(one, other)
        ]
        before = {"fields": one, "after": after, "conversations": conversations, "added": added, **identities}
        merge = ContactMerge.objects.create(
            shop_id=actor.shop_id, kept=kept, gone=gone, by_id=actor.agent.pk, before=before
        )
        _set_tags(kept, after["tag_ids"])
        save_changes(work, kept, _columns(after))
        audit.record(
            actor, "contact.merged", target=f"contact:{kept.pk}", name=kept.name, gone=gone.name, gone_id=gone.pk
        )
    return merge


def part_contacts(*, actor: Actor, merge_id: int) -> Parted:
    """Undo a merge: what came along goes back, and fields that nobody has changed since are as they were.

    `contact.parted` closes the lines of the contact that was kept, whose browsers come back under their own names.

    Raises:
        NotFound: no such merge.
        Conflict: it was undone already, or one of them has been merged again since.
    """
    with log.unit(actor.shop_id) as work:
        merge = ContactMerge.objects.filter(pk=merge_id, shop_id=actor.shop_id).select_related("kept", "gone").first()
        if merge is None:
            raise NotFound("There is no such merge.")
        kept, gone, before = merge.kept, merge.gone, merge.before
        if merge.undone_at is not None or gone.merged_into_id != kept.pk:
            raise Conflict("This merge was undone already.")
        if kept.merged_into_id is not None:
            raise Conflict("Undo the later merge first.")
        _return_identities(kept, gone, before)
        back = parted(before["fields"], before["after"], fields_of(contact=kept))
        if "tag_ids" in back:
            _set_tags(kept, back["tag_ids"])
        pos = work.claim(actor.shop_id)
        put_fields(kept, _columns(back), pos=pos)
        put_fields(gone, {"merged_into": None}, pos=pos)
        ContactMerge.objects.filter(pk=merge.pk).update(undone_at=now())
        audit.record(
            actor, "contact.parted", target=f"contact:{kept.pk}", name=kept.name, gone=gone.name, gone_id=gone.pk
        )
        put = {"contacts": [contact_object(kept), contact_object(gone)]}
        work.publish(actor.shop_id, pos, "contact.parted", desk_put=put)
    return Parted(kept, gone, before["conversations"])


def fields_of(*, contact: Contact) -> dict[str, Any]:
    """A contact's fields as the rules of joining want them, fit for JSON."""
    found = {name: getattr(contact, name) for name in JOINED}
    seen = contact.last_seen_at
    return {
        **found,
        "tag_ids": json.loads(contact.tag_ids),
        "last_seen_at": None if seen is None else to_ms(seen),
        "created_at": to_ms(contact.created_at),
    }


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    found = dict(fields)
    for name in ("last_seen_at", "created_at"):
        if found.get(name) is not None:
            found[name] = from_ms(found[name])
    if "tag_ids" in found:
        found["tag_ids"] = json.dumps(found["tag_ids"])
    return found


def _set_tags(contact: Contact, tag_ids: list[int]) -> None:
    ContactTag.objects.filter(contact=contact).delete()
    known = Tag.objects.filter(shop_id=contact.shop_id, pk__in=tag_ids).values_list("pk", flat=True)
    ContactTag.objects.bulk_create(ContactTag(shop_id=contact.shop_id, contact=contact, tag_id=each) for each in known)


def _take_identities(kept: Contact, gone: Contact, *, end_keys: bool) -> dict[str, Any]:
    ended = []
    if end_keys:
        keys = Identity.objects.filter(contact=gone, kind=VISITOR)
        ended = list(keys.values_list("value", flat=True))
        keys.delete()
    moved = list(Identity.objects.filter(contact=gone).values_list("pk", flat=True))
    Identity.objects.filter(pk__in=moved).update(contact=kept)
    return {"identities": moved, "ended": ended}


def _return_identities(kept: Contact, gone: Contact, before: dict[str, Any]) -> None:
    Identity.objects.filter(pk__in=before["added"], contact=kept).delete()
    Identity.objects.filter(pk__in=before["identities"], contact=kept).update(contact=gone)
    Identity.objects.bulk_create(
        (Identity(shop_id=gone.shop_id, contact=gone, kind=VISITOR, value=value) for value in before["ended"]),
        ignore_conflicts=True,
    )
