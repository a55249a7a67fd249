"""Mentions, checklists and questions as agents see them, and how they are read."""

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from sonnim.conversations.models import ChecklistItem, Mention, Question

NEWEST = 200


class MentionObject(TypedDict):
    """Somebody has named an agent in a note; only that agent gets it."""

    id: int
    v: int
    agent_id: int
    conversation_id: int
    seq: int
    by_id: int
    at: datetime
    seen: bool


class ChecklistItemObject(TypedDict):
    """Something to be done."""

    id: int
    text: str
    done_at: datetime | None
    done_by_id: int | None


class ChecklistObject(TypedDict):
    """All that is to be done in a conversation; kept under the conversation's id."""

    conversation_id: int
    v: int
    items: list[ChecklistItemObject]


class MatterObject(TypedDict):
    """What exactly a question asks for: to concede something to a shopper, how much, of which order.

    `title` is the concession's in each language. `value` and `granted` are decimals as text; `outcome` is empty while
    nobody has decided, and `granted` what was granted then. `reason` says which limit does not allow it.
    """

    concession: str
    kind: str
    step: str
    title: dict[str, str]
    measure: Literal["amount", "percent", "count"]
    value: str
    currency: str
    order: str
    order_total: str
    order_currency: str
    reason: str
    version: int
    outcome: Literal["", "granted", "granted_less", "refused"]
    granted: str


class QuestionObject(TypedDict):
    """A question to somebody who may decide; with a `matter` it is answered through that.

    `handed_at` is when whoever stands in was asked too, since nobody had answered by then.
    """

    id: int
    v: int
    conversation_id: int
    asked_by_id: int
    to_agent_id: int | None
    to_role: str | None
    text: str
    due_at: datetime | None
    overdue: bool
    matter: MatterObject | None
    stand_in_agent_id: int | None
    stand_in_role: str | None
    handed_at: datetime | None
    answered_by_id: int | None
    answer: str
    answered_at: datetime | None
    withdrawn: bool
    created_at: datetime


def mention_object(mention: Mention) -> MentionObject:
    """A mention for the agent it names."""
    return MentionObject(
        id=mention.pk,
        v=mention.v,
        agent_id=mention.agent_id,
        conversation_id=mention.conversation_id,
        seq=mention.seq,
        by_id=mention.by_id,
        at=mention.at,
        seen=mention.seen_at is not None,
    )


def mentions_of(*, shop_id: int, agent_id: int) -> list[MentionObject]:
    """An agent's newest mentions, newest first."""
    found = Mention.objects.filter(agent_id=agent_id, shop_id=shop_id).order_by("-id")
    return [mention_object(mention) for mention in found[:NEWEST]]


def checklist_object(conversation_id: int, *, v: int) -> ChecklistObject:
    """A conversation's checklist, as of the event at `v`, or of the conversation's own `v` that was read before."""
    items = ChecklistItem.objects.filter(conversation_id=conversation_id).order_by("position", "id")
    return ChecklistObject(
        conversation_id=conversation_id,
        v=v,
        items=[
            ChecklistItemObject(id=item.pk, text=item.text, done_at=item.done_at, done_by_id=item.done_by_id)
            for item in items
        ],
    )


def question_object(question: Question) -> QuestionObject:
    """A question for agents."""
    return QuestionObject(
        id=question.pk,
        v=question.v,
        conversation_id=question.conversation_id,
        asked_by_id=question.asked_by_id,
        to_agent_id=question.to_agent_id,
        to_role=question.to_role or None,
        text=question.text,
        due_at=question.due_at,
        overdue=question.overdue_at is not None,
        matter=question.matter or None,
        stand_in_agent_id=question.stand_in_agent_id,
        stand_in_role=question.stand_in_role or None,
        handed_at=question.handed_at,
        answered_by_id=question.answered_by_id,
        answer=question.answer,
        answered_at=question.answered_at,
        withdrawn=question.withdrawn_at is not None,
        created_at=question.created_at,
    )


def open_questions(*, shop_id: int) -> list[QuestionObject]:
    """What waits for a decision in a shop, the soonest due first."""
    found = Question.objects.filter(shop_id=shop_id, answered_at=None, withdrawn_at=None)
    return [question_object(question) for question in found.order_by("due_at", "id")[:NEWEST]]


def questions_in(*, conversation_id: int) -> list[QuestionObject]:
    """What was asked in a conversation, newest last, at most the newest 50."""
    found = Question.objects.filter(conversation_id=conversation_id).order_by("-id")[:50]
    return [question_object(question) for question in reversed(found)]
