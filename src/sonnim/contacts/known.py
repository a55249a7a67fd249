"""Who a contact is today, and by which addresses they are known."""

from django.db import connection

from sonnim.contacts.models import Contact, Identity

EMAIL = "email"
WRITER = "address"
"""Kinds of identities: an address for which the store vouches, if `verified`; one that somebody has written from."""


def writer_by_address(*, shop_id: int, address: str) -> Contact | None:
    """The contact who writes from this address, as they are known today: see `ensure_writer`."""
    with connection.cursor() as cursor:  # thousands of mails may come at once
        cursor.execute(
            "SELECT kind, contact_id FROM contacts_identity WHERE shop_id = %s AND kind IN (%s, %s) AND value = %s "
            "AND (kind = %s OR verified) ORDER BY id DESC LIMIT 20",
            [shop_id, EMAIL, WRITER, address.lower(), WRITER],
        )
        contacts = dict(reversed(cursor.fetchall()))  # of each kind the newest
    found = contacts.get(EMAIL, contacts.get(WRITER))
    return followed(Contact.objects.get(pk=found)) if found is not None else None


def addresses_of(contact_id: int) -> list[str]:
    """The addresses that a contact writes from, in lower case; what they only named is not among them."""
    known = Identity.objects.filter(contact=contact_id, kind__in=[WRITER, EMAIL]).values_list(
        "kind", "value", "verified"
    )
    return [value for kind, value, verified in known[:100] if kind == WRITER or verified]


def followed(contact: Contact) -> Contact:
    """The contact as which this one goes on: what it was merged into, else itself."""
    seen = {contact.pk}
    while contact.merged_into is not None and contact.merged_into.pk not in seen:
        contact = contact.merged_into
        seen.add(contact.pk)
    return contact
