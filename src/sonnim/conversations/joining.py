"""What becomes of two contacts that turn out to be one: to be looked at before it is done."""

from typing import Any

from typing_extensions import TypedDict

from sonnim.contacts.actions import VISITOR
from sonnim.contacts.actions.merging import fields_of
from sonnim.contacts.joining import joined, keys_end
from sonnim.contacts.models import Contact, Identity
from sonnim.contacts.shapes import ContactObject, contact_object
from sonnim.conversations.actions.contact_merging import the_kept_first
from sonnim.conversations.models import Conversation
from sonnim.kernel.errors import Invalid


class MergePreview(TypedDict):
    """Who stays, who goes, what the one that stays will look like, and what comes along.

    `begin_anew` says how many browsers of the one that goes will not be recognised any more.
    """

    kept: ContactObject
    gone: ContactObject
    joined: dict[str, Any]
    conversations: int
    identities: int
    begin_anew: int


def merge_preview(*, shop_id: int, kept_id: int, gone_id: int) -> MergePreview:
    """What `merge_contacts` would do.

    Raises:
        NotFound: one of them is not there.
        Invalid: both are the same.
        Conflict: what both have is too much for one contact.
    """
    if kept_id == gone_id:
        raise Invalid("A contact cannot be merged with itself.", fields={"with": "the same contact"})
    kept, gone = the_kept_first(shop_id=shop_id, kept_id=kept_id, gone_id=gone_id)
    one, other = fields_of(contact=kept), fields_of(contact=gone)
    shown = ("name", "email", "phone", "notes", "attributes", "tag_ids", "verified", "blocked", "consents")
    become = {name: value for name, value in joined(one, other).items() if name in shown}
    keys = Identity.objects.filter(contact=gone, kind=VISITOR).count()
    return MergePreview(
        kept=contact_object(kept),
        gone=contact_object(gone),
        joined=become,
        conversations=_count(gone),
        identities=Identity.objects.filter(contact=gone).count(),
        begin_anew=keys if keys_end(one, other) else 0,
    )


def _count(contact: Contact) -> int:
    return Conversation.objects.filter(contact=contact).count()
