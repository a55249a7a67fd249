"""Promises as agents see them."""

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from sonnim.contacts.shapes import ContactObject
from sonnim.conversations.shapes import ConversationObject
from sonnim.plan.models import Promise
from sonnim.plan.promises.detection import Act


class PromiseObject(TypedDict):
    """Something promised. `said_in_id` and `said_seq` name the message that says it; `note` was written by hand."""

    id: int
    v: int
    conversation_id: int
    agent_id: int
    made_by_id: int
    act: Act
    note: str
    said_in_id: int | None
    said_seq: int | None
    made_at: datetime
    due_at: datetime
    warn_at: datetime
    stage: Literal["warned", "overdue", "escalated"] | None
    kept_at: datetime | None
    dropped_at: datetime | None
    closed_by_id: int | None
    reason: str


class FoundPromise(TypedDict):
    """Something that a message seems to promise. `due_at` is what it says, `proposed_at` what is offered.

    `start` and `end` are its sentence in the message; `how` is the rule by which it is due, `said` the words for it.
    """

    act: Act
    start: int
    end: int
    said: str
    how: str
    due_at: datetime | None
    proposed_at: datetime


class FoundPromises(TypedDict):
    """What a message seems to promise, and what of it is kept in mind already."""

    found: list[FoundPromise]
    made: list[PromiseObject]


class PromiseList(TypedDict):
    """The promises of a conversation: those that are open, the soonest due first, then those that are settled."""

    items: list[PromiseObject]


class PromisePage(TypedDict):
    """Open promises, the soonest due first, with what they are about."""

    items: list[PromiseObject]
    conversations: list[ConversationObject]
    contacts: list[ContactObject]
    next: str | None


def promise_object(promise: Promise) -> PromiseObject:
    """A promise for agents."""
    return PromiseObject(
        id=promise.pk,
        v=promise.v,
        conversation_id=promise.conversation_id,
        agent_id=promise.agent_id,
        made_by_id=promise.made_by_id,
        act=promise.act,  # type: ignore[typeddict-item]
        note=promise.note,
        said_in_id=promise.said_in_id,
        said_seq=promise.said_seq,
        made_at=promise.made_at,
        due_at=promise.due_at,
        warn_at=promise.warn_at,
        stage=stage_of(promise),
        kept_at=promise.kept_at,
        dropped_at=promise.dropped_at,
        closed_by_id=promise.closed_by_id,
        reason=promise.reason,
    )


def stage_of(promise: Promise) -> Literal["warned", "overdue", "escalated"] | None:
    """How far it has come on the way to the leads."""
    if promise.escalated_at is not None:
        return "escalated"
    if promise.overdue_at is not None:
        return "overdue"
    return "warned" if promise.warned_at is not None else None


def line_of(promise: Promise, done: str) -> dict[str, object]:
    """What the timeline says when something was done with a promise."""
    return {
        "what": "promise",
        "done": done,
        "promise_id": promise.pk,
        "act": promise.act,
        "due_at": promise.due_at,
        "agent_id": promise.agent_id,
        "seq": promise.said_seq if promise.said_in_id == promise.conversation_id else None,
    }
