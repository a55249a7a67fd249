"""The one door through which a contact's fields are saved and told to the desk."""

from typing import Any

from sonnim.contacts import search
from sonnim.contacts.models import Contact
from sonnim.contacts.rules import LIMITS
from sonnim.contacts.shapes import contact_object
from sonnim.eventlog import log
from sonnim.kernel.errors import NotFound


def present_contact(*, shop_id: int, contact_id: int) -> Contact:
    """A contact of this shop that has not been merged into another. Raises: NotFound."""
    contact = Contact.objects.filter(pk=contact_id, shop_id=shop_id, merged_into=None).first()
    if contact is None:
        raise NotFound("There is no such contact.")
    return contact


def put_fields(contact: Contact, changes: dict[str, Any], *, pos: int) -> None:
    """Save these fields as of a position; whoever claimed it publishes what happened."""
    was = search.text_before(contact, changes)
    for field, value in changes.items():
        setattr(contact, field, value.strip() if field in LIMITS and field != "notes" else value)
    contact.v = pos
    contact.save(update_fields=[*changes, "v"])
    if was is not None:
        search.reindex_contact(contact, was=was)


def save_changes(work: log.Unit, contact: Contact, changes: dict[str, Any]) -> None:
    """Save these fields and tell the desk; call inside the unit of the contact's shop."""
    pos = work.claim(contact.shop_id)
    put_fields(contact, changes, pos=pos)
    work.publish(contact.shop_id, pos, "contact.updated", desk_put={"contacts": [contact_object(contact)]})
