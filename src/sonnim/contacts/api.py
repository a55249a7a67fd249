"""The HTTP side of contacts. What a contact has said, and merging, is in the conversations API."""

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.contacts import actions, queries
from sonnim.contacts.known import followed
from sonnim.contacts.queries import MergeObject
from sonnim.contacts.shapes import ContactObject, IdentityObject, contact_object

router = ShopRouter(tag="contacts")
routers = (router,)
Cursor = Annotated[str, Query(pattern="^[0-9]{1,15}$")]


class ContactAnswer(TypedDict):
    """A contact, how channels know it, and who else it turned out to be."""

    contact: ContactObject
    identities: list[IdentityObject]
    merges: list[MergeObject]


class ContactsAnswer(TypedDict):
    """A page of contacts."""

    items: list[ContactObject]
    next: str | None


class ContactBody(Body):
    """What shall change; what is left out stays."""

    name: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    notes: Text | None = None
    locale: Text | None = None
    timezone: Text | None = None
    attributes: dict[str, Any] | None = None


class TagsBody(Body):
    """The tags that a contact shall have."""

    tag_ids: Annotated[list[RowId], Field(max_length=100)]


class ConsentBody(Body):
    """Whether the contact has agreed."""

    given: bool


@router.get("/contacts", needs=P.CONTACT_READ, response=ContactsAnswer)
def list_contacts(
    caller: Caller,
    q: Annotated[str, Query(max_length=100)] = "",
    tag: Annotated[int, Query(ge=1, lt=10**15)] | None = None,
    cursor: Cursor | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> HttpResponse:
    """Contacts, newest first; `q` is what must be known of them, as in the search."""
    items, following = queries.contact_page(
        shop_id=caller.shop_id, text=q, tag_id=tag, before=int(cursor) if cursor else None, limit=limit
    )
    return encoded({"items": items, "next": following})


@router.get("/contacts/{contact_id}", needs=P.CONTACT_READ, response=ContactAnswer)
def show_contact(caller: Caller, contact_id: int) -> HttpResponse:
    """A contact and its identities. One that was merged is shown as what it was merged into."""
    contact = followed(queries.contact_of_shop(caller.shop_id, contact_id))
    return encoded(
        {
            "contact": contact_object(contact),
            "identities": queries.identities_of(contact),
            "merges": queries.merges_into(contact),
        }
    )


@router.patch("/contacts/{contact_id}", needs=P.CONTACT_EDIT, response=ContactObject)
def edit_contact(caller: Caller, contact_id: int, body: ContactBody) -> HttpResponse:
    """Change what the desk knows of a contact."""
    changes = body.model_dump(exclude_none=True)
    return encoded(actions.update_contact(shop_id=caller.shop_id, contact_id=contact_id, changes=changes))


@router.put("/contacts/{contact_id}/tags", needs=P.CONTACT_EDIT, response=ContactObject)
def tag_contact(caller: Caller, contact_id: int, body: TagsBody) -> HttpResponse:
    """Give the contact these tags and no others."""
    return encoded(actions.set_contact_tags(shop_id=caller.shop_id, contact_id=contact_id, tag_ids=body.tag_ids))


@router.put("/contacts/{contact_id}/consents/{purpose}", needs=P.CONTACT_EDIT, response=ContactObject)
def note_consent(
    caller: Caller, contact_id: int, purpose: Annotated[str, StringConstraints(max_length=20)], body: ConsentBody
) -> HttpResponse:
    """Note what the contact has agreed to, or taken back."""
    return encoded(actions.record_consent(actor=caller.actor, contact_id=contact_id, purpose=purpose, given=body.given))


@router.post("/contacts/{contact_id}/block", needs=P.CONTACT_BLOCK, response=ContactObject)
def block(caller: Caller, contact_id: int) -> HttpResponse:
    """Take no more messages from this contact; an open chat closes."""
    return encoded(actions.block_contact(actor=caller.actor, contact_id=contact_id))


@router.post("/contacts/{contact_id}/unblock", needs=P.CONTACT_BLOCK, response=ContactObject)
def unblock(caller: Caller, contact_id: int) -> HttpResponse:
    """Hear from this contact again."""
    return encoded(actions.unblock_contact(actor=caller.actor, contact_id=contact_id))
