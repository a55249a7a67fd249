"""Contacts who are known by the address that they write from."""

from sonnim.contacts import search
from sonnim.contacts.known import WRITER, writer_by_address
from sonnim.contacts.models import Contact, Identity
from sonnim.contacts.rules import LIMITS
from sonnim.contacts.saving import save_changes
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.text import pick_locale


def ensure_writer(*, shop_id: int, address: str, name: str = "", locale: str = "") -> Contact:
    """The contact who writes from this address: a customer for whom the store vouches, else whoever wrote from it
    before, else a new one.

    Nobody becomes it by naming the address: what a visitor types into a chat or a form proves nothing.

    Args:
        address: in any case.
        name: kept when the contact has none.
    """
    with log.unit(shop_id) as work:
        found = writer_by_address(shop_id=shop_id, address=address)
        shown = name.strip()[: LIMITS["name"]]
        if found is not None:
            if shown and not found.name:
                save_changes(work, found, {"name": shown})
            return found
        contact = Contact.objects.create(
            shop_id=shop_id, name=shown, email=address, locale=pick_locale(locale), created_at=clock.now()
        )
        Identity.objects.create(shop_id=shop_id, contact=contact, kind=WRITER, value=address.lower())
        search.index_contacts([contact])
        return contact
