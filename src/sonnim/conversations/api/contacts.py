"""What a contact has said, and contacts that are one person."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query
from typing_extensions import TypedDict

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.contacts.known import followed
from sonnim.contacts.queries import contact_of_shop
from sonnim.contacts.shapes import ContactObject, contact_object
from sonnim.conversations import queries
from sonnim.conversations.actions.contact_merging import merge_contacts, unmerge_contacts
from sonnim.conversations.api.router import router
from sonnim.conversations.joining import MergePreview, merge_preview
from sonnim.conversations.shapes import conversation_object

PAGE = 20


class MergeBody(Body):
    """The contact that turned out to be the same person."""

    with_id: RowId


class MergeAnswer(TypedDict):
    """The merge, by which it can be undone, and the contact that both are now."""

    merge_id: int
    contact: ContactObject


@router.get("/contacts/{contact_id}/conversations", needs=P.CONVERSATION_READ)
def list_contact_conversations(
    caller: Caller,
    contact_id: int,
    cursor: Annotated[str, Query(pattern="^[0-9]{1,15}$")] | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = PAGE,
) -> HttpResponse:
    """The contact's conversations, newest first."""
    contact = followed(contact_of_shop(caller.shop_id, contact_id))
    found = queries.conversations_of(
        shop_id=caller.shop_id, contact_id=contact.pk, limit=limit + 1, before=int(cursor) if cursor else None
    )
    following = str(found[limit - 1].id) if len(found) > limit else None
    return encoded({"items": [conversation_object(state) for state in found[:limit]], "next": following})


@router.get("/contacts/{contact_id}/merge/{with_id}", needs=P.CONTACT_MERGE, response=MergePreview)
def preview_merge(caller: Caller, contact_id: int, with_id: int) -> HttpResponse:
    """What would become of both, were they merged."""
    return encoded(merge_preview(shop_id=caller.shop_id, kept_id=contact_id, gone_id=with_id))


@router.post("/contacts/{contact_id}/merge", needs=P.CONTACT_MERGE, response=MergeAnswer)
def merge(caller: Caller, contact_id: int, body: MergeBody) -> HttpResponse:
    """Let another contact be this one. A customer whom the store has proven is always the one that is kept."""
    done = merge_contacts(actor=caller.actor, kept_id=contact_id, gone_id=body.with_id)
    return encoded({"merge_id": done.pk, "contact": contact_object(contact_of_shop(caller.shop_id, done.kept_id))})


@router.post("/contact-merges/{merge_id}/undo", needs=P.CONTACT_MERGE, response=ContactObject)
def undo_merge(caller: Caller, merge_id: int) -> HttpResponse:
    """Let both be two again; answers the one that is back."""
    return encoded(contact_object(unmerge_contacts(actor=caller.actor, merge_id=merge_id)))
