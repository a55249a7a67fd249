"""Asking somebody who may decide, by a deadline, and being answered in the timeline."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from sonnim.accounts.models import Agent
from sonnim.conversations import deciding
from sonnim.conversations.change import Change, EntryRow
from sonnim.conversations.changing import changing
from sonnim.conversations.deciding import Whom
from sonnim.conversations.models import Question
from sonnim.conversations.state import State
from sonnim.conversations.together import QuestionObject, question_object
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, Invalid, NotFound, TextInvalid
from sonnim.kernel.text import checked_text

MAX_QUESTION = 2_000
MAX_DAYS = 365
MAX_OPEN = 20


NOBODY = Whom()


@dataclass(frozen=True, slots=True)
class Terms:
    """What a question has beside its words: what exactly is asked for, and who is asked too when nobody answers.

    Attributes:
        stand_in_due_at: by when the one who stands in is to answer; later by as much as they were asked late.
    """

    matter: dict[str, Any] = field(default_factory=dict)
    stand_in: Whom = NOBODY
    stand_in_due_at: datetime | None = None


PLAIN = Terms()


def ask_decider(
    *,
    shop_id: int,
    conversation_id: int,
    by: int,
    text: str,
    to_agent_id: int | None = None,
    to_role: str = "",
    due_at: datetime | None = None,
    terms: Terms = PLAIN,
) -> QuestionObject:
    """Ask one agent by name, or whoever holds a role or a higher one.

    Args:
        due_at: by when an answer is needed; None is whenever there is time.

    Raises:
        NotFound: no such conversation or agent in this shop.
        Invalid: neither or both of agent and role, a role that does not decide, an agent who asks themselves, a
            deadline that has passed, or 20 open questions in this conversation.
    """
    wanted = _checked(text)
    _check_addressee(by, to_agent_id, to_role)
    _check_deadline(due_at)
    with changing(shop_id, conversation_id) as (change, about):
        if to_agent_id is not None and not _works_here(shop_id, to_agent_id):
            raise NotFound("There is no such agent.")
        still_open = Question.objects.filter(conversation_id=about.id, answered_at=None, withdrawn_at=None)
        if still_open.count() >= MAX_OPEN:
            raise Invalid("This conversation waits for enough answers already.")
        question = Question.objects.create(
            shop_id=shop_id, conversation_id=about.id, asked_by_id=by, to_agent_id=to_agent_id, to_role=to_role,
            text=wanted, due_at=due_at, v=change.upcoming(about), created_at=clock.now(), matter=terms.matter,
            stand_in_agent_id=terms.stand_in.agent_id, stand_in_role=terms.stand_in.role,
            stand_in_due_at=terms.stand_in_due_at,
        )  # fmt: skip
        data = {"to_agent_id": to_agent_id, "to_role": to_role or None, "due_at": due_at, **_matter(question)}
        entry, shown = _noted(change, about, question, "asked", by=by, text=wanted, **data)
        change.record(about, "question.asked", entries=[entry], desk_put={"questions": [shown]})
        return shown


def answer_question(
    *, shop_id: int, question_id: int, by: int, role: str, text: str, outcome: dict[str, str] | None = None
) -> QuestionObject:
    """Decide. The answer stands in the timeline, of the conversation in which this one goes on if it was merged.

    Args:
        role: of the agent who answers.
        outcome: what becomes of the question's matter, if it has one; its words may then be empty.

    Raises:
        NotFound: no such question in this shop.
        Forbidden: it was asked of somebody else, or it is one's own matter.
        Conflict: it was answered or withdrawn before, or its matter wants another answer than words.
    """
    wanted = _checked(text, may_be_empty=outcome is not None)
    question = _question(shop_id, question_id)
    with changing(shop_id, question.conversation_id, merged_too=True) as (change, about):
        question = _still_open(shop_id, question_id)
        if not deciding.may_answer(agent_id=by, role=role, asked=_asked(question)):
            raise Forbidden("This question was asked of somebody else.")
        _decide(question, outcome, by)
        question.answer, question.answered_at, question.answered_by_id = wanted, clock.now(), by
        about = change.follow(about)
        entry, shown = _noted(change, about, question, "answered", by=by, text=wanted, **_matter(question))
        change.record(about, "question.answered", entries=[entry], desk_put={"questions": [shown]})
        return shown


def withdraw_question(*, shop_id: int, question_id: int, by: int, role: str) -> QuestionObject:
    """Take a question back: whoever asked, or leads and above.

    Raises:
        NotFound: no such question in this shop.
        Forbidden: it is another agent's.
        Conflict: it was answered or withdrawn before.
    """
    question = _question(shop_id, question_id)
    with changing(shop_id, question.conversation_id, merged_too=True) as (change, about):
        question = _still_open(shop_id, question_id)
        if question.asked_by_id != by and role not in deciding.DECIDERS:
            raise Forbidden("This question is another agent's.")
        question.withdrawn_at = clock.now()
        about = change.follow(about)
        entry, shown = _noted(change, about, question, "question_withdrawn", by=by)
        change.record(about, "question.withdrawn", entries=[entry], desk_put={"questions": [shown]})
        return shown


def note_overdue_questions(*, limit: int = 100) -> int:
    """Say in the timeline which questions were not answered in time, and ask whoever stands in.

    Answers how many were found. Safe to repeat, anywhere: what was done stands in the row, under the shop's lock.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, shop_id, conversation_id FROM conversations_question WHERE due_at <= %s AND overdue_at IS NULL "
            "AND answered_at IS NULL AND withdrawn_at IS NULL ORDER BY due_at LIMIT %s",
            [clock.now_ms(), limit],
        )
        due = cursor.fetchall()
    for question_id, shop_id, conversation_id in due:
        with changing(shop_id, conversation_id, merged_too=True) as (change, about):
            question = _question(shop_id, question_id)
            settled = question.overdue_at or question.answered_at or question.withdrawn_at
            if settled or question.due_at is None or clock.to_ms(question.due_at) > change.at:
                continue  # another node was here
            about = change.follow(about)
            if question.stand_in_due_at is not None and question.handed_at is None:
                _hand_on(change, about, question)
                continue
            question.overdue_at = clock.now()
            entry, shown = _noted(change, about, question, "question_overdue", by=None)
            change.record(about, "question.overdue", entries=[entry], desk_put={"questions": [shown]})
    return len(due)


