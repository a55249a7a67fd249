"""Scores, scorecards, reviews and disputes as clients see them. Points are 0 to 100 with one decimal."""

from typing import Literal

from typing_extensions import TypedDict

from sonnim.accounts.http import rfc3339
from sonnim.quality.models import Dispute, Listed, Review, Score
from sonnim.quality.predicted_shapes import PredictedObject, PredictedWeeks, predicted_object
from sonnim.quality.rules import Criterion, Points
from sonnim.quality.scorecards import Card

Worth = float | None
By = Literal["rules", "review", "dispute"]


class CriterionObject(TypedDict):
    """A line of a scorecard; `rules` are the coach's, where `kind` is marks."""

    id: str
    names: dict[str, str]
    weight: int
    critical: bool
    kind: Literal["marks", "clocks", "outcome", "people"]
    rules: list[str]


class ScorecardObject(TypedDict):
    """A scorecard, and who wrote it when; `version` 0 is the one that ships, which nobody has written."""

    version: int
    criteria: list[CriterionObject]
    per_week: int
    changed_by_id: int | None
    changed_at: str | None


class RescoreObject(TypedDict):
    """How far scoring the past is: `done` of `total` conversations that were settled since then."""

    under_way: bool
    since: str | None
    done: int
    total: int


class ScoreObject(TypedDict):
    """What one agent's part in a conversation is worth. `points` is what counts, by whose word says `by`.

    `predicted` is of the conversation, and null where the shopper has answered or nothing was asked of a model.
    """

    id: int
    conversation_id: int
    agent_id: int
    version: int
    seq: int
    points: Worth
    rule_points: Worth
    by: By
    critical: bool
    criteria: dict[str, Worth]
    replies: int
    marks: int
    resolved_at: str
    week: str
    scored_at: str
    current: bool
    dispute: Literal["open", "upheld", "changed"] | None
    listed: Literal["critical", "sample", "spot"] | None
    reviews: int
    predicted: PredictedObject | None


class ScorePage(TypedDict):
    """Scores, the conversation settled last first; `next` is the `before` of the following page."""

    items: list[ScoreObject]
    next: str | None


class ScoreLineObject(TypedDict):
    """A mark: from `start` to `end` of the reply, in code points. `piece` is null where the wording is gone or new."""

    rule: str
    severity: Literal["note", "warning", "serious"]
    criterion: str | None
    start: int
    end: int
    piece: str | None


class ScoredReply(TypedDict):
    """A reply with what the coach says of it. `text` is null where the wording is gone or was edited since."""

    entry_id: int
    seq: int
    at: str
    text: str | None
    lines: list[ScoreLineObject]


class SentenceObject(TypedDict):
    """A sentence worth showing; `rule` and `severity` are empty for a good one."""

    score_id: int
    conversation_id: int
    entry_id: int
    seq: int
    start: int
    end: int
    piece: str
    rule: str
    severity: str


class ReviewObject(TypedDict):
    """What a person holds of it."""

    id: int
    score_id: int
    reviewer_id: int
    points: Worth
    criteria: dict[str, Worth]
    notes: dict[str, str]
    words: str
    v: int
    at: str


class DisputeObject(TypedDict):
    """An agent's word against a score, and a lead's answer."""

    id: int
    score_id: int
    conversation_id: int
    agent_id: int
    words: str
    at: str
    outcome: Literal["open", "upheld", "changed"]
    reason: str
    criteria: dict[str, Worth]
    answered_by_id: int | None
    answered_at: str | None


class ScoreDetail(TypedDict):
    """A score with what stands behind it. `difference`: by how much reviewers differ at most, by criterion."""

    score: ScoreObject
    scorecard: ScorecardObject
    replies: list[ScoredReply]
    best: SentenceObject | None
    worst: SentenceObject | None
    reviews: list[ReviewObject]
    difference: dict[str, float]
    total_difference: float | None
    dispute: DisputeObject | None


class ConversationScores(TypedDict):
    """All parts of a conversation that the caller may see."""

    items: list[ScoreDetail]


class WeekObject(TypedDict):
    """A week of one agent or of all: how many scores, their mean, failed critical ones, and what reviewers held."""

    week: str
    mean: Worth
    count: int
    critical: int
    reviewed: int
    review_mean: Worth


class RuleCount(TypedDict):
    """How often a rule spoke; `weeks` in the order of the summary's."""

    rule: str
    count: int
    weeks: list[int]


class CriterionMean(TypedDict):
    """What a criterion came to, over the newest 500 scores of the time; `count` is where it applied."""

    id: str
    names: dict[str, str]
    mean: Worth
    count: int


class Summary(TypedDict):
    """An agent's weeks, oldest first. `change` is the last week with scores against the one before."""

    agent_id: int
    weeks: list[WeekObject]
    mean: Worth
    count: int
    change: Worth
    rules: list[RuleCount]
    criteria: list[CriterionMean]
    best: list[SentenceObject]
    worst: list[SentenceObject]
    predicted: PredictedWeeks


