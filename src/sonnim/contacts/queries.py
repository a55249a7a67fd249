"""Reads of contacts."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef
from typing_extensions import TypedDict

from sonnim.contacts import search
from sonnim.contacts.actions import VISITOR
from sonnim.contacts.models import Contact, ContactMerge, ContactTag, Identity
from sonnim.contacts.shapes import ContactObject, IdentityObject, contact_object
from sonnim.kernel.errors import NotFound
from sonnim.kernel.secrets import hash_token


class MergeObject(TypedDict):
    """Another contact that turned out to be this one; it can be undone."""

    id: int
    gone_id: int
    gone_name: str
    by_id: int
    at: datetime


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


def contact_page(
    *, shop_id: int, text: str = "", tag_id: int | None = None, before: int | None = None, limit: int = 50
) -> tuple[list[ContactObject], str | None]:
    """Contacts newest first, and the cursor of the next page.

    Args:
        text: what must be known of them, as in the search; everybody when empty.
        before: only contacts that are older than this one.
    """
    if text.strip():
        matches, last = search.find_contacts(
            shop_id=shop_id, query=text, tag_id=tag_id, before=before or search.FOREVER, limit=limit
        )
        return [contact_object(match.contact) for match in matches], None if last is None else str(last)
    wanted = Contact.objects.filter(shop_id=shop_id, merged_into=None).order_by("-id")
    if tag_id is not None:
        wanted = wanted.filter(Exists(ContactTag.objects.filter(contact=OuterRef("pk"), tag_id=tag_id)))
    if before is not None:
        wanted = wanted.filter(pk__lt=before)
    found = list(wanted[: limit + 1])
    following = str(found[limit - 1].pk) if len(found) > limit else None
    return [contact_object(contact) for contact in found[:limit]], following


def merges_into(contact: Contact) -> list[MergeObject]:
    """Who was merged into this contact by the desk, newest first."""
    merges = ContactMerge.objects.filter(kept=contact, undone_at=None).select_related("gone").order_by("-id")[:20]
    return [
        MergeObject(id=each.pk, gone_id=each.gone_id, gone_name=each.gone.name, by_id=each.by_id, at=each.at)
        for each in merges
    ]
