"""Weeks, rule by rule: of one agent, or of everybody. A handful of statements, however many scores there are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Avg, Count, Q

from sonnim.accounts.models import Shop
from sonnim.kernel import clock
from sonnim.quality.details import best_of, wordings_of, worst_of
from sonnim.quality.measures import card_in_force
from sonnim.quality.models import Dispute, Line, Listed, Review, Score
from sonnim.quality.predicted_shapes import PredictedWeeks
from sonnim.quality.predictions import predicted_weeks, predictors, rows_of
from sonnim.quality.shapes import (
    CriterionMean,
    RuleCount,
    SentenceObject,
    Summary,
    TeamMember,
    TeamSummary,
    WeekObject,
    Worth,
)
from sonnim.quality.weeks import last_weeks

LOOKED_AT = 500
EXAMPLES = 3
_CANDIDATES = 30


class Week(NamedTuple):
    """The sums of some scores; points are tenths."""

    mean: float | None = None
    n: int = 0
    rated: int = 0
    critical: int = 0


def summary(*, shop_id: int, agent_id: int, weeks: int) -> Summary:
    """An agent's last weeks, this one included."""
    names = _weeks(shop_id, weeks)
    by_agent = _scores(shop_id, names, agent_id)
    own = by_agent.get(agent_id, {})
    held = _held(shop_id, names, agent_id)
    whole = _whole(own.values())
    best, worst = _examples(shop_id, names, agent_id)
    return Summary(
        agent_id=agent_id,
        weeks=[_week(name, own.get(name, Week()), held) for name in names],
        mean=_worth(whole.mean),
        count=whole.n,
        change=_change([own.get(name, Week()) for name in names]),
        rules=_rules(_marks(shop_id, names, agent_id), names),
        criteria=_criteria(shop_id, names, agent_id),
        best=best,
        worst=worst,
        predicted=_predicted(shop_id, names, [agent_id])[agent_id],
    )


def team_summary(*, shop_id: int, weeks: int) -> TeamSummary:
    """Everybody's last weeks, this one included."""
    names = _weeks(shop_id, weeks)
    by_agent = _scores(shop_id, names, None)
    together = {name: _whole(own[name] for own in by_agent.values() if name in own) for name in names}
    held = _held(shop_id, names, None)
    marks = _marks(shop_id, names, None)
    rules = _by_agent(marks)
    whole = _whole(together.values())
    foretold = _predicted(shop_id, names, [*by_agent, None])
    return TeamSummary(
        weeks=[_week(name, together[name], held) for name in names],
        mean=_worth(whole.mean),
        count=whole.n,
        change=_change([together[name] for name in names]),
        agents=[_member(agent, own, names, rules[agent], foretold[agent]) for agent, own in sorted(by_agent.items())],
        rules=_rules(marks, names),
        open_reviews=Listed.objects.filter(shop_id=shop_id, reviewed_at=None).count(),
        open_disputes=Dispute.objects.filter(shop_id=shop_id, answered_at=None).count(),
        predicted=foretold[None],
    )


Marks = Sequence[tuple[str, int, str, int]]
"""Week, agent, rule, how often."""


def _weeks(shop_id: int, weeks: int) -> list[str]:
    zone = ZoneInfo(Shop.objects.values_list("timezone", flat=True).get(pk=shop_id))
    return last_weeks(clock.now(), zone, n=weeks)


def _between(shop_id: int, names: list[str], agent_id: int | None, *, prefix: str = "") -> Q:
    wanted = Q(**{f"{prefix}current": True, f"{prefix}week__gte": names[0], f"{prefix}week__lte": names[-1]})
    wanted &= Q(shop_id=shop_id)
    return wanted if agent_id is None else wanted & Q(**{f"{prefix}agent_id": agent_id})


def _scores(shop_id: int, names: list[str], agent_id: int | None) -> dict[int, dict[str, Week]]:
    rows = Score.objects.filter(_between(shop_id, names, agent_id)).order_by().values_list("agent_id", "week")
    groups = rows.annotate(
        mean=Avg("points"), n=Count("id"), rated=Count("points"), failed=Count("id", filter=Q(critical=True))
    )
    found: defaultdict[int, dict[str, Week]] = defaultdict(dict)
    for agent, week, mean, n, rated, failed in groups:
        found[agent][week] = Week(None if mean is None else float(mean), n, rated, failed)
    return found


def _predicted(shop_id: int, names: list[str], whose: Sequence[int | None]) -> dict[int | None, PredictedWeeks]:
    """What is predicted of each of these agents, and under None of all together."""
    one = whose[0] if len(whose) == 1 else None
    rows = rows_of(_between(shop_id, names, one))
    by = predictors(rows)
    return {agent: predicted_weeks(rows, names, by, agent_id=agent) for agent in whose}


