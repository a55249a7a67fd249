"""One conversation's scores with what stands behind them: the replies, as far as their wording is still there."""

from collections.abc import Iterable

from sonnim.accounts.http import rfc3339
from sonnim.conversations.models import Entry
from sonnim.quality.measures import card_of
from sonnim.quality.models import Dispute, Line, Review, Score
from sonnim.quality.rules import difference
from sonnim.quality.scorecards import Card
from sonnim.quality.shapes import (
    ScoreDetail,
    ScoredReply,
    ScoreLineObject,
    SentenceObject,
    dispute_object,
    review_object,
    score_object,
    scorecard_object,
    worth,
)

MOST_TEXT = 4_000
WEIGHTS = {"note": 1, "warning": 2, "serious": 3}
Wordings = dict[int, Entry]


def details(shop_id: int, found: list[Score]) -> list[ScoreDetail]:
    """Scores with their lines and what people said: so many statements for one as for several."""
    ids = [each.pk for each in found]
    lines = list(Line.objects.filter(score_id__in=ids).order_by("seq", "start", "id"))
    reviews = list(Review.objects.filter(score_id__in=ids).order_by("id"))
    disputes = {each.score_id: each for each in Dispute.objects.filter(score_id__in=ids).select_related("score")}
    cards = {n: card_of(shop_id, n) for n in {each.version for each in found}}
    wordings = wordings_of([*(each.entry_id for each in lines), *(e.best["entry_id"] for e in found if e.best)])
    return [
        _detail(
            each,
            cards[each.version],
            [line for line in lines if line.score_id == each.pk],
            [review for review in reviews if review.score_id == each.pk],
            disputes.get(each.pk),
            wordings,
        )
        for each in found
    ]


def wordings_of(entry_ids: Iterable[int]) -> Wordings:
    """The entries in which lines stand."""
    rows = Entry.objects.filter(pk__in=set(entry_ids)).only("id", "text", "hidden", "edited_at", "at")
    return {each.pk: each for each in rows}


def piece_of(score: Score, entry: Entry | None, start: int, end: int) -> str | None:
    """What stood there when it was scored; None where the wording is gone, or was edited since."""
    return None if entry is None or not _stands(score, entry) else entry.text[start:end]


def best_of(score: Score, wordings: Wordings) -> SentenceObject | None:
    """The most courteous sentence, where it can still be read."""
    if score.best is None:
        return None
    at = score.best
    return _sentence(score, at["entry_id"], at["seq"], at["start"], at["end"], wordings)


def worst_of(score: Score, lines: Iterable[Line], wordings: Wordings) -> SentenceObject | None:
    """The piece with the gravest mark, of two the later one, where it can still be read."""
    for line in sorted(lines, key=lambda each: (-WEIGHTS[each.severity], -each.seq, each.start)):
        found = _sentence(score, line.entry_id, line.seq, line.start, line.end, wordings, line)
        if found is not None:
            return found
    return None


def _sentence(
    score: Score, entry_id: int, seq: int, start: int, end: int, wordings: Wordings, line: Line | None = None
) -> SentenceObject | None:
    piece = piece_of(score, wordings.get(entry_id), start, end)
    if not piece:
        return None
    return SentenceObject(
        score_id=score.pk, conversation_id=score.conversation_id, entry_id=entry_id, seq=seq, start=start, end=end,
        piece=piece, rule=line.rule if line else "", severity=line.severity if line else "",
    )  # fmt: skip


def _stands(score: Score, entry: Entry) -> bool:
    # In the very millisecond nobody can say which came first.
    return not entry.hidden and (entry.edited_at is None or entry.edited_at < score.scored_at)


def _detail(
    score: Score, card: Card, lines: list[Line], reviews: list[Review], dispute: Dispute | None, wordings: Wordings
) -> ScoreDetail:
    held = [each.points for each in reviews if each.points is not None]
    return ScoreDetail(
        score=score_object(score),
        scorecard=scorecard_object(card),
        replies=_replies(score, card, lines, wordings),
        best=best_of(score, wordings),
        worst=worst_of(score, lines, wordings),
        reviews=[review_object(each) for each in reviews],
        difference=_differences(reviews),
        total_difference=worth(max(held) - min(held)) if len(held) > 1 else None,
        dispute=None if dispute is None else dispute_object(dispute),
    )


def _differences(reviews: list[Review]) -> dict[str, float]:
    found: dict[str, float] = {}
    for at, one in enumerate(reviews):
        for other in reviews[at + 1 :]:
            for name, by in difference(one.criteria, other.criteria).items():
                found[name] = max(found.get(name, 0.0), by / 10)
    return found


def _replies(score: Score, card: Card, lines: list[Line], wordings: Wordings) -> list[ScoredReply]:
    criteria = {rule: each.id for each in card.criteria for rule in each.rules}
    found: dict[int, ScoredReply] = {}
    for line in lines:
        entry = wordings.get(line.entry_id)
        if entry is None:
            continue
        if line.entry_id not in found:
            text = entry.text[:MOST_TEXT] if _stands(score, entry) else None
            found[line.entry_id] = ScoredReply(
                entry_id=line.entry_id, seq=line.seq, at=rfc3339(entry.at), text=text, lines=[]
            )
        found[line.entry_id]["lines"].append(
            ScoreLineObject(
                rule=line.rule,
                severity=line.severity,  # type: ignore[typeddict-item]
                criterion=criteria.get(line.rule),
                start=line.start,
                end=line.end,
                piece=piece_of(score, entry, line.start, line.end),
            )
        )
    return list(found.values())
