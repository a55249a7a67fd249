"""What happens when a shopper opens the chat."""

from dataclasses import dataclass

from sonnim.accounts.models import Shop
from sonnim.accounts.queries import identity_secret
from sonnim.contacts import actions as contacts
from sonnim.contacts.identity import ProvenIdentity, prove_identity
from sonnim.contacts.models import Contact
from sonnim.contacts.queries import visitor_by_token
from sonnim.conversations.actions import move_conversations
from sonnim.eventlog import log
from sonnim.kernel.errors import Blocked, Unauthenticated


@dataclass(frozen=True, slots=True)
class Visit:
    """A shopper's browser and whom it speaks for."""

    contact: Contact
    token: str


def begin_visit(*, shop: Shop, token: object, identity: object, locale: str) -> Visit:
    """Recognise a shopper, or make its acquaintance.

    History is shown for a proven identity or to the browser that wrote it. A browser whose key belongs to a proven
    customer, but which comes without proof (the customer has signed out of the store), begins anew.

    Args:
        token: the key that this browser was given before, if any.
        identity: the token that the store's server signed, if any. A bad one makes the visit anonymous.

    Raises:
        Unauthenticated: `token` is given, but is not a string.
        Blocked: the shop does not want to hear from this contact.
    """
    if token is not None and not isinstance(token, str):
        raise Unauthenticated("The visitor token must be a string.")
    known = visitor_by_token(token, shop_id=shop.pk)
    proven = _proven(shop, identity)
    with log.unit(shop.pk):
        visit = _as_customer(shop, known, token, proven, locale) if proven else _as_stranger(shop, known, token, locale)
        if visit.contact.pk == (known.pk if known else None):
            contacts.note_visit(contact=visit.contact)
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


def _as_stranger(shop: Shop, known: Contact | None, token: object, locale: str) -> Visit:
    if known is not None and not known.verified and isinstance(token, str):
        return Visit(known, token)
    return Visit(*contacts.create_visitor(shop_id=shop.pk, locale=locale))


def _as_customer(shop: Shop, known: Contact | None, token: object, proven: ProvenIdentity, locale: str) -> Visit:
    customer = contacts.ensure_customer(shop_id=shop.pk, proven=proven, locale=locale)
    if known is not None and known.pk == customer.pk and isinstance(token, str):
        return Visit(customer, token)
    if known is not None and not known.verified:
        # What this browser wrote before signing in to the store is the customer's own.
        move_conversations(shop_id=shop.pk, from_contact=known.pk, to_contact=customer)
        contacts.merge_stranger(stranger=known, into=customer)
    return Visit(customer, contacts.issue_visitor_token(contact=customer))
