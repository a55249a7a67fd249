"""Whom the shop does not want to hear from."""

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.contacts.saving import present_contact, put_fields
from sonnim.contacts.shapes import ContactObject, contact_object
from sonnim.eventlog import log


def block_contact(*, actor: Actor, contact_id: int) -> ContactObject:
    """Take no more messages from a contact; `contact.blocked` closes their chats at once. Raises: NotFound."""
    with log.unit(actor.shop_id) as work:
        contact = present_contact(shop_id=actor.shop_id, contact_id=contact_id)
        if not contact.blocked:
            put_fields(contact, {"blocked": True}, pos=(pos := work.claim(actor.shop_id)))
            audit.record(actor, "contact.blocked", target=f"contact:{contact.pk}", name=contact.name)
            work.publish(actor.shop_id, pos, "contact.blocked", desk_put={"contacts": [contact_object(contact)]})
        return contact_object(contact)


def unblock_contact(*, actor: Actor, contact_id: int) -> ContactObject:
    """Hear from a contact again. Raises: NotFound."""
    with log.unit(actor.shop_id) as work:
        contact = present_contact(shop_id=actor.shop_id, contact_id=contact_id)
        if contact.blocked:
            put_fields(contact, {"blocked": False}, pos=(pos := work.claim(actor.shop_id)))
            audit.record(actor, "contact.unblocked", target=f"contact:{contact.pk}", name=contact.name)
            work.publish(actor.shop_id, pos, "contact.unblocked", desk_put={"contacts": [contact_object(contact)]})
        return contact_object(contact)
