"""The HTTP side of the coach."""

from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Status

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import ShopRouter, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.coach.marks import Severity
from sonnim.coach.registry import RULES
from sonnim.coach.review import judge
from sonnim.coaching import actions, queries, tuning
from sonnim.coaching.actions.dismissing import Waved
from sonnim.coaching.models import Settings
from sonnim.coaching.reviewing import plain_review, prepare, review_draft
from sonnim.coaching.rules import Wanted
from sonnim.coaching.schemas import AppliedBody, DismissalBody, DraftBody, GlossaryBody, LineBody, RuleBody, RuleName
from sonnim.coaching.shapes import (
    CoachRulesObject,
    DismissalPage,
    DismissedObject,
    DraftReviewObject,
    GlossaryObject,
    PlainReview,
    RuleObject,
    TermObject,
    dismissal_object,
)
from sonnim.coaching.tally import TALLY
from sonnim.kernel.errors import NotFound
from sonnim.kernel.text import pick_locale
from sonnim.kernel.throttle import throttle

router = ShopRouter(tag="coach")
routers = (router,)
HERE = "/conversations/{conversation_id}/coach"
READINGS = (300, 60)
"""So many drafts an agent may have read in so many seconds; a quick typist pauses about twice a second."""


@router.post(HERE, needs=P.CONVERSATION_REPLY, response=DraftReviewObject)
def coach_draft(caller: Caller, conversation_id: int, body: DraftBody) -> HttpResponse:
    """Read what I am writing here, with all that the shop knows; nothing is kept of the text."""
    throttle("coach", str(caller.agent.pk), *READINGS)
    found = review_draft(
        agent=caller.agent, lang=pick_locale(caller.user.locale), conversation_id=conversation_id, draft=body.draft,
        resolving=body.resolving,
    )  # fmt: skip
    shown = (mark["rule"] for mark in found["marks"])
    TALLY.note(shop_id=caller.shop_id, agent_id=caller.agent.pk, conversation_id=conversation_id, rules=shown)
    return encoded(found)


@router.post("/coach/review", needs=P.CONVERSATION_REPLY, response=PlainReview)
def review_line(caller: Caller, body: LineBody) -> HttpResponse:
    """Read a draft with the surroundings that the body gives, as `sonnim coach review --json` does with a line."""
    throttle("coach", str(caller.agent.pk), *READINGS)
    return encoded(plain_review(judge(body.draft, body.surroundings())))


@router.get("/coach/rules", needs=P.CONVERSATION_REPLY, response=CoachRulesObject)
def list_coach_rules(caller: Caller) -> CoachRulesObject:
    """All rules as the shop has them, with what agents make of them."""
    prepare()  # whose composer is open will want to be read
    return CoachRulesObject(rules=tuning.rules_for(caller))


@router.put("/coach/rules/{rule}", needs=P.PLAN_MANAGE, response=RuleObject)
def change_coach_rule(caller: Caller, rule: str, body: RuleBody) -> RuleObject:
    """Decide how much a rule matters, whether it is on, and whether it asks before a draft is sent."""
    severity = Severity(body.severity) if body.severity else None
    actions.change_rule(actor=caller.actor, rule=rule, wanted=Wanted(severity, body.on, body.strict))
    return next(each for each in tuning.rules_for(caller) if each["rule"] == rule)


@router.get("/coach/glossary", needs=P.CONVERSATION_READ, response=GlossaryObject)
def show_glossary(caller: Caller) -> GlossaryObject:
    """Words that shoppers do not know, each with the plain word for it."""
    return _glossary(queries.settings_of(caller.shop_id))


@router.put("/coach/glossary", needs=P.PLAN_MANAGE, response=GlossaryObject)
def save_glossary(caller: Caller, body: GlossaryBody) -> GlossaryObject:
    """Keep the whole list; it is refused (409) when somebody else has changed it meanwhile."""
    terms = [TermObject(term=each.term, plain=each.plain) for each in body.terms]
    return _glossary(actions.save_glossary(actor=caller.actor, v=body.v, terms=terms))


@router.post(HERE + "/dismissals", needs=P.CONVERSATION_REPLY, response={201: DismissedObject})
def dismiss_mark(caller: Caller, conversation_id: int, body: DismissalBody) -> Status[DismissedObject]:
    """Wave a mark away, and say why; the third of a rule within 30 days quiets it for me."""
    _known(body.rule)
    waved = Waved(body.rule, body.piece, body.reason, body.words)
    quieted = actions.dismiss_mark(agent=caller.agent, conversation_id=conversation_id, waved=waved)
    return Status(201, DismissedObject(quieted=quieted))


@router.post(HERE + "/applied", needs=P.CONVERSATION_REPLY, response={204: None})
def count_applied(caller: Caller, conversation_id: int, body: AppliedBody) -> Status[None]:
    """Count that I have taken a suggestion."""
    _known(body.rule)
    actions.count_applied(shop_id=caller.shop_id, conversation_id=conversation_id, rule=body.rule)
    return Status(204, None)


@router.delete("/coach/quiet/{rule}", needs=P.CONVERSATION_REPLY, response={204: None})
def hear_again(caller: Caller, rule: str) -> Status[None]:
    """Hear a rule again that I have quieted."""
    _known(rule)
    actions.hear_again(agent=caller.agent, rule=rule)
    return Status(204, None)


@router.get("/coach/dismissals", needs=P.PLAN_MANAGE, response=DismissalPage)
def list_dismissals(
    caller: Caller, rule: RuleName | None = None, before: Annotated[int | None, Query(ge=1, lt=10**15)] = None
) -> DismissalPage:
    """What agents have dismissed and why, the latest first."""
    found = queries.dismissals_of(shop_id=caller.shop_id, rule=rule or "", before=before)
    shown = found[: queries.PAGE]
    return DismissalPage(
        items=[dismissal_object(each) for each in shown], next=shown[-1].pk if len(found) > len(shown) else None
    )


def _glossary(settings: Settings) -> GlossaryObject:
    return GlossaryObject(v=settings.terms_v, terms=settings.terms)


def _known(rule: str) -> None:
    if rule not in RULES:
        raise NotFound("There is no such rule.")
