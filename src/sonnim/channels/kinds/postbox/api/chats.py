"""Mailing a chat to its shopper."""

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Status
from pydantic import Field
from typing_extensions import TypedDict

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.channels.kinds.postbox.mailed_chats import actions
from sonnim.conversations.check import check_message

router = ShopRouter(tag="letters")


class ChatMailBody(Body):
    """To whom a chat is mailed, and what stands in the mail; `held`: it may be undone for ten seconds."""

    client_id: str
    address: Annotated[Text, Field(max_length=254)]
    words: Text = ""
    held: bool = True


class ChatMailObject(TypedDict):
    """A chat that is mailed at `due_at`, unless it is withdrawn before."""

    id: int
    conversation_id: int
    address: str
    due_at: datetime


@router.post("/conversations/{conversation_id}/chat-mails", needs=P.CONVERSATION_REPLY, response=ChatMailObject)
def send_by_mail(caller: Caller, conversation_id: int, body: ChatMailBody) -> HttpResponse:
    """Mail a chat to its shopper, with its files; repeating the same client_id answers what waits already."""
    check_message(body.client_id, body.words or "-", ())
    waiting = actions.mail_chat(
        agent=caller.agent, conversation_id=conversation_id, client_id=body.client_id, address=body.address,
        words=body.words, held=body.held,
    )  # fmt: skip
    told = ChatMailObject(
        id=waiting.pk, conversation_id=waiting.conversation_id, address=waiting.address, due_at=waiting.due_at
    )
    return encoded(told, status=201)


@router.delete("/chat-mails/{chat_mail_id}", needs=P.CONVERSATION_REPLY, response={204: None})
def take_mail_back(caller: Caller, chat_mail_id: int) -> Status[None]:
    """Have it not sent."""
    actions.withdraw_chat_mail(agent=caller.agent, chat_mail_id=chat_mail_id)
    return Status(204, None)
