"""An agent does not agree with a score, and a lead answers."""

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from sonnim.quality.measures import card_of
from sonnim.quality.models import Dispute, Review
from sonnim.quality.queries import score_here
from sonnim.quality.rules import Points, counted
from sonnim.quality.scorecards import MAX_WORDS, check_points
from sonnim.quality.telling import announce


def dispute_score(*, actor: Actor, score_id: int, words: str) -> Dispute:
    """Say why a score of one's own is wrong, once.

    Raises:
        NotFound: no such score here.
        Forbidden: it is somebody else's.
        Conflict: it was disputed before.
        Invalid: no words, or too many.
    """
    said = words.strip()
    if not 0 < len(said) <= MAX_WORDS:
        raise Invalid("Say what is wrong with it.", fields={"words": f"1 to {MAX_WORDS} characters"})
    with log.unit(actor.shop_id) as work:
        score = score_here(actor.shop_id, score_id)
        if score.agent_id != actor.agent.pk:
            raise Forbidden("Only whoever wrote this can dispute its score.")
        if Dispute.objects.filter(score=score).exists():
            raise Conflict("You have disputed this score before.")
        dispute = Dispute.objects.create(
            score=score, shop_id=actor.shop_id, agent_id=score.agent_id, words=said
        )  # fmt: skip
        audit.record(actor, "quality.disputed", target=f"score:{score.pk}")
        announce(work, actor.shop_id, [score.agent_id])
    return dispute


def answer_dispute(
    *, actor: Actor, dispute_id: int, decision: str, reason: str, criteria: dict[str, Points]
) -> Dispute:
    """Uphold a score, or change what some criteria have got; either way with a reason.

    Args:
        decision: uphold or change.
        criteria: id → tenths; those that are not named stay as they counted: by the reviews, or else by the rules.

    Raises:
        NotFound: no such dispute here.
        Forbidden: it is one's own.
        Conflict: it was answered before.
        Invalid: no reason, or a change that changes nothing.
    """
    said = reason.strip()
    if not 0 < len(said) <= MAX_WORDS:
        raise Invalid("Say why.", fields={"reason": f"1 to {MAX_WORDS} characters"})
    if (decision == "change") != bool(criteria):
        raise Invalid("Say which criteria change.", fields={"criteria": "some for a change, none otherwise"})
    with log.unit(actor.shop_id) as work:
        dispute = Dispute.objects.select_related("score").filter(pk=dispute_id, shop_id=actor.shop_id).first()
        if dispute is None:
            raise NotFound("There is no such dispute.")
        if dispute.agent_id == actor.agent.pk:
            raise Forbidden("Somebody else answers this.")
        score = dispute.score
        card = card_of(actor.shop_id, score.version)
        check_points(card, criteria, {}, "")
        if dispute.answered_at is not None:
            raise Conflict("This was answered before.")
        dispute.outcome = "changed" if decision == "change" else "upheld"
        dispute.reason, dispute.criteria = said, criteria
        dispute.answered_by_id, dispute.answered_at = actor.agent.pk, clock.now()
        dispute.save()
        if criteria:
            reviews = Review.objects.filter(score=score).order_by("id").values_list("criteria", flat=True)
            score.points, score.critical = counted(card.criteria, score.criteria, reviews, criteria)
            score.by = "dispute"
            score.save(update_fields=["points", "critical", "by"])
        audit.record(
            actor, "quality.dispute_answered", target=f"score:{score.pk}", outcome=dispute.outcome
        )  # fmt: skip
        announce(work, actor.shop_id, [score.agent_id])
    return dispute
