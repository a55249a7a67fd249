"""The HTTP side of the quality score: agents see their own, whoever reviews sees everybody's."""

from typing import Annotated, Literal

from django.http import HttpResponse
from pydantic import Field, StringConstraints

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, Moment, RowId, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.conversations.queries import conversation_state
from sonnim.kernel.errors import Forbidden, NotFound
from sonnim.quality import actions, details, predictions, queries, rescoring, summaries
from sonnim.quality.measures import card_in_force, card_of
from sonnim.quality.models import Score
from sonnim.quality.rules import Criterion, Points
from sonnim.quality.scorecards import MAX_WORDS
from sonnim.quality.shapes import (
    ConversationScores,
    DisputeObject,
    DisputePage,
    ListedPage,
    RescoreObject,
    ScorecardObject,
    ScoreDetail,
    ScorePage,
    Summary,
    TeamSummary,
    dispute_object,
    scorecard_object,
)

router = ShopRouter(tag="quality")
routers = (router,)
Words = Annotated[Text, StringConstraints(max_length=MAX_WORDS)]
Limit = Annotated[int, Field(ge=1, le=100)]
Weeks = Annotated[int, Field(ge=1, le=26)]
Week = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
RuleName = Annotated[str, StringConstraints(max_length=40)]
Given = dict[Annotated[Text, StringConstraints(max_length=40)], Annotated[float, Field(ge=0, le=100)] | None]


class CriterionBody(Body):
    id: Annotated[Text, StringConstraints(max_length=40)]
    names: dict[Literal["ko", "zh", "en"], Text]
    weight: Annotated[int, Field(ge=0, le=100)]
    critical: bool = False
    kind: Literal["marks", "clocks", "outcome", "people"] = "marks"
    rules: Annotated[list[RuleName], Field(max_length=100)] = []


class ScorecardBody(Body):
    version: Annotated[int, Field(ge=0, lt=2**31)]
    criteria: Annotated[list[CriterionBody], Field(max_length=100)]
    per_week: Annotated[int, Field(ge=0, le=50)] = 2


class RescoreBody(Body):
    since: Moment


class SpotBody(Body):
    conversation_id: RowId
    agent_id: RowId | None = None
    note: Annotated[Text, StringConstraints(max_length=500)] = ""


class ReviewBody(Body):
    v: Annotated[int, Field(ge=0, lt=2**31)] = 0
    criteria: Given
    notes: dict[Annotated[Text, StringConstraints(max_length=40)], Words] = {}
    words: Words = ""


class DisputeBody(Body):
    words: Words


class DisputeAnswerBody(Body):
    decision: Literal["uphold", "change"]
    reason: Words
    criteria: Given = {}


@router.get("/quality/scores", needs=P.CONVERSATION_READ, response=ScorePage)
def list_scores(
    caller: Caller,
    agent_id: int | None = None,
    since: Moment | None = None,
    week: Week | None = None,
    rule: RuleName | None = None,
    critical: bool = False,
    before: str | None = None,
    limit: Limit = 50,
) -> HttpResponse:
    """Scores, the conversation settled last first: one's own, or for whoever reviews those of one agent or of all."""
    wanted = {
        "agent_id": _whose(caller, agent_id), "since": since, "week": week, "rule": rule, "critical": critical
    }  # fmt: skip
    return encoded(queries.page(shop_id=caller.shop_id, wanted=wanted, before=before, limit=limit))


@router.get("/quality/scores/{conversation_id}", needs=P.CONVERSATION_READ, response=ConversationScores)
def show_scores(caller: Caller, conversation_id: int) -> HttpResponse:
    """A conversation's scores with the lines behind them; agents see their own part."""
    conversation_state(shop_id=caller.shop_id, conversation_id=conversation_id)
    agent_id = None if caller.may(P.QUALITY_REVIEW) else caller.agent.pk
    found = queries.current_scores(caller.shop_id, conversation_id, agent_id=agent_id)
    return encoded({"items": details.details(caller.shop_id, found)})


