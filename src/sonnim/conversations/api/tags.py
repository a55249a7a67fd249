"""Tags: the shop's own, and on conversations. Spam, and what was none."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Status
from pydantic import Field
from typing_extensions import TypedDict

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, RowId, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.contacts.actions import tags as tag_actions
from sonnim.contacts.tags import TagObject, tags_of
from sonnim.conversations import actions
from sonnim.conversations.api.conversations import answer_now
from sonnim.conversations.api.router import router

TagIds = Annotated[list[RowId], Field(max_length=50)]


class TagBody(Body):
    """A tag to be made."""

    name: Text
    color: Text = "#0F766E"


class TagPatch(Body):
    """What shall change of a tag."""

    name: Text | None = None
    color: Text | None = None


class TaggingBody(Body):
    """Tags to put on and to take off."""

    add: TagIds = []
    remove: TagIds = []


class TagsAnswer(TypedDict):
    """All tags of a shop."""

    items: list[TagObject]


@router.get("/tags", needs=P.CONVERSATION_READ, response=TagsAnswer)
def list_tags(caller: Caller) -> HttpResponse:
    """All tags, removed ones too."""
    return encoded({"items": tags_of(caller.shop_id)})


@router.post("/tags", needs=P.TAG_MANAGE, response={201: TagObject})
def create_tag(caller: Caller, body: TagBody) -> HttpResponse:
    """Make a tag."""
    return encoded(tag_actions.create_tag(actor=caller.actor, name=body.name, color=body.color), status=201)


@router.patch("/tags/{tag_id}", needs=P.TAG_MANAGE, response=TagObject)
def change_tag(caller: Caller, tag_id: int, body: TagPatch) -> HttpResponse:
    """Rename or recolour a tag."""
    return encoded(tag_actions.change_tag(actor=caller.actor, tag_id=tag_id, name=body.name, color=body.color))


@router.delete("/tags/{tag_id}", needs=P.TAG_MANAGE, response={204: None})
def remove_tag(caller: Caller, tag_id: int) -> Status[None]:
    """Remove a tag."""
    tag_actions.remove_tag(actor=caller.actor, tag_id=tag_id)
    return Status(204, None)


@router.post("/conversations/{conversation_id}/tags", needs=P.CONVERSATION_TAG)
def tag_conversation(caller: Caller, conversation_id: int, body: TaggingBody) -> HttpResponse:
    """Put tags on a conversation, take others off."""
    actions.tag_conversation(
        shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk, add=body.add, remove=body.remove
    )
    return answer_now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/spam", needs=P.CONVERSATION_RESOLVE)
def mark_spam(caller: Caller, conversation_id: int) -> HttpResponse:
    """It is spam."""
    actions.mark_spam(shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk)
    return answer_now(caller, conversation_id)


@router.post("/conversations/{conversation_id}/not-spam", needs=P.CONVERSATION_RESOLVE)
def unmark_spam(caller: Caller, conversation_id: int) -> HttpResponse:
    """It is none."""
    actions.unmark_spam(shop_id=caller.shop_id, conversation_id=conversation_id, by=caller.agent.pk)
    return answer_now(caller, conversation_id)