def _marks(shop_id: int, names: list[str], agent_id: int | None) -> Marks:
    rows = Line.objects.filter(_between(shop_id, names, agent_id)).order_by().values_list("week", "agent_id", "rule")
    return list(rows.annotate(n=Count("id")))


def _held(shop_id: int, names: list[str], agent_id: int | None) -> dict[str, tuple[int, float | None]]:
    """Week → how many reviews, and their mean."""
    rows = Review.objects.filter(_between(shop_id, names, agent_id, prefix="score__")).order_by()
    groups = rows.values_list("score__week").annotate(n=Count("id"), mean=Avg("points"))
    return {week: (n, None if mean is None else float(mean)) for week, n, mean in groups}


def _whole(weeks: Iterable[Week]) -> Week:
    found = list(weeks)
    rated = sum(each.rated for each in found)
    sum_ = sum((each.mean or 0.0) * each.rated for each in found)
    return Week(
        sum_ / rated if rated else None, sum(each.n for each in found), rated,
        sum(each.critical for each in found),
    )  # fmt: skip


def _worth(tenths: float | None) -> Worth:
    return None if tenths is None else round(tenths / 10, 1)


def _change(weeks: Sequence[Week]) -> Worth:
    means = [each.mean for each in weeks if each.mean is not None]
    return _worth(means[-1] - means[-2]) if len(means) > 1 else None


def _week(name: str, own: Week, held: dict[str, tuple[int, float | None]]) -> WeekObject:
    reviewed, mean = held.get(name, (0, None))
    return WeekObject(
        week=name,
        mean=_worth(own.mean),
        count=own.n,
        critical=own.critical,
        reviewed=reviewed,
        review_mean=_worth(mean),
    )


def _rules(marks: Marks, names: list[str]) -> list[RuleCount]:
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(names))
    for week, _, rule, n in marks:
        counts[rule][names.index(week)] += n
    ordered = sorted(counts.items(), key=lambda each: (-sum(each[1]), each[0]))
    return [RuleCount(rule=rule, count=sum(weeks), weeks=weeks) for rule, weeks in ordered]


def _by_agent(marks: Marks) -> defaultdict[int, Counter[str]]:
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for _, agent, rule, n in marks:
        found[agent][rule] += n
    return found


def _member(
    agent: int, own: dict[str, Week], names: list[str], rules: Counter[str], foretold: PredictedWeeks
) -> TeamMember:
    whole = _whole(own.values())
    in_order = [own.get(name, Week()) for name in names]
    return TeamMember(
        agent_id=agent,
        mean=_worth(whole.mean),
        count=whole.n,
        critical=whole.critical,
        change=_change(in_order),
        weeks=[_worth(each.mean) for each in in_order],
        rules=dict(sorted(rules.items(), key=lambda each: (-each[1], each[0]))),
        predicted=foretold,
    )


def _criteria(shop_id: int, names: list[str], agent_id: int) -> list[CriterionMean]:
    rows = Score.objects.filter(_between(shop_id, names, agent_id)).order_by("-resolved_at", "-id")
    found: defaultdict[str, list[int]] = defaultdict(list)
    for criteria in rows.values_list("criteria", flat=True)[:LOOKED_AT]:
        for name, own in criteria.items():
            if own is not None:
                found[name].append(own)
    return [
        CriterionMean(
            id=each.id,
            names=each.names,
            mean=_worth(sum(found[each.id]) / len(found[each.id])) if found[each.id] else None,
            count=len(found[each.id]),
        )
        for each in card_in_force(shop_id).criteria
    ]


def _examples(shop_id: int, names: list[str], agent_id: int) -> tuple[list[SentenceObject], list[SentenceObject]]:
    """The best and the worst sentences among the newest scores that have any."""
    rows = Score.objects.filter(_between(shop_id, names, agent_id)).order_by("-resolved_at", "-id")
    good = list(rows.exclude(best__isnull=True)[:_CANDIDATES])
    bad = list(rows.filter(marks__gt=0)[:_CANDIDATES])
    lines = list(Line.objects.filter(score_id__in=[each.pk for each in bad]).order_by("id"))
    wordings = wordings_of([*(each.best["entry_id"] for each in good if each.best), *(each.entry_id for each in lines)])
    good.sort(key=lambda each: -float((each.best or {}).get("politeness", 0)))
    best = [found for each in good if (found := best_of(each, wordings)) is not None]
    theirs: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        theirs[line.score_id].append(line)
    worst = [found for each in bad if (found := worst_of(each, theirs[each.pk], wordings)) is not None]
    worst.sort(key=lambda each: {"serious": 0, "warning": 1, "note": 2}[each["severity"]])
    return best[:EXAMPLES], worst[:EXAMPLES]
