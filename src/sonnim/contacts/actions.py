"""The only writers of contacts and identities."""

import json
from typing import Any

from sonnim.contacts.identity import ProvenIdentity
from sonnim.contacts.models import Contact, Identity
from sonnim.contacts.shapes import ContactObject, contact_object
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid, NotFound
from sonnim.kernel.secrets import hash_token, new_token
from sonnim.kernel.text import pick_locale

VISITOR = "visitor"
CUSTOMER = "customer"
LIMITS = {"name": 120, "email": 254, "phone": 40, "notes": 10_000, "timezone": 60}


def create_visitor(*, shop_id: int, locale: str) -> tuple[Contact, str]:
    """A new contact for somebody nobody knows yet, and the token by which its browser will be known.

    No event tells of it: a contact appears at the desk with its first message.
    """
    with log.unit(shop_id):
        contact = Contact.objects.create(
            shop_id=shop_id, locale=pick_locale(locale), created_at=clock.now(), last_seen_at=clock.now()
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
            return contact
        contact = found.contact
        changes = {"name": proven.name or contact.name, "email": proven.email or contact.email}
        if any(getattr(contact, field) != value for field, value in changes.items()):
            _apply(work, contact, changes)
        return contact


def merge_stranger(*, stranger: Contact, into: Contact) -> None:
    """Let a customer's browsers that were known as a stranger be known as the customer.

    The event closes the stranger's lines, so that other tabs of that browser come back under the customer's name.
    """
    with log.unit(stranger.shop_id) as work:
        Identity.objects.filter(contact=stranger, kind=VISITOR).update(contact=into)
        pos = work.claim(stranger.shop_id)
        stranger.merged_into, stranger.v = into, pos
        stranger.save(update_fields=["merged_into", "v"])
        work.publish(
            stranger.shop_id, pos, "contact.merged", contact_id=stranger.pk, desk_drop={"contacts": [stranger.pk]}
        )


def note_visit(*, contact: Contact) -> None:
    """Remember when a known shopper was last here; no event tells of it, presence does."""
    with log.unit(contact.shop_id):
        Contact.objects.filter(pk=contact.pk).update(last_seen_at=clock.now())


def update_contact(*, shop_id: int, contact_id: int, changes: dict[str, Any]) -> ContactObject:
    """Change what the desk knows of a contact.

    Args:
        changes: any of name, email, phone, notes, timezone, locale, attributes, blocked.

    Raises:
        NotFound: no such contact in this shop.
        Invalid: a field that does not exist, or a value too long.
    """
    _check(changes)
    with log.unit(shop_id) as work:
        contact = Contact.objects.filter(pk=contact_id, shop_id=shop_id).first()
        if contact is None:
            raise NotFound("There is no such contact.")
        if changes:
            _apply(work, contact, changes)
        return contact_object(contact)


def _check(changes: dict[str, Any]) -> None:
    wrong = {}
    for field, value in changes.items():
        if field in LIMITS:
            if not isinstance(value, str) or len(value) > LIMITS[field] or "\x00" in value:
                wrong[field] = f"must be text of at most {LIMITS[field]:,} characters"
        elif field == "locale":
            if value not in {"ko", "zh", "en"}:
                wrong[field] = "must be ko, zh or en"
        elif field == "attributes":
            if not isinstance(value, dict) or len(value) > 50 or len(str(value)) > 10_000:
                wrong[field] = "must be at most 50 short values"
            elif not _is_storable(value):
                wrong[field] = "must be JSON, without NUL characters and without numbers that are none"
        elif field != "blocked" or not isinstance(value, bool):
            wrong[field] = "cannot be changed"
    if wrong:
        raise Invalid("Some of this cannot be saved.", fields=wrong)


def _is_storable(value: dict[str, Any]) -> bool:
    """Whether every database takes it: NaN and Infinity are Python's own, and PostgreSQL keeps no NUL."""
    try:
        return "\\u0000" not in json.dumps(value, allow_nan=False)
    except ValueError:
        return False


def _apply(work: log.Unit, contact: Contact, changes: dict[str, Any]) -> None:
    pos = work.claim(contact.shop_id)
    for field, value in changes.items():
        setattr(contact, field, value.strip() if field in LIMITS and field != "notes" else value)
    contact.v = pos
    contact.save(update_fields=[*changes, "v"])
    work.publish(contact.shop_id, pos, "contact.updated", desk_put={"contacts": [contact_object(contact)]})
