"""By what a shop's conversations are scored now: its scorecard, and what it holds of the coach's rules."""

from zoneinfo import ZoneInfo

import msgspec

from sonnim.accounts.models import Agent, Shop
from sonnim.coach.context import Plan
from sonnim.coaching import queries as coaching
from sonnim.coaching.limits import limits_for
from sonnim.coaching.rules import glossary_of, taste_of
from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound
from sonnim.plan.document import queries as plan_versions
from sonnim.quality.models import Scorecard
from sonnim.quality.predictors import predictor_of
from sonnim.quality.rules import Criterion
from sonnim.quality.scorecards import Card, shipped
from sonnim.quality.scoring import Measure


def card_in_force(shop_id: int) -> Card:
    """The newest scorecard of a shop, or the one that ships."""
    row = Scorecard.objects.filter(shop_id=shop_id).order_by("-n").first()
    return shipped() if row is None else _card(row)


def card_of(shop_id: int, n: int) -> Card:
    """A scorecard by its number. Raises: NotFound."""
    if n == 0:
        return shipped()
    row = Scorecard.objects.filter(shop_id=shop_id, n=n).order_by("n").first()
    if row is None:
        raise NotFound("There is no such scorecard.")
    return _card(row)


def measure_of(shop_id: int) -> Measure:
    """By what is scored from now on."""
    card = card_in_force(shop_id)
    settings = coaching.settings_of(shop_id)
    taste = taste_of(settings.rules)
    plans, planned_at = _plans(shop_id)
    return Measure(
        version=card.n,
        criteria=list(card.criteria),
        predictor=predictor_of(shop_id),
        severities=taste.severities,
        off=taste.off,
        glossary=glossary_of(settings.terms),
        plans=plans,
        planned_at=planned_at,
    )


def _plans(shop_id: int) -> tuple[dict[int, Plan], int]:
    """Agent → what the plan in force lets them give, and since when it has said so."""
    version = plan_versions.version_in_force(shop_id)
    row = plan_versions.version_of(shop_id, version) if version else None
    if row is None:
        return {}, 0
    document = plan_versions.document_of(shop_id)
    today = clock.now().astimezone(ZoneInfo(Shop.objects.values_list("timezone", flat=True).get(pk=shop_id)))
    known: dict[tuple[str, str], Plan] = {}
    found = {}
    for agent, role, lang in Agent.objects.filter(shop_id=shop_id).values_list("pk", "role", "user__locale"):
        if (role, lang) not in known:
            known[role, lang] = limits_for(document, role=role, lang=lang, today=today.date().isoformat())
        found[agent] = known[role, lang]
    return found, clock.to_ms(row.at)


def _card(row: Scorecard) -> Card:
    criteria = tuple(msgspec.convert(row.criteria, list[Criterion]))
    return Card(row.n, criteria, row.per_week, row.author_id, row.at)
