"""Predicted satisfaction over weeks, and the conversations most likely unhappy. What shoppers said is no part of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Count, Q, Sum

from sonnim.conversations.queues import cursor_after, read_cursor
from sonnim.quality.models import Predictor, Score
from sonnim.quality.predicted_shapes import PredictedWeek, PredictedWeeks, PredictorObject, predictor_object
from sonnim.quality.queries import scores
from sonnim.quality.shapes import ScorePage, score_object

LIKELY = 500
"""More likely unhappy than not, in thousandths."""


class Sums(NamedTuple):
    """Of some predictions: hundredths added up, how many, and how many of them are more likely unhappy."""

    satisfaction: int = 0
    n: int = 0
    unhappy: int = 0

    def plus(self, other: "Sums") -> "Sums":
        return Sums(*(one + two for one, two in zip(self, other, strict=True)))


class Row(NamedTuple):
    """An agent's week by one model: all that is predicted, and what counts once where several wrote."""

    agent: int
    week: str
    predictor: int
    own: Sums
    once: Sums


def unhappy_page(*, shop_id: int, week: str, before: str | None, limit: int) -> ScorePage:
    """A week's conversations that are more likely unhappy than not, the likeliest first, each once.

    Raises:
        Invalid: no such place.
    """
    rows = scores().filter(shop_id=shop_id, week=week, current=True, had_last_word=True, unhappy__gte=LIKELY)
    if before is not None:
        unhappy, last = read_cursor(before, 2)
        rows = rows.filter(Q(unhappy__lte=unhappy), Q(unhappy__lt=unhappy) | Q(pk__lt=last))
    found = list(rows.order_by("-unhappy", "-id")[: limit + 1])
    shown = found[:limit]
    more = cursor_after(shown[-1].unhappy or 0, shown[-1].pk) if len(found) > limit else None
    return ScorePage(items=[score_object(each) for each in shown], next=more)


def rows_of(wanted: Q) -> list[Row]:
    """What is predicted of the conversations of these scores, in one statement."""
    rows = Score.objects.filter(wanted, predictor__isnull=False).order_by()
    is_unhappy, once = Q(unhappy__gte=LIKELY), Q(had_last_word=True)
    summed = rows.values_list("agent_id", "week", "predictor_id").annotate(
        a=Sum("satisfaction"), b=Count("id"), c=Count("id", filter=is_unhappy),
        d=Sum("satisfaction", filter=once), e=Count("id", filter=once), f=Count("id", filter=is_unhappy & once),
    )  # fmt: skip
    return [
        Row(agent, week, predictor, Sums(a, b, c), Sums(d or 0, e, f))
        for agent, week, predictor, a, b, c, d, e, f in summed
    ]


def predicted_weeks(
    rows: Iterable[Row], names: Sequence[str], by: Mapping[int, PredictorObject], *, agent_id: int | None = None
) -> PredictedWeeks:
    """The weeks of one agent, or of all together."""
    found: defaultdict[str, Sums] = defaultdict(Sums)
    asked: dict[int, None] = {}
    for row in rows:
        if agent_id in (None, row.agent):
            found[row.week] = found[row.week].plus(row.once if agent_id is None else row.own)
            asked[row.predictor] = None
    whole = _week(Sums(*map(sum, zip(*found.values(), strict=True))) if found else Sums())
    return PredictedWeeks(
        **whole, weeks=[_week(found.get(name, Sums())) for name in names], by=[by[each] for each in sorted(asked)]
    )


def predictors(rows: Iterable[Row]) -> dict[int, PredictorObject]:
    """The models that said so."""
    known = Predictor.objects.in_bulk({row.predictor for row in rows})
    return {pk: predictor_object(each) for pk, each in known.items()}


def _week(sums: Sums) -> PredictedWeek:
    if not sums.n:
        return PredictedWeek(mean=None, unhappy=None, count=0)
    return PredictedWeek(
        mean=round(sums.satisfaction / sums.n / 100, 2), unhappy=round(sums.unhappy / sums.n, 3), count=sums.n
    )
