"""Conceding within what the plan allows, and taking it back. Both stand in the timeline and in the ledger."""

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.conversations.changing import author_of, changing
from sonnim.conversations.models import Question
from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from sonnim.kernel.text import checked_text
from sonnim.plan.document import queries as plans
from sonnim.plan.document.parts import ROLES
from sonnim.plan.document.rules import Verdict, concession_of
from sonnim.plan.document.schema import PlanConcession, PlanDocument
from sonnim.plan.ladder import queries
from sonnim.plan.ladder.rules import STAND, order_key, to_units, weighed
from sonnim.plan.ladder.shapes import ConcessionObject, concession_object, line_of
from sonnim.plan.ladder.wanted import AboveLimit, Wanted, check, found
from sonnim.plan.models import Concession


def concede(
    *, actor: Actor, conversation_id: int, client_id: str, wanted: Wanted, approval_id: int | None = None
) -> ConcessionObject:
    """Note what an agent concedes; again with the same `client_id` answers what was noted.

    What was conceded before is read, and this one is kept, under the shop's lock: two at once are one after another.

    Args:
        approval_id: the request by which it was granted, where it is above the agent's limit.

    Raises:
        NotFound: no such conversation in this shop.
        AboveLimit: the plan does not let this agent concede so much of it for this order.
        Invalid: the plan knows no such thing, or the amount makes no sense.
        Conflict: the approval is used up, or grants something else; the `client_id` stands for something else.
    """
    agent, shop_id = actor.agent, actor.shop_id
    if wanted.concession:
        check(wanted)
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        about = change.follow(about)
        known = Concession.objects.filter(agent_id=agent.pk, client_id=client_id).select_related("conversation").first()
        if known is not None:
            _refuse_another(known, about, wanted, plans.document_of(shop_id))
            return concession_object(known)
        given = _line(actor, about, wanted, approval_id)
        given.client_id, given.at = client_id, clock.from_ms(change.at)
        given.month = queries.local_day(shop_id, given.at)[:7]
        given.save()
        entry = change.entry(about, "event", author=author_of(agent.pk), data=line_of(given, "concession"))
        change.record(about, "concession.made", entries=[entry])
        audit.record(
            actor, "concession.made", target=f"conversation:{about.id}", concession=given.pk, kind=given.kind,
            measure=given.measure, units=given.units, currency=given.currency, approval=given.approval_id,
        )  # fmt: skip
    return concession_object(Concession.objects.select_related("conversation").get(pk=given.pk))


def take_back(*, actor: Actor, concession_id: int) -> ConcessionObject:
    """It was not given after all: whoever conceded it, or leads and above. It leaves its limit again.

    Raises:
        NotFound: no such line in this shop's ledger.
        Forbidden: it is another agent's.
        Conflict: it was taken back before.
    """
    shop_id, agent = actor.shop_id, actor.agent
    given = _given(shop_id, concession_id)
    with changing(shop_id, given.conversation_id, merged_too=True) as (change, about):
        given = _given(shop_id, concession_id)
        if given.agent_id != agent.pk and ROLES.index(agent.role) < ROLES.index("lead"):
            raise Forbidden("This concession is another agent's.")
        if given.taken_back_at is not None:
            raise Conflict("This concession was taken back already.")
        about = change.follow(about)
        given.taken_back_at, given.taken_back_by_id = clock.from_ms(change.at), agent.pk
        given.save(update_fields=["taken_back_at", "taken_back_by_id"])
        entry = change.entry(about, "event", author=author_of(agent.pk), data=line_of(given, "concession_taken_back"))
        change.record(about, "concession.taken_back", entries=[entry])
        audit.record(actor, "concession.taken_back", target=f"conversation:{about.id}", concession=given.pk)
    return concession_object(given)


