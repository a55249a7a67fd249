"""Shoppers as they come: strangers known by their browser, customers whom the store vouches for."""

from sonnim.contacts import search
from sonnim.contacts.identity import ProvenIdentity
from sonnim.contacts.known import EMAIL
from sonnim.contacts.models import Contact, Identity
from sonnim.contacts.rules import is_timezone
from sonnim.contacts.saving import save_changes
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.secrets import hash_token, new_token
from sonnim.kernel.text import pick_locale

VISITOR = "visitor"
CUSTOMER = "customer"


def create_visitor(*, shop_id: int, locale: str, timezone: str = "") -> tuple[Contact, str]:
    """A new contact for somebody nobody knows yet, and the token by which its browser will be known.

    No event tells of it: a contact appears at the desk with its first message.
    """
    with log.unit(shop_id):
        contact = Contact.objects.create(
            shop_id=shop_id,
            locale=pick_locale(locale),
            timezone=timezone if is_timezone(timezone) else "",
            created_at=clock.now(),
            last_seen_at=clock.now(),
        )
        return contact, issue_visitor_token(contact=contact)


def issue_visitor_token(*, contact: Contact) -> str:
    """Another browser's key to a contact; only its hash is kept."""
    token = new_token("v_")
    with log.unit(contact.shop_id):
        Identity.objects.create(shop_id=contact.shop_id, contact=contact, kind=VISITOR, value=hash_token(token))
    return token


def ensure_customer(*, shop_id: int, proven: ProvenIdentity, locale: str) -> Contact:
    """The contact whom the store's server vouches for; made on the first time, its name and address kept in step."""
    with log.unit(shop_id) as work:
        found = (
            Identity.objects.filter(shop_id=shop_id, kind=CUSTOMER, value=proven.subject)
            .select_related("contact")
            .first()
        )
        if found is None:
            contact = Contact.objects.create(
                shop_id=shop_id,
                name=proven.name,
                email=proven.email,
                locale=pick_locale(locale),
                verified=True,
                created_at=clock.now(),
            )
            Identity.objects.create(
                shop_id=shop_id, contact=contact, kind=CUSTOMER, value=proven.subject, verified=True
            )
            search.index_contacts([contact])
            _vouch(contact, proven.email)
            return contact
        contact = found.contact
        _vouch(contact, proven.email)
        changes = {"name": proven.name or contact.name, "email": proven.email or contact.email}
        if any(getattr(contact, field) != value for field, value in changes.items()):
            save_changes(work, contact, changes)
        return contact


def _vouch(contact: Contact, address: str) -> None:
    """Let mail from the address that the store names be the customer's."""
    known = Identity.objects.filter(contact=contact, kind=EMAIL, verified=True)
    if not address or address.lower() in known.values_list("value", flat=True):
        return
    known.delete()
    Identity.objects.create(shop_id=contact.shop_id, contact=contact, kind=EMAIL, value=address.lower(), verified=True)


def merge_stranger(*, stranger: Contact, into: Contact, key: str = "") -> None:
    """Let the browser that has proven to be a customer's, and was known as a stranger, be known as the customer.

    The lines of the stranger are closed, so that other tabs of that browser come back under the customer's name. The
    stranger's other browsers, which only the desk took for the same person's, begin anew: see `joining.keys_end`.

    Args:
        key: the visitor token of that browser.
    """
    with log.unit(stranger.shop_id):
        keys = Identity.objects.filter(contact=stranger, kind=VISITOR)
        keys.filter(value=hash_token(key)).update(contact=into)
        keys.delete()
        retire_contact(contact=stranger, into=into)


def retire_contact(*, contact: Contact, into: Contact) -> None:
    """Let a contact go on as another one; `contact.merged` closes its lines."""
    with log.unit(contact.shop_id) as work:
        pos = work.claim(contact.shop_id)
        contact.merged_into, contact.v = into, pos
        contact.save(update_fields=["merged_into", "v"])
        work.publish(
            contact.shop_id, pos, "contact.merged", contact_id=contact.pk, desk_drop={"contacts": [contact.pk]}
        )


def note_visit(*, contact: Contact, timezone: str = "", seen: bool = True) -> None:
    """Remember when a known shopper was last here, of which presence tells, and by which clock they live.

    Args:
        timezone: an IANA name; any other is ignored.
        seen: whether the shopper has been here before.
    """
    with log.unit(contact.shop_id) as work:
        if seen:
            Contact.objects.filter(pk=contact.pk).update(last_seen_at=clock.now())
        if timezone != contact.timezone and is_timezone(timezone):
            save_changes(work, contact, {"timezone": timezone})
