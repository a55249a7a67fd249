"""Reads of contacts."""

from collections.abc import Iterable

from sonnim.contacts.actions import VISITOR
from sonnim.contacts.models import Contact, Identity
from sonnim.contacts.shapes import ContactObject, IdentityObject, contact_object
from sonnim.kernel.errors import NotFound
from sonnim.kernel.secrets import hash_token


def visitor_by_token(token: object, *, shop_id: int | None = None) -> Contact | None:
    """The contact whose browser holds this token, or None for anything that is not a token of ours."""
    if not isinstance(token, str) or not token.startswith("v_") or len(token) > 100:
        return None
    wanted = Identity.objects.filter(kind=VISITOR, value=hash_token(token))
    if shop_id is not None:
        wanted = wanted.filter(shop_id=shop_id)
    found = wanted.select_related("contact").first()
    return found.contact if found else None


def contact_of_shop(shop_id: int, contact_id: int) -> Contact:
    """A contact of this shop.

    Raises:
        NotFound: it does not exist or is another shop's.
    """
    contact = Contact.objects.filter(pk=contact_id, shop_id=shop_id).first()
    if contact is None:
        raise NotFound("There is no such contact.")
    return contact


def contact_objects(shop_id: int, ids: Iterable[int]) -> list[ContactObject]:
    """These contacts of a shop, for clients."""
    return [contact_object(contact) for contact in Contact.objects.filter(shop_id=shop_id, pk__in=set(ids))]


def identities_of(contact: Contact) -> list[IdentityObject]:
    """How channels know a contact; a browser's key is named, never shown."""
    shown = []
    for identity in Identity.objects.filter(contact=contact).order_by("id")[:50]:
        value = "" if identity.kind == VISITOR else identity.value
        shown.append(IdentityObject(kind=identity.kind, value=value, verified=identity.verified))
    return shown
