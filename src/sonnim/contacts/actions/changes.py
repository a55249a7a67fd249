"""What the desk changes of a contact."""

from typing import Any

from sonnim.contacts.rules import check_changes
from sonnim.contacts.saving import present_contact, save_changes
from sonnim.contacts.shapes import ContactObject, contact_object
from sonnim.eventlog import log


def update_contact(*, shop_id: int, contact_id: int, changes: dict[str, Any]) -> ContactObject:
    """Change what the desk knows of a contact.

    Args:
        changes: any of name, email, phone, notes, timezone, locale, attributes, blocked.

    Raises:
        NotFound: no such contact in this shop.
        Invalid: a field that does not exist, or a value too long.
    """
    check_changes(changes)
    with log.unit(shop_id) as work:
        contact = present_contact(shop_id=shop_id, contact_id=contact_id)
        if changes:
            save_changes(work, contact, changes)
        return contact_object(contact)