class TeamMember(TypedDict):
    """One agent of a team's summary; `weeks` are means in the order of the summary's."""

    agent_id: int
    mean: Worth
    count: int
    critical: int
    change: Worth
    weeks: list[Worth]
    rules: dict[str, int]
    predicted: PredictedWeeks


class TeamSummary(TypedDict):
    """Everybody's weeks, oldest first."""

    weeks: list[WeekObject]
    mean: Worth
    count: int
    change: Worth
    agents: list[TeamMember]
    rules: list[RuleCount]
    open_reviews: int
    open_disputes: int
    predicted: PredictedWeeks


class ListedObject(TypedDict):
    """A place on the reviewers' list. `difference`: by how much the reviewers' totals differ, where there are two."""

    id: int
    why: Literal["critical", "sample", "spot"]
    week: str
    note: str
    by_id: int | None
    at: str
    reviewed_at: str | None
    reviewer_ids: list[int]
    difference: float | None
    score: ScoreObject


class ListedPage(TypedDict):
    """The reviewers' list, oldest first where it is open, else newest first."""

    items: list[ListedObject]
    next: str | None


class DisputePage(TypedDict):
    """Disputes, newest first."""

    items: list[DisputeObject]
    next: str | None


def worth(points: Points) -> Worth:
    """Tenths as people read them."""
    return None if points is None else points / 10


def worths(criteria: dict[str, Points]) -> dict[str, Worth]:
    """The same of each criterion."""
    return {name: worth(own) for name, own in criteria.items()}


def scorecard_object(card: Card) -> ScorecardObject:
    """A scorecard for agents."""
    return ScorecardObject(
        version=card.n,
        criteria=[criterion_object(each) for each in card.criteria],
        per_week=card.per_week,
        changed_by_id=card.author_id,
        changed_at=None if card.at is None else rfc3339(card.at),
    )


def criterion_object(criterion: Criterion) -> CriterionObject:
    """A criterion with every field."""
    return CriterionObject(
        id=criterion.id,
        names=criterion.names,
        weight=criterion.weight,
        critical=criterion.critical,
        kind=criterion.kind,
        rules=criterion.rules,
    )


def score_object(score: Score) -> ScoreObject:
    """A score as `queries.scores` reads it."""
    dispute: Dispute | None = getattr(score, "dispute", None)
    listed: Listed | None = getattr(score, "listed", None)
    return ScoreObject(
        id=score.pk,
        conversation_id=score.conversation_id,
        agent_id=score.agent_id,
        version=score.version,
        seq=score.seq,
        points=worth(score.points),
        rule_points=worth(score.rule_points),
        by=score.by,  # type: ignore[typeddict-item]
        critical=score.critical,
        criteria=worths(score.criteria),
        replies=score.replies,
        marks=score.marks,
        resolved_at=rfc3339(score.resolved_at),
        week=score.week,
        scored_at=rfc3339(score.scored_at),
        current=score.current,
        dispute=None if dispute is None else dispute.outcome or "open",  # type: ignore[typeddict-item]
        listed=None if listed is None else listed.why,  # type: ignore[typeddict-item]
        reviews=score.reviewed,  # type: ignore[attr-defined]
        predicted=predicted_object(score),
    )


def review_object(review: Review) -> ReviewObject:
    """A review for those who may see its score."""
    return ReviewObject(
        id=review.pk,
        score_id=review.score_id,
        reviewer_id=review.reviewer_id,
        points=worth(review.points),
        criteria=worths(review.criteria),
        notes=review.notes,
        words=review.words,
        v=review.v,
        at=rfc3339(review.changed_at),
    )


def dispute_object(dispute: Dispute) -> DisputeObject:
    """A dispute, its score read along."""
    return DisputeObject(
        id=dispute.pk,
        score_id=dispute.score_id,
        conversation_id=dispute.score.conversation_id,
        agent_id=dispute.agent_id,
        words=dispute.words,
        at=rfc3339(dispute.at),
        outcome=dispute.outcome or "open",  # type: ignore[typeddict-item]
        reason=dispute.reason,
        criteria=worths(dispute.criteria),
        answered_by_id=dispute.answered_by_id,
        answered_at=None if dispute.answered_at is None else rfc3339(dispute.answered_at),
    )


def listed_object(listed: Listed) -> ListedObject:
    """A place on the list, with its score and its reviews read along."""
    found = sorted(listed.score.reviews.all(), key=lambda each: each.pk)
    held = [each.points for each in found if each.points is not None]
    return ListedObject(
        id=listed.pk,
        why=listed.why,  # type: ignore[typeddict-item]
        week=listed.week,
        note=listed.note,
        by_id=listed.by_id,
        at=rfc3339(listed.at),
        reviewed_at=None if listed.reviewed_at is None else rfc3339(listed.reviewed_at),
        reviewer_ids=[each.reviewer_id for each in found],
        difference=worth(max(held) - min(held)) if len(held) > 1 else None,
        score=score_object(listed.score),
    )
