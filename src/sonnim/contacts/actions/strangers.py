"""People who say who they are, and prove nothing: known by what they say, apart from those who are proven."""

from sonnim.contacts import search
from sonnim.contacts.known import followed
from sonnim.contacts.models import Contact, Identity
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.text import pick_locale


def ensure_stranger(
    *, shop_id: int, kind: str, value: str, name: str = "", email: str = "", phone: str = "", locale: str = "en"
) -> Contact:
    """The contact whom a channel knows by what somebody says of themselves; made on the first time.

    Such a word never opens the history of somebody proven: where the desk has joined the two, the next message from
    whoever says the same begins with a contact of its own.

    Args:
        kind, value: the identity, unverified; its kind is the channel's own.
        name, email, phone: what is kept of a new contact; a known one stays as it is.
    """
    with log.unit(shop_id):
        known = Identity.objects.filter(shop_id=shop_id, kind=kind, value=value).select_related("contact").first()
        found = followed(known.contact) if known is not None else None
        if found is not None and not found.verified:
            return found
        contact = Contact.objects.create(
            shop_id=shop_id, name=name, email=email, phone=phone, locale=pick_locale(locale), created_at=clock.now()
        )
        if known is None:
            Identity.objects.create(shop_id=shop_id, contact=contact, kind=kind, value=value)
        else:
            Identity.objects.filter(pk=known.pk).update(contact=contact)
        search.index_contacts([contact])
        return contact
