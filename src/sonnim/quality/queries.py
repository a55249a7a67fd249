"""Reads of scores: pages, one conversation, the reviewers' list, disputes."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from sonnim.conversations.queues import cursor_after, read_cursor
from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound
from sonnim.quality.models import Dispute, Line, Listed, Review, Score
from sonnim.quality.shapes import (
    DisputePage,
    ListedPage,
    ScorePage,
    dispute_object,
    listed_object,
    score_object,
)

LAST_MS = 253_402_300_799_000


def scores() -> QuerySet[Score]:
    """Scores as score_object wants them: a page in one statement."""
    reviews = Review.objects.filter(score=OuterRef("pk")).order_by().values("score").annotate(n=Count("id")).values("n")
    reviewed = Coalesce(Subquery(reviews, output_field=IntegerField()), Value(0))
    return Score.objects.select_related("dispute", "listed", "predictor").annotate(reviewed=reviewed)


def score_here(shop_id: int, score_id: int) -> Score:
    """A score of this shop. Raises: NotFound."""
    found = scores().filter(pk=score_id, shop_id=shop_id).first()
    if found is None:
        raise NotFound("There is no such score.")
    return found


def current_scores(shop_id: int, conversation_id: int, *, agent_id: int | None = None) -> list[Score]:
    """The parts of a conversation as they are scored now."""
    rows = scores().filter(shop_id=shop_id, conversation_id=conversation_id, current=True)
    return list((rows if agent_id is None else rows.filter(agent_id=agent_id)).order_by("agent_id"))


def page(*, shop_id: int, wanted: dict[str, Any], before: str | None, limit: int) -> ScorePage:
    """Current scores, the conversation settled last first.

    Args:
        wanted: any of agent_id, week, rule, critical, since (an instant).

    Raises:
        Invalid: no such place.
    """
    rows = _rows_of_rule(shop_id, wanted) if wanted.get("rule") else _rows(shop_id, wanted)
    if before is not None:
        at_ms, last = read_cursor(before, 2)
        at = clock.from_ms(min(at_ms, LAST_MS))
        place = "score_id" if wanted.get("rule") else "pk"
        rows = rows.filter(Q(resolved_at__lte=at), Q(resolved_at__lt=at) | Q(**{f"{place}__lt": last}))
    if wanted.get("rule"):
        ids = list(rows.values_list("score_id", flat=True)[: limit + 1])
        by_id = scores().in_bulk(ids)
        found = [by_id[each] for each in ids if each in by_id]
    else:
        found = list(rows[: limit + 1])
    shown = found[:limit]
    more = cursor_after(clock.to_ms(shown[-1].resolved_at), shown[-1].pk) if len(found) > limit else None
    return ScorePage(items=[score_object(each) for each in shown], next=more)


def _rows(shop_id: int, wanted: dict[str, Any]) -> QuerySet[Any]:
    rows = _narrowed(scores().filter(shop_id=shop_id, current=True), wanted)
    if wanted.get("critical"):
        rows = rows.filter(critical=True)
    return rows.order_by("-resolved_at", "-id")


def _rows_of_rule(shop_id: int, wanted: dict[str, Any]) -> QuerySet[Any]:
    """The scores in which a rule spoke, found by the lines, each once."""
    rows = _narrowed(Line.objects.filter(shop_id=shop_id, current=True, rule=wanted["rule"]), wanted)
    return rows.order_by("-resolved_at", "-score_id").values("score_id", "resolved_at").distinct()


def _narrowed(rows: QuerySet[Any], wanted: dict[str, Any]) -> QuerySet[Any]:
    for name in ("agent_id", "week"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    if wanted.get("since"):
        rows = rows.filter(resolved_at__gte=wanted["since"])
    return rows


def review_list(*, shop_id: int, is_open: bool, before: str | None, limit: int) -> ListedPage:
    """What waits for a reviewer, oldest first; or what was reviewed, newest first. Raises: Invalid."""
    own = Prefetch("score", scores().prefetch_related("reviews"))
    rows = Listed.objects.filter(shop_id=shop_id, reviewed_at__isnull=is_open).prefetch_related(own)
    rows = rows.order_by("id" if is_open else "-id")
    if before is not None:
        last = read_cursor(before, 1)[0]
        rows = rows.filter(pk__gt=last) if is_open else rows.filter(pk__lt=last)
    found = list(rows[: limit + 1])
    shown = found[:limit]
    more = cursor_after(shown[-1].pk) if len(found) > limit else None
    return ListedPage(items=[listed_object(each) for each in shown], next=more)


def disputes(*, shop_id: int, agent_id: int | None, is_open: bool, before: str | None, limit: int) -> DisputePage:
    """Disputes of one agent or of all, newest first. Raises: Invalid."""
    rows = Dispute.objects.filter(shop_id=shop_id).select_related("score").order_by("-id")
    if agent_id is not None:
        rows = rows.filter(agent_id=agent_id)
    if is_open:
        rows = rows.filter(answered_at=None)
    if before is not None:
        rows = rows.filter(pk__lt=read_cursor(before, 1)[0])
    found = list(rows[: limit + 1])
    shown = found[:limit]
    more = cursor_after(shown[-1].pk) if len(found) > limit else None
    return DisputePage(items=[dispute_object(each) for each in shown], next=more)