@router.get("/quality/score/{score_id}", needs=P.CONVERSATION_READ, response=ScoreDetail)
def show_score(caller: Caller, score_id: int) -> HttpResponse:
    """One score with the lines behind it, also one that a later one has replaced."""
    return encoded(_detail(caller, score_id))


@router.get("/quality/summary", needs=P.CONVERSATION_READ, response=Summary)
def summarize_quality(caller: Caller, agent_id: int | None = None, weeks: Weeks = 8) -> HttpResponse:
    """An agent's last weeks, by default the caller's own: means, rule by rule, the best and the worst sentences."""
    whose = agent_id if agent_id is not None else caller.agent.pk
    if whose != caller.agent.pk:
        caller.require(P.QUALITY_REVIEW)
    return encoded(summaries.summary(shop_id=caller.shop_id, agent_id=whose, weeks=weeks))


@router.get("/quality/team", needs=P.QUALITY_REVIEW, response=TeamSummary)
def summarize_team(caller: Caller, weeks: Weeks = 8) -> HttpResponse:
    """Everybody's last weeks."""
    return encoded(summaries.team_summary(shop_id=caller.shop_id, weeks=weeks))


@router.get("/quality/unhappy", needs=P.QUALITY_REVIEW, response=ScorePage)
def list_unhappy(caller: Caller, week: Week, before: str | None = None, limit: Limit = 50) -> HttpResponse:
    """A week's conversations without an answer whose shopper is likely unhappy, as predicted; the likeliest first."""
    return encoded(predictions.unhappy_page(shop_id=caller.shop_id, week=week, before=before, limit=limit))


@router.get("/quality/scorecard", needs=P.CONVERSATION_READ, response=ScorecardObject)
def read_scorecard(caller: Caller, version: int | None = None) -> HttpResponse:
    """The scorecard in force, or an earlier one; 0 is the one that ships."""
    card = card_in_force(caller.shop_id) if version is None else card_of(caller.shop_id, version)
    return encoded(scorecard_object(card))


@router.put("/quality/scorecard", needs=P.PLAN_MANAGE, response=ScorecardObject)
def save_scorecard(caller: Caller, body: ScorecardBody) -> HttpResponse:
    """Score by these criteria from now on; a 409 says that somebody was faster."""
    criteria = [Criterion(**each.model_dump()) for each in body.criteria]
    card = actions.save_scorecard(
        actor=caller.actor, version=body.version, criteria=criteria, per_week=body.per_week
    )  # fmt: skip
    return encoded(scorecard_object(card))


@router.post("/quality/rescore", needs=P.PLAN_MANAGE, response={204: None})
def rescore(caller: Caller, body: RescoreBody) -> HttpResponse:
    """Have what was settled since then scored by the scorecard in force."""
    actions.rescore(actor=caller.actor, since=body.since)
    return HttpResponse(status=204)


@router.get("/quality/rescore", needs=P.PLAN_MANAGE, response=RescoreObject)
def show_rescore(caller: Caller) -> HttpResponse:
    """How far that is."""
    return encoded(rescoring.progress(caller.shop_id))


@router.get("/quality/queue", needs=P.QUALITY_REVIEW, response=ListedPage)
def list_reviews(
    caller: Caller, state: Literal["open", "reviewed"] = "open", before: str | None = None, limit: Limit = 50
) -> HttpResponse:
    """The reviewers' list: what waits, the oldest first; or what was reviewed, the newest first."""
    found = queries.review_list(shop_id=caller.shop_id, is_open=state == "open", before=before, limit=limit)
    return encoded(found)


