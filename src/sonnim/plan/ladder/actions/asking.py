"""Asking whoever decides for more than one's own limit, and their answer: a question with a matter to it."""

from datetime import datetime, timedelta

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.conversations.actions.questions import Terms, answer_question, ask_decider
from sonnim.conversations.deciding import Whom
from sonnim.conversations.models import Question
from sonnim.conversations.queries import conversation_state
from sonnim.conversations.together import QuestionObject, question_object
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound
from sonnim.plan.document import queries as plans
from sonnim.plan.document.rules import decider_above
from sonnim.plan.hours.queries import calendar_of
from sonnim.plan.hours.rules import NEVER
from sonnim.plan.ladder import queries
from sonnim.plan.ladder.actions.conceding import weigh
from sonnim.plan.ladder.rules import as_text, to_units
from sonnim.plan.ladder.wanted import Wanted, check, found

MINUTES = 30
"""Where the plan names no deadline."""
LONGEST = timedelta(days=364)
"""A question waits for less than a year, however short the hours of business are."""
OWNER = Whom(role="owner")
DECISIONS = {"grant": "granted", "less": "granted_less", "refuse": "refused"}


def ask_approval(
    *, actor: Actor, conversation_id: int, wanted: Wanted, within_seconds: int | None = None
) -> QuestionObject:
    """Ask for more than one may concede: whom the plan names, and who stands in when they do not answer.

    Asked again in the same words while that is open, it is the same request.

    Args:
        within_seconds: where the shopper cannot wait for as long as the plan gives to whoever decides.

    Raises:
        NotFound: no such conversation in this shop.
        Conflict: the plan allows it without asking, or there is no plan.
        Invalid: the plan knows no such thing, no reason is given, or 20 questions of this conversation are open.
    """
    check(wanted)
    if not wanted.reason.strip():
        raise Invalid("Say why.", fields={"reason": "empty"})
    agent, shop_id = actor.agent, actor.shop_id
    conversation_state(shop_id=shop_id, conversation_id=conversation_id)
    with log.unit(shop_id):
        plan = plans.in_force(shop_id)
        if not plan.n:
            raise Conflict("There is no service plan yet.", fields={"why": "no_plan"})
        told = weigh(actor=actor, conversation_id=conversation_id, wanted=wanted, plan=plan)
        entry = found(told)
        if told.allowed:
            raise Conflict("You may concede this without asking.", fields={"why": "allowed"})
        again = queries.asked_already(
            conversation_id=conversation_id, by=agent.pk, concession=entry.id, wanted=wanted, version=plan.n
        )
        if again is not None:
            return question_object(again)
        above = decider_above(
            plan.document, entry.id, agent.role, agent.pk, asked=wanted.asked(), order=wanted.total(),
            today=queries.local_day(shop_id, clock.now()),
        )  # fmt: skip
        whom = queries.whom_of(shop_id, above.decided_by, asker=agent.pk) or OWNER
        # Where the plan names nobody else, a team has other members.
        stand_in = queries.whom_of(shop_id, above.stand_in or above.decided_by, asker=agent.pk, besides=whom.agent_id)
        seconds = (above.deadline_minutes or MINUTES) * 60
        due, then = _deadlines(shop_id, min(seconds, within_seconds or seconds))
        matter = {
            "concession": entry.id, "kind": entry.kind, "step": wanted.step, "title": entry.title.model_dump(),
            "measure": wanted.measure, "value": as_text(to_units(wanted.value)), "currency": wanted.currency,
            "order": wanted.order.strip(), "order_total": wanted.order_total, "order_currency": wanted.order_currency,
            "reason": told.why, "version": plan.n, "outcome": "", "granted": "",
        }  # fmt: skip
        terms = Terms(matter, stand_in, then) if stand_in and stand_in != whom else Terms(matter)
        asked = ask_decider(
            shop_id=shop_id, conversation_id=conversation_id, by=agent.pk, text=wanted.reason,
            to_agent_id=whom.agent_id, to_role=whom.role, due_at=due, terms=terms,
        )  # fmt: skip
        audit.record(
            actor, "approval.asked", target=f"conversation:{conversation_id}", approval=asked["id"], kind=entry.kind,
            measure=wanted.measure, value=wanted.value, currency=wanted.currency,
        )  # fmt: skip
    return asked


def answer_approval(
    *, actor: Actor, approval_id: int, decision: str, text: str = "", value: str = ""
) -> QuestionObject:
    """Grant it, grant less, or refuse, with a reason.

    Args:
        decision: grant, less or refuse.
        value: how much, where it is less.

    Raises:
        NotFound: no such request in this shop.
        Forbidden: it was asked of somebody else, or is one's own.
        Conflict: it is settled.
        Invalid: not less than was asked for, or a refusal without its reason.
    """
    question = Question.objects.filter(pk=approval_id, shop_id=actor.shop_id).exclude(matter={}).first()
    if question is None:
        raise NotFound("There is no such request.")
    granted = _granted(question, decision, value)
    if decision == "refuse" and not text.strip():
        raise Invalid("Say why not, and what is possible instead.", fields={"text": "empty"})
    with log.unit(actor.shop_id):
        outcome = {"outcome": DECISIONS[decision], "granted": granted}
        answered = answer_question(
            shop_id=actor.shop_id, question_id=approval_id, by=actor.agent.pk, role=actor.agent.role, text=text,
            outcome=outcome,
        )  # fmt: skip
        audit.record(
            actor, "approval.answered", target=f"conversation:{answered['conversation_id']}", approval=approval_id,
            **outcome,
        )  # fmt: skip
    return answered


def _granted(question: Question, decision: str, value: str) -> str:
    asked: str = question.matter["value"]
    if decision == "grant":
        return asked
    if decision == "refuse":
        return ""
    if not value or not 0 < to_units(value) < to_units(asked):
        raise Invalid("Less than was asked for, and more than nothing.", fields={"value": "not less"})
    return as_text(to_units(value))


def _deadlines(shop_id: int, seconds: int) -> tuple[datetime | None, datetime | None]:
    """Until when the decider, and after them whoever stands in, has time: so many seconds of business hours each."""
    calendar, span = calendar_of(shop_id), seconds * 1_000
    due = calendar.after(clock.now_ms(), span)
    then = calendar.after(due, span) if due < NEVER else NEVER
    return _moment(due), _moment(then)


def _moment(ms: int) -> datetime | None:
    return None if ms >= NEVER else min(clock.from_ms(ms), clock.now() + LONGEST)
