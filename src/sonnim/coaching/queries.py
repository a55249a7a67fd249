"""Reads of what a shop decided about the coach, and of what its agents make of it."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Sum

from sonnim.coaching.models import Count, Dismissal, Quiet, Settings
from sonnim.coaching.rules import WINDOW
from sonnim.kernel import clock

PAGE = 50


class Figures(NamedTuple):
    """How often marks of a rule were seen, dismissed and applied."""

    seen: int = 0
    dismissed: int = 0
    applied: int = 0


def settings_of(shop_id: int) -> Settings:
    """What a shop has decided; a new row, not kept, where it has decided nothing."""
    return Settings.objects.filter(pk=shop_id).first() or Settings(shop_id=shop_id)


def quiet_for(agent_id: int) -> frozenset[str]:
    """The rules that keep silent for an agent."""
    return frozenset(Quiet.objects.filter(agent_id=agent_id, lifted_at=None).values_list("rule", flat=True))


def dismissed_in(*, agent_id: int, conversation_id: int) -> frozenset[tuple[str, str]]:
    """Rule and key of the marks that an agent has waved away in a conversation."""
    rows = Dismissal.objects.filter(agent_id=agent_id, conversation_id=conversation_id)
    return frozenset(rows.values_list("rule", "key"))


def is_quiet(*, agent_id: int, rule: str) -> bool:
    """Whether a rule keeps silent for an agent."""
    return Quiet.objects.filter(agent_id=agent_id, rule=rule, lifted_at=None).exists()


def dismissed_lately(*, agent_id: int, rule: str) -> int:
    """How often an agent dismissed a rule within 30 days, and since they wanted to hear it again."""
    since = clock.now() - WINDOW
    lifted = Quiet.objects.filter(agent_id=agent_id, rule=rule).values_list("lifted_at", flat=True).first()
    rows = Dismissal.objects.filter(agent_id=agent_id, rule=rule, at__gt=max(since, lifted or since))
    return rows.count()


def quiet_agents(shop_id: int) -> dict[str, list[int]]:
    """Rule → the agents for whom it keeps silent, of those who are still here."""
    found: dict[str, list[int]] = {}
    rows = Quiet.objects.filter(shop_id=shop_id, lifted_at=None, agent__removed_at=None).order_by("agent_id")
    for rule, agent in rows.values_list("rule", "agent_id"):
        found.setdefault(rule, []).append(agent)
    return found


def figures_of(shop_id: int) -> dict[str, Figures]:
    """Rule → its figures of the last 30 days."""
    rows = Count.objects.filter(shop_id=shop_id, day__gte=(clock.now() - WINDOW).date().isoformat())
    sums = rows.values("rule").annotate(seen=Sum("seen"), dismissed=Sum("dismissed"), applied=Sum("applied"))
    return {
        rule: Figures(*found) for rule, *found in sums.values_list("rule", "seen", "dismissed", "applied").order_by()
    }


def dismissals_of(*, shop_id: int, rule: str = "", before: int | None = None) -> list[Dismissal]:
    """What was dismissed, the latest first; one more than a page, so that one knows whether more follow."""
    rows = Dismissal.objects.filter(shop_id=shop_id).order_by("-id")
    if rule:
        rows = rows.filter(rule=rule)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return list(rows[: PAGE + 1])


def spoken_of(*, shop_id: int, contact_id: int) -> Iterable[Dismissal]:
    """What was dismissed in a shopper's conversations, as far as words of it are kept."""
    rows = Dismissal.objects.filter(shop_id=shop_id, conversation__contact_id=contact_id)
    return rows.exclude(piece="", words="").iterator()