@router.post("/quality/queue", needs=P.QUALITY_REVIEW, response=ConversationScores)
def spot_check(caller: Caller, body: SpotBody) -> HttpResponse:
    """Put a settled conversation on the reviewers' list."""
    conversation_state(shop_id=caller.shop_id, conversation_id=body.conversation_id)
    actions.spot_check(
        actor=caller.actor, conversation_id=body.conversation_id, agent_id=body.agent_id, note=body.note
    )  # fmt: skip
    found = queries.current_scores(caller.shop_id, body.conversation_id, agent_id=body.agent_id)
    return encoded({"items": details.details(caller.shop_id, found)})


@router.delete("/quality/queue/{score_id}", needs=P.QUALITY_REVIEW, response={204: None})
def take_off_list(caller: Caller, score_id: int) -> HttpResponse:
    """Take back what somebody has put on the list, as long as nobody has reviewed it."""
    actions.take_off_list(actor=caller.actor, score_id=score_id)
    return HttpResponse(status=204)


@router.put("/quality/score/{score_id}/review", needs=P.QUALITY_REVIEW, response=ScoreDetail)
def put_review(caller: Caller, score_id: int, body: ReviewBody) -> HttpResponse:
    """Say what one holds of a score, by the same criteria; nobody reviews themselves."""
    actions.put_review(
        actor=caller.actor, score_id=score_id, criteria=_tenths(body.criteria), notes=body.notes, words=body.words,
        v=body.v,
    )  # fmt: skip
    return encoded(_detail(caller, score_id))


@router.post("/quality/score/{score_id}/dispute", needs=P.CONVERSATION_READ, response=DisputeObject)
def dispute_score(caller: Caller, score_id: int, body: DisputeBody) -> HttpResponse:
    """Say why one's own score is wrong, once."""
    if _score(caller, score_id).agent_id != caller.agent.pk:
        raise Forbidden("Only whoever wrote this can dispute its score.")
    return encoded(
        dispute_object(actions.dispute_score(actor=caller.actor, score_id=score_id, words=body.words))
    )  # fmt: skip


@router.get("/quality/disputes", needs=P.CONVERSATION_READ, response=DisputePage)
def list_disputes(
    caller: Caller, state: Literal["open", "all"] = "open", before: str | None = None, limit: Limit = 50
) -> HttpResponse:
    """Disputes, the newest first: one's own, or everybody's for whoever reviews."""
    agent_id = None if caller.may(P.QUALITY_REVIEW) else caller.agent.pk
    return encoded(
        queries.disputes(
            shop_id=caller.shop_id, agent_id=agent_id, is_open=state == "open", before=before, limit=limit
        )
    )  # fmt: skip


@router.post("/quality/disputes/{dispute_id}/answer", needs=P.QUALITY_REVIEW, response=DisputeObject)
def answer_dispute(caller: Caller, dispute_id: int, body: DisputeAnswerBody) -> HttpResponse:
    """Uphold a score or change it, with a reason; nobody answers their own dispute."""
    answered = actions.answer_dispute(
        actor=caller.actor, dispute_id=dispute_id, decision=body.decision, reason=body.reason,
        criteria=_tenths(body.criteria),
    )  # fmt: skip
    return encoded(dispute_object(answered))


def _whose(caller: Caller, agent_id: int | None) -> int | None:
    """Whose scores are meant. Raises: Forbidden, for somebody else's without the right to review."""
    if caller.may(P.QUALITY_REVIEW):
        return agent_id
    if agent_id not in (None, caller.agent.pk):
        raise Forbidden("You see your own scores.")
    return caller.agent.pk


def _score(caller: Caller, score_id: int) -> Score:
    """A score that the caller may see. Raises: NotFound."""
    found = queries.score_here(caller.shop_id, score_id)
    if found.agent_id != caller.agent.pk and not caller.may(P.QUALITY_REVIEW):
        raise NotFound("There is no such score.")
    return found


def _detail(caller: Caller, score_id: int) -> ScoreDetail:
    [found] = details.details(caller.shop_id, [_score(caller, score_id)])
    return found


def _tenths(given: dict[str, float | None]) -> dict[str, Points]:
    return {name: None if points is None else round(points * 10) for name, points in given.items()}
