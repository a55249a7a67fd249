"""The ladder for one agent and one shopper: where they stand, what is next, and the words for it."""

import re
from dataclasses import dataclass, field

from sonnim.accounts.models import Agent, Shop
from sonnim.contacts.models import Contact
from sonnim.conversations.deciding import Whom
from sonnim.conversations.queries import conversation_state
from sonnim.conversations.together import question_object
from sonnim.kernel import clock
from sonnim.plan.document import queries as plans
from sonnim.plan.document import rules as decisions
from sonnim.plan.document.parts import Party, Said
from sonnim.plan.document.rules import OrderTotal
from sonnim.plan.document.schema import PlanConcession, PlanRung
from sonnim.plan.ladder import queries
from sonnim.plan.ladder.rules import Given, left, position
from sonnim.plan.ladder.shapes import (
    Deciding,
    LadderObject,
    LimitLeft,
    MenuObject,
    RefusalObject,
    RungObject,
    concession_object,
)
from sonnim.plan.models import Concession

NOT_YET = {"unknown", "not_now"}
"""What is on no menu today is no step."""
_VARIABLE = re.compile(r"\{\{\s*([^\s{}|]{1,100})\s*(?:\|([^{}]*))?\}\}")


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a step is judged by; `names` are what a sentence may name, `before` what the limits hold already."""

    plan: plans.InForce
    agent: Agent
    locale: str
    names: dict[str, str]
    total: OrderTotal | None
    conceded: list[Concession]
    before: dict[str, list[Given]]
    today: str
    asked: dict[Party, Whom | None] = field(default_factory=dict)

    def whom(self, party: Party) -> Whom | None:
        """Who is asked for a party of the plan; looked up once."""
        if party not in self.asked:
            self.asked[party] = queries.whom_of(self.agent.shop_id, party, asker=self.agent.pk)
        return self.asked[party]


def ladder_of(*, agent: Agent, conversation_id: int, order: str = "", total: OrderTotal | None = None) -> LadderObject:
    """Where an agent stands with a shopper.

    Raises:
        NotFound: no such conversation in this shop.
    """
    shop_id = agent.shop_id
    about = conversation_state(shop_id=shop_id, conversation_id=conversation_id)
    talk = queries.talk_of(conversation_id)
    standing = Standing(
        plan=plans.in_force(shop_id),
        agent=agent,
        locale=about.locale,
        names=_names(agent, about.contact_id),
        total=total,
        conceded=queries.conceded_to(shop_id=shop_id, contact_id=about.contact_id, talk=talk),
        before=queries.all_given_before(shop_id=shop_id, talk=talk, order=order),
        today=queries.local_day(shop_id, clock.now()),
    )
    document = standing.plan.document
    reached = position(
        document.ladder,
        {each.step for each in standing.conceded},
        {each.concession for each in standing.conceded if each.concession},
    )
    steps = [_step(standing, rung, behind=place <= reached) for place, rung in enumerate(document.ladder)]
    ahead = (each["id"] for each in steps if not each["behind"] and each["why"] not in NOT_YET)
    return LadderObject(
        version=standing.plan.n,
        next=next(ahead, None),
        steps=steps,
        menu=[_entry(standing, each) for each in document.concessions],
        refusals=[_refusal(standing, each.id) for each in document.refusals],
        conceded=[concession_object(each) for each in standing.conceded],
        approvals=[question_object(each) for each in queries.unused_approvals(shop_id=shop_id, talk=talk)],
    )


def _step(standing: Standing, rung: PlanRung, *, behind: bool) -> RungObject:
    entry = decisions.concession_of(standing.plan.document, rung.concession) if rung.concession else None
    own = rung.sentence if entry is None or _says(rung.sentence) else entry.sentence
    sentence, locale = _sentence(standing, own)
    judged = _judged(standing, entry) if entry else _free(standing, rung)
    return RungObject(
        id=rung.id,
        title=_words(rung.title),
        reason=_words(rung.reason),
        sentence=sentence,
        sentence_locale=locale,
        concession=entry.id if entry else rung.concession,
        kind=entry.kind if entry else "",
        conditions=_words(entry.conditions) if entry else _words(Said()),
        behind=behind,
        allowed=judged[0],
        why=judged[1],
        limits=judged[2],
        decides=judged[3],
    )


def _entry(standing: Standing, entry: PlanConcession) -> MenuObject:
    sentence, locale = _sentence(standing, entry.sentence)
    allowed, why, limits, decides = _judged(standing, entry)
    return MenuObject(
        id=entry.id,
        kind=entry.kind,
        title=_words(entry.title),
        conditions=_words(entry.conditions),
        sentence=sentence,
        sentence_locale=locale,
        allowed=allowed,
        why=why,
        limits=limits,
        decides=decides,
    )


def _refusal(standing: Standing, name: str) -> RefusalObject:
    row = next(each for each in standing.plan.document.refusals if each.id == name)
    sentence, locale = _sentence(standing, row.sentence)
    return RefusalObject(
        id=row.id,
        title=_words(row.title),
        reason=_words(row.reason),
        nearest=_words(row.nearest),
        sentence=sentence,
        sentence_locale=locale,
        concession=row.concession,
    )


Judged = tuple[bool, decisions.Why, list[LimitLeft], Deciding]


def _judged(standing: Standing, entry: PlanConcession) -> Judged:
    """Whether there is any leeway left, and who decides above it."""
    document, agent = standing.plan.document, standing.agent
    total, today = standing.total, standing.today
    told = decisions.verdict(document, entry.id, agent.role, asked=None, order=total, today=today)
    rests = left(document, entry.id, agent.role, order=total, before=standing.before.get(entry.id, ()))
    free = agent.role == "owner"
    spent = not free and any(each.value == "0" for each in rests)
    why: decisions.Why = "over_limit" if told.allowed and spent else told.why
    above = decisions.decider_above(
        document, entry.id, agent.role, agent.pk, asked=None, order=total, today=today
    )  # fmt: skip
    whom = standing.whom(above.decided_by)
    return (
        told.allowed and not spent,
        why,
        [
            LimitLeft(
                measure=each.limit.measure,
                value="" if free else each.limit.value,
                currency=each.limit.currency,
                left=None if free else each.value,
            )
            for each in rests
        ],
        Deciding(
            agent_id=whom.agent_id if whom else None,
            role=(whom.role or None) if whom else "owner",
            minutes=above.deadline_minutes,
        ),
    )


def _free(standing: Standing, rung: PlanRung) -> Judged:
    nobody = Deciding(agent_id=None, role=None, minutes=None)
    if rung.concession:  # the menu has lost it
        return False, "unknown", [], nobody
    return True, "allowed", [], nobody


def _says(said: Said) -> bool:
    return bool(said.ko.strip() or said.zh.strip() or said.en.strip())


def _words(said: Said) -> dict[str, str]:
    return {"ko": said.ko, "zh": said.zh, "en": said.en}


def _sentence(standing: Standing, said: Said) -> tuple[str, str]:
    """The words in the shopper's language, or in the next one that the plan has; with the names filled in."""
    order = (standing.locale, *(each for each in ("en", "ko", "zh") if each != standing.locale))
    found = next(((getattr(said, each), each) for each in order if getattr(said, each, "").strip()), ("", ""))
    text = _VARIABLE.sub(lambda var: standing.names.get(var[1], "") or (var[2] or "").strip(), found[0])
    return text, found[1]


def _names(agent: Agent, contact_id: int) -> dict[str, str]:
    contact = Contact.objects.filter(pk=contact_id).values_list("name", flat=True).first() or ""
    shop = Shop.objects.values_list("name", flat=True).get(pk=agent.shop_id)
    return {"contact.name": contact, "agent.name": agent.name, "shop.name": shop}
