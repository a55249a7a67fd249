"""The HTTP side of contacts. What a contact has said is in the conversations API."""

from typing import Any

from django.http import HttpResponse
from typing_extensions import TypedDict

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.contacts import actions, queries
from sonnim.contacts.shapes import ContactObject, IdentityObject, contact_object

router = ShopRouter(tag="contacts")
routers = (router,)


class ContactAnswer(TypedDict):
    """A contact and how channels know it."""

    contact: ContactObject
    identities: list[IdentityObject]


class ContactBody(Body):
    """What shall change; what is left out stays."""

    name: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    notes: Text | None = None
    locale: Text | None = None
    attributes: dict[str, Any] | None = None


@router.get("/contacts/{contact_id}", needs=P.CONTACT_READ, response=ContactAnswer)
def show_contact(caller: Caller, contact_id: int) -> HttpResponse:
    """A contact and its identities."""
    contact = queries.contact_of_shop(caller.shop_id, contact_id)
    return encoded({"contact": contact_object(contact), "identities": queries.identities_of(contact)})


@router.patch("/contacts/{contact_id}", needs=P.CONTACT_EDIT, response=ContactObject)
def edit_contact(caller: Caller, contact_id: int, body: ContactBody) -> HttpResponse:
    """Change what the desk knows of a contact."""
    changes = body.model_dump(exclude_none=True)
    return encoded(actions.update_contact(shop_id=caller.shop_id, contact_id=contact_id, changes=changes))
