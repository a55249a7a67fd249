"""A scorecard is written: as the next version, by whoever has read the one before it."""

from collections.abc import Sequence

import msgspec

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict
from sonnim.quality.measures import card_in_force
from sonnim.quality.models import Scorecard
from sonnim.quality.rules import Criterion
from sonnim.quality.scorecards import Card, check
from sonnim.quality.telling import announce


def save_scorecard(*, actor: Actor, version: int, criteria: Sequence[Criterion], per_week: int) -> Card:
    """Score by these criteria from now on; what is scored stays as it is until somebody asks for it anew.

    Args:
        version: the one that was read.

    Raises:
        Conflict: somebody else has written one since; `fields` say which.
        Invalid: naming what is wrong.
    """
    check(criteria, per_week)
    with log.unit(actor.shop_id) as work:
        before = card_in_force(actor.shop_id)
        if before.n != version:
            raise Conflict("Somebody else has changed the scorecard meanwhile.", fields={"version": str(before.n)})
        now = clock.now()
        card = Card(version + 1, tuple(criteria), per_week, actor.agent.pk, now)
        Scorecard.objects.create(
            shop_id=actor.shop_id, n=card.n, criteria=msgspec.to_builtins(list(criteria)), per_week=per_week,
            author_id=actor.agent.pk, at=now,
        )  # fmt: skip
        audit.record(actor, "scorecard.saved", target=f"scorecard:{card.n}")
        announce(work, actor.shop_id)
    return card