def _hand_on(change: Change, about: State, question: Question) -> None:
    """Whoever stands in gets as long as was meant for them, from now on."""
    now = clock.from_ms(change.at)
    if question.stand_in_due_at is not None and question.due_at is not None:
        question.due_at = now + max(question.stand_in_due_at - question.due_at, timedelta(0))
    question.handed_at = now
    data: dict[str, Any] = {"to_agent_id": question.stand_in_agent_id, "to_role": question.stand_in_role or None}
    entry, shown = _noted(change, about, question, "question_handed", by=None, **data)
    change.record(about, "question.handed", entries=[entry], desk_put={"questions": [shown]})


def _asked(question: Question) -> list[Whom]:
    first = Whom(question.to_agent_id, question.to_role)
    return [first, Whom(question.stand_in_agent_id, question.stand_in_role)] if question.handed_at else [first]


def _decide(question: Question, outcome: dict[str, str] | None, by: int) -> None:
    if bool(question.matter) != (outcome is not None):
        raise Conflict("This question wants another kind of answer.")
    if outcome is not None:
        if question.asked_by_id == by:
            raise Forbidden("Nobody decides about what they have asked for themselves.")
        question.matter = {**question.matter, **outcome}


def _matter(question: Question) -> dict[str, object]:
    """What the timeline says of the matter: all but the wording."""
    return {"matter": question.matter} if question.matter else {}


def _noted(
    change: Change, about: State, question: Question, what: str, *, by: int | None, text: str = "", **data: object
) -> tuple[EntryRow, QuestionObject]:
    """Keep the question as it is now, and its line in the timeline; the next `record` tells of both."""
    question.v = change.upcoming(about)
    question.save()
    author = ("agent", by) if by is not None else ("system", None)
    told = {"what": what, "question_id": question.pk, **data}
    return change.entry(about, "event", author=author, text=text, data=told), question_object(question)


def _question(shop_id: int, question_id: int) -> Question:
    found = Question.objects.filter(pk=question_id, shop_id=shop_id).first()
    if found is None:
        raise NotFound("There is no such question.")
    return found


def _still_open(shop_id: int, question_id: int) -> Question:
    found = _question(shop_id, question_id)
    if found.answered_at is not None or found.withdrawn_at is not None:
        raise Conflict("This question is settled already.")
    return found


def _works_here(shop_id: int, agent_id: int) -> bool:
    return Agent.objects.filter(pk=agent_id, shop_id=shop_id, removed_at=None).exists()


def _checked(text: str, *, may_be_empty: bool = False) -> str:
    wanted = checked_text(text, may_be_empty=may_be_empty).strip()
    if len(wanted) > MAX_QUESTION:
        raise TextInvalid(f"At most {MAX_QUESTION:,} characters, please.")
    return wanted


def _check_addressee(by: int, to_agent_id: int | None, to_role: str) -> None:
    if (to_agent_id is None) == (not to_role):
        raise Invalid("Ask one agent, or a role.", fields={"to_agent_id": "an agent or a role"})
    if to_role and to_role not in deciding.DECIDERS:
        raise Invalid("Ask leads, admins or owners.", fields={"to_role": "does not decide"})
    if to_agent_id == by:
        raise Invalid("Ask somebody else.", fields={"to_agent_id": "yourself"})


def _check_deadline(due_at: datetime | None) -> None:
    if due_at is None:
        return
    ahead = due_at - clock.now()
    if ahead.total_seconds() <= 0 or ahead.days >= MAX_DAYS:
        raise Invalid("Choose a moment within the next year.", fields={"due_at": "not within the next year"})
