"""Search results as clients see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from sonnim.contacts import search as contacts_search
from sonnim.contacts.shapes import ContactObject
from sonnim.conversations.search.walk import Match
from sonnim.conversations.shapes import AuthorObject, ConversationObject
from sonnim.kernel.clock import from_ms
from sonnim.kernel.highlights import excerpt, find
from sonnim.kernel.tokens import Term


class HitObject(TypedDict):
    """A found line: an excerpt, and in it the parts that were asked for, as pairs of offsets in UTF-16 units."""

    text: str
    highlights: list[tuple[int, int]]


class MessageHit(HitObject):
    """A found message or note. `count` is how many of its conversation were seen, where conversations are asked for."""

    id: int
    conversation_id: int
    seq: int
    kind: Literal["message", "note", "event"]
    author: AuthorObject
    at: datetime
    count: int | None


class ContactHit(HitObject):
    """A found contact, and which of its fields holds what was asked for."""

    contact_id: int
    field: Literal["name", "email", "phone", "attributes", "notes"]


class SearchAnswer(TypedDict):
    """A page of results, and the objects that they name.

    A page may be short, even empty, and still have a `next`: then everything back to `upto` has been looked through.
    """

    messages: list[MessageHit]
    hits: list[ContactHit]
    conversations: list[ConversationObject]
    contacts: list[ContactObject]
    next: str | None
    upto: datetime | None


def message_hit(match: Match, terms: Sequence[Term], *, count: int | None) -> MessageHit:
    """A message for clients."""
    shown = excerpt(match.text, find(match.text, terms))
    return MessageHit(
        id=match.id,
        conversation_id=match.conversation_id,
        seq=match.seq,
        kind=match.kind,  # type: ignore[typeddict-item]
        author={"kind": match.author_kind, "id": match.author_id},  # type: ignore[typeddict-item]
        at=from_ms(match.at),
        text=shown.text,
        highlights=shown.spans,
        count=count,
    )


def contact_hit(match: contacts_search.Match, terms: Sequence[Term]) -> ContactHit:
    """A contact's line for clients."""
    shown = excerpt(match.text, find(match.text, terms))
    return ContactHit(
        contact_id=match.contact.pk,
        field=match.field,  # type: ignore[typeddict-item]
        text=shown.text,
        highlights=shown.spans,
    )