def _line(actor: Actor, about: State, wanted: Wanted, approval_id: int | None) -> Concession:
    plan = plans.in_force(actor.shop_id)
    line = Concession(
        shop_id=actor.shop_id, conversation_id=about.id, agent_id=actor.agent.pk, version=plan.n, step=wanted.step,
        reason=_short(wanted.reason), sentence=checked_text(wanted.sentence, may_be_empty=True),
    )  # fmt: skip
    if not plan.n:
        raise AboveLimit("There is no service plan yet.", fields={"why": "no_plan"})
    rung = next((each for each in plan.document.ladder if each.id == wanted.step), None)
    if wanted.step and rung is None:
        raise Invalid(fields={"step": "unknown"})
    if not wanted.concession:
        if rung is None or rung.concession:
            raise Invalid("Say what is conceded.", fields={"concession": "missing"})
        line.kind, line.measure, line.title = STAND, "none", rung.title.model_dump()
        return line
    if approval_id is None:
        entry = found(_weighed(actor, about, wanted, plan))
    else:
        entry = _granted(actor, about, wanted, plan, line, approval_id)
    line.concession, line.kind, line.title = entry.id, entry.kind, entry.title.model_dump()
    line.measure, line.units, line.currency = wanted.measure, to_units(wanted.value), wanted.currency
    line.order, line.order_key = wanted.order.strip(), order_key(wanted.order)
    if wanted.order_total:
        line.order_units, line.order_currency = to_units(wanted.order_total), wanted.order_currency
    return line


def _weighed(actor: Actor, about: State, wanted: Wanted, plan: plans.InForce) -> Verdict:
    told = weigh(actor=actor, conversation_id=about.id, wanted=wanted, plan=plan)
    if not told.allowed and told.why != "unknown":
        limit = told.limit
        fields: dict[str, str] = {"why": told.why}
        if limit is not None:
            fields |= {"measure": limit.measure, "limit": limit.value, "currency": limit.currency}
        raise AboveLimit("The plan does not allow so much.", fields=fields)
    return told


def weigh(*, actor: Actor, conversation_id: int, wanted: Wanted, plan: plans.InForce) -> Verdict:
    """What the plan says of it, after all that was conceded for the same order; read within the shop's lock."""
    entry = concession_of(plan.document, wanted.concession)
    talk = queries.talk_of(conversation_id)
    before = queries.given_before(
        shop_id=actor.shop_id, talk=talk, concession=entry.id if entry else "", order=wanted.order
    )
    return weighed(
        plan.document, wanted.concession, actor.agent.role, asked=wanted.asked(), order=wanted.total(), before=before,
        today=queries.local_day(actor.shop_id, clock.now()),
    )  # fmt: skip


def _granted(
    actor: Actor, about: State, wanted: Wanted, plan: plans.InForce, line: Concession, approval_id: int
) -> PlanConcession:
    """What was granted by somebody who decides: once, here, and not more than that. Raises: Conflict, NotFound."""
    question = Question.objects.filter(pk=approval_id, shop_id=actor.shop_id).exclude(matter={}).first()
    talk = queries.talk_of(about.id)
    if question is None or question.conversation_id not in talk:
        raise NotFound("There is no such approval in this conversation.")
    matter = question.matter
    if question.answered_at is None or matter["outcome"] not in queries.GRANTED:
        raise Conflict("This was not granted.")
    if Concession.objects.filter(approval_id=approval_id).exists():
        raise Conflict("What was granted was conceded already.")
    entry = concession_of(plan.document, wanted.concession)
    name = entry.id if entry else wanted.concession
    same = (name, wanted.measure, wanted.currency) == (matter["concession"], matter["measure"], matter["currency"])
    if not same or order_key(matter["order"]) not in {"", order_key(wanted.order)}:
        raise Conflict("Something else was granted.")
    if to_units(wanted.value) > to_units(matter["granted"]):
        raise AboveLimit("Less was granted.", fields={"why": "over_limit", "limit": matter["granted"]})
    if entry is None:
        raise Conflict("The plan has no such concession any more.")
    line.approval_id, line.approved_by_id = question.pk, question.answered_by_id
    return entry


def _refuse_another(known: Concession, about: State, wanted: Wanted, document: PlanDocument) -> None:
    """Whoever sends the same `client_id` is told that it is noted: that must be true. Raises: Conflict."""
    entry = concession_of(document, wanted.concession) if wanted.concession else None
    units = to_units(wanted.value) if wanted.concession else 0
    same = (
        known.conversation_id in queries.talk_of(about.id)
        and known.concession in {wanted.concession, entry.id if entry else ""}
        and (known.units, known.order_key) == (units, order_key(wanted.order) if wanted.concession else "")
    )
    if not same:
        raise Conflict("Something else was noted with this client_id.", fields={"client_id": "used"})


def _given(shop_id: int, concession_id: int) -> Concession:
    given = Concession.objects.filter(pk=concession_id, shop_id=shop_id).select_related("conversation").first()
    if given is None:
        raise NotFound("There is no such concession.")
    return given


def _short(text: str) -> str:
    return " ".join(checked_text(text, may_be_empty=True).split())[:500]
