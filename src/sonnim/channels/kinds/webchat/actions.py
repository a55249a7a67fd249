"""What happens when a shopper opens the chat, and when they say where they may be written to."""

from dataclasses import dataclass
from typing import Any

from sonnim.accounts.models import Shop
from sonnim.accounts.queries import identity_secret
from sonnim.accounts.rules import checked_email
from sonnim.channels.models import LeftAddress
from sonnim.contacts import actions as contacts
from sonnim.contacts.identity import ProvenIdentity, prove_identity
from sonnim.contacts.models import Contact
from sonnim.contacts.queries import visitor_by_token
from sonnim.contacts.shapes import ContactObject
from sonnim.conversations.actions import move_conversations
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Blocked, Invalid, Unauthenticated

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Visit:
    """A shopper's browser and whom it speaks for."""

    contact: Contact
    token: str


def begin_visit(
    *, shop: Shop, token: object, identity: object, locale: str, timezone: str = "", page: str = ""
) -> Visit:
    """Recognise a shopper, or make its acquaintance.

    History is shown for a proven identity or to the browser that wrote it. A browser whose key belongs to a proven
    customer, but which comes without proof (the customer has signed out of the store), begins anew.

    Args:
        token: the key that this browser was given before, if any.
        identity: the token that the store's server signed, if any. A bad one makes the visit anonymous.
        timezone: where the browser says it is; one that does not exist is taken for none.
        page: the address of the store's page on which the chat opens.

    Raises:
        Unauthenticated: `token` is given, but is not a string.
        Blocked: the shop does not want to hear from this contact.
    """
    if token is not None and not isinstance(token, str):
        raise Unauthenticated("The visitor token must be a string.")
    known = visitor_by_token(token, shop_id=shop.pk)
    proven = _proven(shop, identity)
    with log.unit(shop.pk):
        if proven:
            visit = _as_customer(shop, known, token, proven, locale)
        else:
            visit = _as_stranger(shop, known, token, locale, timezone)
        returned = visit.contact.pk == (known.pk if known else None)
        contacts.note_visit(contact=visit.contact, timezone=timezone, seen=returned)
        address = proven.email or _left_by(known) if proven else ""
        if address:
            _keep_address(visit.contact, address, page)
        elif page:
            LeftAddress.objects.filter(contact=visit.contact).update(page=page[:_PAGE])
    if visit.contact.blocked:
        raise Blocked("This chat is closed for you.")
    return visit


def _proven(shop: Shop, identity: object) -> ProvenIdentity | None:
    if not identity:
        return None
    try:
        return prove_identity(identity, secret=identity_secret(shop))
    except Unauthenticated:
        return None


def _as_stranger(shop: Shop, known: Contact | None, token: object, locale: str, timezone: str) -> Visit:
    if known is not None and not known.verified and isinstance(token, str):
        return Visit(known, token)
    return Visit(*contacts.create_visitor(shop_id=shop.pk, locale=locale, timezone=timezone))


def _as_customer(shop: Shop, known: Contact | None, token: object, proven: ProvenIdentity, locale: str) -> Visit:
    customer = contacts.ensure_customer(shop_id=shop.pk, proven=proven, locale=locale)
    if known is not None and known.pk == customer.pk and isinstance(token, str):
        return Visit(customer, token)
    if known is not None and not known.verified and isinstance(token, str):
        # What this browser wrote before signing in to the store is the customer's own.
        move_conversations(shop_id=shop.pk, from_contact=known.pk, to_contact=customer)
        contacts.merge_stranger(stranger=known, into=customer, key=token)
    return Visit(customer, contacts.issue_visitor_token(contact=customer))


def leave_address(*, contact: Contact, changes: dict[str, Any], page: str = "") -> ContactObject:
    """Note how a shopper wants to be called and reached, by their own word.

    Args:
        changes: name, email, or both; an empty address takes the former one back.
        page: the address of the store's page on which they are.

    Raises:
        Invalid: this is no address, or the store's account decides both.
    """
    if contact.verified and changes:
        raise Invalid("Your store account decides this.")
    if changes.get("email"):
        changes = {**changes, "email": checked_email(changes["email"])}
    with log.unit(contact.shop_id):
        told = contacts.update_contact(shop_id=contact.shop_id, contact_id=contact.pk, changes=changes)
        if changes.get("email"):
            _keep_address(contact, changes["email"], page)
        elif "email" in changes:
            LeftAddress.objects.filter(contact=contact).delete()
    return told


def _left_by(known: Contact | None) -> str:
    """The address that this browser gave before its shopper signed in to the store."""
    if known is None or known.verified:
        return ""
    return LeftAddress.objects.filter(contact=known).values_list("address", flat=True).first() or ""


def _keep_address(contact: Contact, address: str, page: str) -> None:
    kept = {"shop_id": contact.shop_id, "address": address[:254].lower(), "page": page[:_PAGE], "at": clock.now()}
    LeftAddress.objects.update_or_create(contact=contact, defaults=kept)
