"""Mails as they were sent, and the addresses that an agent writes from."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Status
from typing_extensions import TypedDict

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.accounts.queries import shop_by_id
from sonnim.accounts.rules import checked_email
from sonnim.channels.kinds.postbox import reading
from sonnim.channels.kinds.postbox.actions import lifting
from sonnim.channels.kinds.postbox.reading import LetterObject, SenderObject
from sonnim.contacts.actions.writers import ensure_writer
from sonnim.contacts.shapes import ContactObject, contact_object
from sonnim.conversations.files import HEADERS

router = ShopRouter(tag="letters")


class AddresseeBody(Body):
    """Somebody to whom a letter is written."""

    address: Text
    name: Text = ""


class SendersAnswer(TypedDict):
    """The usual one comes first."""

    items: list[SenderObject]


@router.get("/conversations/{conversation_id}/entries/{seq}/letter", needs=P.CONVERSATION_READ, response=LetterObject)
def show_letter(caller: Caller, conversation_id: int, seq: int) -> HttpResponse:
    """A mail as it was sent, made harmless. Nothing is fetched for it from anywhere."""
    return encoded(reading.letter_object(shop_id=caller.shop_id, conversation_id=conversation_id, seq=seq))


@router.get("/conversations/{conversation_id}/entries/{seq}/letter/image", needs=P.CONVERSATION_READ)
def show_letter_image(
    caller: Caller, conversation_id: int, seq: int, n: Annotated[int, Query(ge=0, lt=10_000)] = 0
) -> HttpResponse:
    """One of the pictures that a mail has elsewhere, fetched by us because an agent wants to see it."""
    kind, content = reading.picture(shop_id=caller.shop_id, conversation_id=conversation_id, seq=seq, number=n)
    response = HttpResponse(content, content_type=kind)
    for name, value in HEADERS.items():
        response[name] = value
    return response


@router.post(
    "/conversations/{conversation_id}/entries/{seq}/letter/lift", needs=P.CONVERSATION_REPLY, response={204: None}
)
def write_there_again(caller: Caller, conversation_id: int, seq: int) -> Status[None]:
    """Let mail go to the recipients of this one again, although one of them has refused it for good."""
    lifting.lift_addresses(shop_id=caller.shop_id, conversation_id=conversation_id, seq=seq)
    return Status(204, None)


@router.post("/addressees", needs=P.CONVERSATION_REPLY, response=ContactObject)
def find_addressee(caller: Caller, body: AddresseeBody) -> HttpResponse:
    """The contact who writes from an address, made if nobody does yet: a first letter to them needs one."""
    found = ensure_writer(
        shop_id=caller.shop_id,
        address=checked_email(body.address),
        name=body.name,
        locale=shop_by_id(caller.shop_id).locale,
    )
    return encoded(contact_object(found))


@router.get("/senders", needs=P.CONVERSATION_REPLY, response=SendersAnswer)
def list_senders(caller: Caller) -> HttpResponse:
    """The addresses that the desk can write from."""
    return encoded({"items": reading.senders(shop_id=caller.shop_id)})
