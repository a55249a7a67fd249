"""Questions to the service plan in force. Each answer names the version that it is from; documents are kept in memory
by their digest, so that a question costs one short query."""

from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from sonnim.accounts.models import Agent, Shop, Team
from sonnim.kernel import clock
from sonnim.plan.document import rules
from sonnim.plan.document.parts import ROLES, Party
from sonnim.plan.document.rules import Asked, OrderTotal, Why
from sonnim.plan.document.schema import (
    PlanChannel,
    PlanConcession,
    PlanDecision,
    PlanDocument,
    PlanInformation,
    PlanLimit,
    PlanRefusal,
    PlanRung,
    PlanTopic,
)
from sonnim.plan.models import HoursCalendar, PlanDraft, PlanVersion

HISTORY_PAGE = 50


@dataclass(frozen=True, slots=True)
class InForce:
    """The plan that holds now; `n` is 0 and the document empty while nothing is published."""

    n: int
    document: PlanDocument


@dataclass(frozen=True, slots=True)
class Answer:
    """What the plan says about one concession by one agent.

    Attributes:
        limit: the limit that decided, if one did; `limits` are all that hold for the agent.
        decider: who decides where it is not allowed; None where it is.
        stand_in: who decides when the decider does not answer.
        deadline_minutes: within which the decider answers, if the plan says so.
        version: number of the plan in force, 0 without one.
    """

    allowed: bool
    reason: Why
    limit: PlanLimit | None
    limits: tuple[PlanLimit, ...]
    decider: Party | None
    stand_in: Party | None
    deadline_minutes: int | None
    concession: PlanConcession | None
    decision: PlanDecision | None
    version: int


@dataclass(frozen=True, slots=True)
class Known:
    """Required information of a topic, and the version that says so."""

    rows: tuple[PlanInformation, ...]
    version: int


NOTHING = PlanDocument()


def version_in_force(shop_id: int) -> int:
    """The number of the plan in force, 0 without one."""
    return newest(shop_id)[0]


def document_of(shop_id: int) -> PlanDocument:
    """The document in force; an empty one while nothing is published."""
    return in_force(shop_id).document


def in_force(shop_id: int) -> InForce:
    """The plan that holds now."""
    n, pk, digest = newest(shop_id)
    return InForce(n, _document(digest, pk) if n else NOTHING)


def newest(shop_id: int) -> tuple[int, int, str]:
    """Number, row and digest of the version in force; zeros without one."""
    rows = PlanVersion.objects.filter(shop_id=shop_id).order_by("-n").values_list("n", "pk", "digest")[:1]
    return next(iter(rows), (0, 0, ""))


@lru_cache(maxsize=256)
def _document(digest: str, pk: int) -> PlanDocument:
    return PlanDocument.model_validate(PlanVersion.objects.values_list("document", flat=True).get(pk=pk, digest=digest))


def may(*, agent: Agent, concession: str, amount: Asked | None = None, order: OrderTotal | None = None) -> Answer:
    """Whether an agent may make a concession without asking, and whom to ask if not.

    Args:
        concession: id of an entry of the compensation menu, or a kind such as `coupon`.
        amount: how much; None asks whether there is any leeway at all.
        order: what it is about; needed to compare percent with money.
    """
    plan = in_force(agent.shop_id)
    if not plan.n:
        owner = Party(kind="role", role="owner")
        return Answer(False, "no_plan", None, (), owner, None, None, None, None, 0)
    day = _today(agent.shop_id)
    told = rules.verdict(plan.document, concession, agent.role, asked=amount, order=order, today=day)
    if told.allowed:
        return Answer(True, told.why, told.limit, told.limits, None, None, None, told.concession, None, plan.n)
    above = rules.decider_above(
        plan.document, concession, agent.role, agent.pk, asked=amount, order=order, today=day
    )  # fmt: skip
    return Answer(
        False,
        told.why,
        told.limit,
        told.limits,
        above.decided_by,
        above.stand_in,
        above.deadline_minutes,
        told.concession,
        above.decision,
        plan.n,
    )


def who_decides(shop_id: int, topic: str) -> PlanDecision | None:
    """The row about a decision, by its id, by a concession's id or kind, or by a topic; None: the plan is silent."""
    return rules.decision_about(document_of(shop_id), topic)


