"""Tags on a contact, and what the contact has agreed to."""

import json

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.contacts.models import ContactTag, Tag
from sonnim.contacts.rules import MAX_TAGS, PURPOSES
from sonnim.contacts.saving import present_contact, save_changes
from sonnim.contacts.shapes import ContactObject, contact_object
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid


def set_contact_tags(*, shop_id: int, contact_id: int, tag_ids: list[int]) -> ContactObject:
    """Give a contact these tags and no others; an order that is given is kept.

    Raises:
        NotFound: no such contact.
        Invalid: a tag that the shop does not have, or too many.
    """
    wanted = list(dict.fromkeys(tag_ids))
    if len(wanted) > MAX_TAGS:
        raise Invalid(fields={"tag_ids": f"at most {MAX_TAGS}"})
    with log.unit(shop_id) as work:
        contact = present_contact(shop_id=shop_id, contact_id=contact_id)
        known = set(Tag.objects.filter(shop_id=shop_id, pk__in=wanted, removed_at=None).values_list("pk", flat=True))
        if set(wanted) - known:
            raise Invalid(fields={"tag_ids": "there is no such tag"})
        if wanted != json.loads(contact.tag_ids):
            ContactTag.objects.filter(contact=contact).delete()
            ContactTag.objects.bulk_create(ContactTag(shop_id=shop_id, contact=contact, tag_id=each) for each in wanted)
            save_changes(work, contact, {"tag_ids": json.dumps(wanted)})
        return contact_object(contact)


def record_consent(*, actor: Actor, contact_id: int, purpose: str, given: bool) -> ContactObject:
    """Note that a contact has agreed to something, or has taken it back; the audit log remembers each time.

    Raises:
        NotFound: no such contact.
        Invalid: nothing that one could agree to.
    """
    if purpose not in PURPOSES:
        raise Invalid(fields={"purpose": f"must be one of {', '.join(PURPOSES)}"})
    with log.unit(actor.shop_id) as work:
        contact = present_contact(shop_id=actor.shop_id, contact_id=contact_id)
        if contact.consents.get(purpose, {}).get("given") is not given:
            said = {"given": given, "at": clock.now().isoformat(timespec="milliseconds"), "by": actor.agent.pk}
            save_changes(work, contact, {"consents": {**contact.consents, purpose: said}})
            what = "consent.given" if given else "consent.withdrawn"
            audit.record(actor, what, target=f"contact:{contact.pk}", name=contact.name, purpose=purpose)
        return contact_object(contact)
