"""People look again: what is put on their list, and what they hold of it."""

import hashlib
from collections import Counter
from zoneinfo import ZoneInfo

from django.db.models import Count

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Shop
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, NotFound
from sonnim.quality.actions.scoring import score_conversations
from sonnim.quality.measures import card_in_force, card_of
from sonnim.quality.models import Dispute, Listed, Review, Score
from sonnim.quality.queries import current_scores, score_here
from sonnim.quality.rules import Points, counted, total
from sonnim.quality.scorecards import Card, check_points
from sonnim.quality.telling import announce
from sonnim.quality.weeks import last_weeks


def draw_samples() -> int:
    """Put last week's conversations on the reviewers' lists, so many of each agent; answers how many were put there.

    Those come first that failed a critical criterion, the rest by lot; the lot falls the same way whenever it is drawn,
    so that this may run anywhere, at any time, twice.
    """
    return sum(_draw(shop_id, zone) for shop_id, zone in Shop.objects.values_list("pk", "timezone").order_by("pk"))


def _draw(shop_id: int, zone: str) -> int:
    week = last_weeks(clock.now(), ZoneInfo(zone), n=2)[0]
    most = card_in_force(shop_id).per_week
    if not most or not _wanting(shop_id, week, most):
        return 0
    with log.unit(shop_id) as work:
        wanting = _wanting(shop_id, week, most)
        rows = Score.objects.filter(shop_id=shop_id, week=week, current=True, agent_id__in=wanting, listed=None)
        found: dict[int, list[tuple[bool, str, int]]] = {}
        for pk, agent, conversation, critical in rows.values_list("pk", "agent_id", "conversation_id", "critical"):
            found.setdefault(agent, []).append((not critical, _lot(week, conversation, agent), pk))
        drawn = [
            Listed(score_id=pk, shop_id=shop_id, agent_id=agent, week=week, why="sample" if is_fine else "critical")
            for agent, lots in sorted(found.items())
            for is_fine, _, pk in sorted(lots)[: wanting[agent]]
        ]
        Listed.objects.bulk_create(drawn)
        if drawn:
            announce(work, shop_id, {each.agent_id for each in drawn})
    return len(drawn)


def _wanting(shop_id: int, week: str, most: int) -> dict[int, int]:
    """Agent → how many more of the week's conversations belong on the list, of those who have any left."""
    rows = Score.objects.filter(shop_id=shop_id, week=week, current=True).values_list("agent_id")
    scored = dict(rows.annotate(n=Count("id")))
    if not scored:
        return {}
    listed = Listed.objects.filter(shop_id=shop_id, week=week)
    waiting = Counter(listed.filter(score__current=True).values_list("agent_id", flat=True))
    drawn = Counter(listed.exclude(why="spot").values_list("agent_id", flat=True))
    wanted = {agent: min(most - drawn[agent], n - waiting[agent]) for agent, n in scored.items()}
    return {agent: n for agent, n in wanted.items() if n > 0}


def _lot(week: str, conversation_id: int, agent_id: int) -> str:
    return hashlib.sha256(f"{week}:{conversation_id}:{agent_id}".encode()).hexdigest()


def spot_check(*, actor: Actor, conversation_id: int, agent_id: int | None = None, note: str = "") -> list[Listed]:
    """Put any settled conversation on the list: one agent's part, or all parts. Again changes nothing.

    Raises:
        NotFound: no such conversation here, or this agent did not write in it.
        Conflict: it is not settled, so that there is nothing to look at yet.
    """
    shop_id = actor.shop_id
    if not current_scores(shop_id, conversation_id):
        score_conversations(shop_id=shop_id, ids=[conversation_id])
    with log.unit(shop_id) as work:
        # Read here and not before: a score that another one replaces meanwhile is gone.
        scores = current_scores(shop_id, conversation_id)
        if not scores:
            raise Conflict("This conversation is not settled, or no agent has written in it.")
        chosen = [each for each in scores if agent_id in (None, each.agent_id)]
        if not chosen:
            raise NotFound("This agent has not written there.")
        known = {each.score_id: each for each in Listed.objects.filter(score_id__in=[each.pk for each in chosen])}
        added = [
            Listed(
                score=each, shop_id=shop_id, agent_id=each.agent_id, week=each.week, why="spot", note=note.strip(),
                by_id=actor.agent.pk,
            )
            for each in chosen
            if each.pk not in known
        ]  # fmt: skip
        Listed.objects.bulk_create(added)
        if added:
            audit.record(actor, "quality.spot_check", target=f"conversation:{conversation_id}")
            announce(work, shop_id, {each.agent_id for each in added})
    return [*known.values(), *added]


def take_off_list(*, actor: Actor, score_id: int) -> None:
    """Take back what a lead has put on the list, as long as nobody has reviewed it. Again changes nothing.

    Raises:
        NotFound: no such score here.
        Conflict: it was drawn and not put there, or somebody has reviewed it.
    """
    with log.unit(actor.shop_id) as work:
        score = score_here(actor.shop_id, score_id)
        listed = Listed.objects.filter(score=score).first()
        if listed is None:
            return
        if listed.why != "spot" or listed.reviewed_at is not None:
            raise Conflict("Only what somebody has put there can be taken back, until it is reviewed.")
        listed.delete()
        audit.record(actor, "quality.spot_check_undone", target=f"conversation:{score.conversation_id}")
        announce(work, actor.shop_id, [score.agent_id])


def put_review(
    *, actor: Actor, score_id: int, criteria: dict[str, Points], notes: dict[str, str], words: str, v: int
) -> Score:
    """Say what one holds of the same criteria; again, it takes the place of what one said before.

    Args:
        criteria: id → tenths, None where it does not apply.
        v: of one's own review that was changed, 0 for a first one.

    Raises:
        NotFound: no such score here.
        Forbidden: it is one's own part.
        Conflict: one has changed it elsewhere.
        Invalid: a criterion that the scorecard does not know, or too many words.
    """
    with log.unit(actor.shop_id) as work:
        score = score_here(actor.shop_id, score_id)
        if score.agent_id == actor.agent.pk:
            raise Forbidden("Somebody else looks at what you wrote.")
        card = card_of(actor.shop_id, score.version)
        check_points(card, criteria, notes, words)
        review = Review.objects.filter(score=score, reviewer_id=actor.agent.pk).first()
        if (review.v if review else 0) != v:
            raise Conflict("You have changed this review elsewhere.", fields={"v": str(review.v if review else 0)})
        if review is None:
            review = Review(score=score, shop_id=actor.shop_id, reviewer_id=actor.agent.pk, v=0)
        review.points = total(card.criteria, criteria).points
        review.criteria, review.notes, review.words = criteria, notes, words.strip()
        review.v, review.changed_at = v + 1, clock.now()
        review.save()
        Listed.objects.filter(score=score, reviewed_at=None).update(reviewed_at=clock.now())
        _count(score, card)
        audit.record(actor, "quality.reviewed", target=f"score:{score.pk}")
        announce(work, actor.shop_id, [score.agent_id])
    return score


def _count(score: Score, card: Card) -> None:
    """What counts is the mean of what people hold of it, without any the rules, unless a dispute has settled it."""
    if Dispute.objects.filter(score=score, outcome="changed").exists():
        return
    rows = Review.objects.filter(score=score).values_list("points", "criteria")
    held = [criteria for points, criteria in rows if points is not None]
    score.points, score.critical = counted(card.criteria, score.criteria, held, {})
    score.by = "review" if held else "rules"
    score.save(update_fields=["points", "by", "critical"])
