"""Writes of what rules did, and of what they have answered to."""

from datetime import timedelta
from typing import Any

from django.db.models import F, Q

from sonnim.automation.models import Lasted, Rule, Run
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel import clock

KEPT = timedelta(days=30)


def note_run(
    *, state: State, rule_id: int, key: str, event: str, outcome: str, found: list[dict[str, Any]],
    did: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Keep that a rule was set off in a conversation, why, and what came of it; in the transaction of its deeds."""
    now = clock.from_ms(log.current().at)
    Run.objects.create(
        shop_id=state.shop_id, rule_id=rule_id, conversation_id=state.id, key=key, event=event, outcome=outcome,
        found=found, did=did, at=now,
    )  # fmt: skip
    if outcome in {"done", "failed"}:
        Rule.objects.filter(pk=rule_id).update(acted=F("acted") + 1, last_acted_at=now)


def note_lasted(*, rule_id: int, conversation_id: int, event: str, since: int) -> None:
    """Keep that a rule has answered to what lasts since this instant."""
    Lasted.objects.update_or_create(
        rule_id=rule_id, conversation_id=conversation_id, event=event, defaults={"since": clock.from_ms(since)}
    )


def begin_day(*, rule_id: int, key: str) -> bool:
    """Keep that a daily rule was set off for a moment; False when another node was faster."""
    return bool(Rule.objects.filter(~Q(ran_on=key), pk=rule_id, active=True).update(ran_on=key))


def forget_old_runs(*, limit: int = 5_000) -> int:
    """Forget what rules did more than 30 days ago, and what lasts no longer; answers how many rows went."""
    before = clock.now() - KEPT
    with log.unit():
        old = list(Run.objects.filter(at__lt=before).order_by("at").values_list("pk", flat=True)[:limit])
        gone = Lasted.objects.filter(~Q(conversation__status="open"), since__lt=before).order_by("pk")
        ended = list(gone.values_list("pk", flat=True)[:limit])
        Run.objects.filter(pk__in=old).delete()
        Lasted.objects.filter(pk__in=ended).delete()
    return len(old) + len(ended)