def who_answers(shop_id: int, topic: str) -> PlanTopic | None:
    """The row of a topic: who answers it, and who stands in; None where the plan is silent."""
    return next((row for row in document_of(shop_id).topics if row.id == topic), None)


def hours(shop_id: int, channel: str) -> PlanChannel | None:
    """What is promised on a channel, or on all that have no row of their own; `calendar_id` None: the standard one."""
    rows = document_of(shop_id).channels
    named = next((row for row in rows if row.channel == channel), None)
    return named or next((row for row in rows if not row.channel), None)


def required_information(shop_id: int, topic: str | None = None) -> Known:
    """What must be known about a topic, in order; without one, all."""
    plan = in_force(shop_id)
    return Known(tuple(row for row in plan.document.information if topic in {None, row.topic}), plan.n)


def ladder(shop_id: int) -> tuple[PlanRung, ...]:
    """The steps of the negotiation ladder, in order."""
    return tuple(document_of(shop_id).ladder)


def refusals(shop_id: int) -> tuple[PlanRefusal, ...]:
    """What is refused, each with its reason and the nearest thing that is possible."""
    return tuple(document_of(shop_id).refusals)


def concession(shop_id: int, name: str) -> PlanConcession | None:
    """An entry of the compensation menu by its id, or the first of a kind."""
    return rules.concession_of(document_of(shop_id), name)


def agents_of(shop_id: int, party: Party | None) -> list[int]:
    """The agents who are meant, by id; of a role that nobody has, those of the next higher one."""
    here = Agent.objects.filter(shop_id=shop_id, removed_at__isnull=True).order_by("id")
    match party:
        case Party(kind="agent"):
            return list(here.filter(pk=party.id).values_list("pk", flat=True))
        case Party(kind="team"):
            return list(here.filter(teams=party.id, teams__removed_at=None).values_list("pk", flat=True))
        case Party(kind="role") if party.role:
            by_role = list(here.values_list("role", "pk"))
            for role in ROLES[ROLES.index(party.role) :]:
                found = [pk for own, pk in by_role if own == role]
                if found:
                    return found
    return []


def names_of(shop_id: int) -> dict[tuple[str, int], str]:
    """("team", 3) → its name, of all teams and agents who are here, and of the calendars."""
    teams = Team.objects.filter(shop_id=shop_id, removed_at=None).order_by("-id").values_list("pk", "name")
    agents = Agent.objects.filter(shop_id=shop_id, removed_at=None).order_by("-id").values_list("pk", "name")
    calendars = HoursCalendar.objects.filter(shop_id=shop_id).order_by("-id").values_list("pk", "name")
    kinds = {"team": teams, "agent": agents, "calendar": calendars}
    return {(kind, pk): name for kind, rows in kinds.items() for pk, name in rows}


def everybody(shop_id: int) -> set[tuple[str, int]]:
    """Who, and which hours, may be named in a plan."""
    return set(names_of(shop_id))


def people_by_name(shop_id: int) -> dict[tuple[str, str], int]:
    """("team", name) → id; of two with the same name the one who was here first."""
    return {(kind, name): pk for (kind, pk), name in names_of(shop_id).items()}


def _today(shop_id: int) -> str:
    zone = Shop.objects.values_list("timezone", flat=True).get(pk=shop_id)
    return clock.now().astimezone(ZoneInfo(zone)).date().isoformat()


def version_of(shop_id: int, n: int) -> PlanVersion | None:
    """A published version by its number."""
    return PlanVersion.objects.select_related("author").filter(shop_id=shop_id, n=n).order_by("n").first()


def versions_of(shop_id: int, *, before: int | None = None, limit: int = HISTORY_PAGE) -> list[PlanVersion]:
    """The newest versions without their documents; one more than `limit`, so that one knows whether more follow."""
    rows = PlanVersion.objects.filter(shop_id=shop_id).select_related("author").defer("document").order_by("-n")
    return list((rows.filter(n__lt=before) if before else rows)[: limit + 1])


def draft_of(shop_id: int) -> PlanDraft | None:
    """What is being written, if anything ever was."""
    return PlanDraft.objects.select_related("author").filter(shop_id=shop_id).first()


def new_draft(shop_id: int) -> PlanDraft:
    """What a shop begins to write with: the version in force. It is not kept."""
    plan = in_force(shop_id)
    return PlanDraft(shop_id=shop_id, document=plan.document.model_dump(mode="json"), base=plan.n)
