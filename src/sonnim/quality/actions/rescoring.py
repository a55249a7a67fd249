"""All that was settled is scored by the scorecard in force: a few at a time, with a pause, so that chat comes first."""

import logging
from collections.abc import Sequence
from datetime import datetime

from django.db import DatabaseError

from sonnim.accounts.callers import Actor
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.quality.actions.scoring import score_conversations
from sonnim.quality.errands import Step, have_past_scored, steps_of
from sonnim.quality.feeding import Pending, Place, pending
from sonnim.quality.measures import card_in_force
from sonnim.quality.predictors import predictor_of
from sonnim.quality.telling import announce

logger = logging.getLogger(__name__)
A_PIECE = 3
"""So many conversations are read, and kept in a transaction, at once."""
ENOUGH_S = 0.2
"""A step takes no further piece after so long."""
LOOKED_AT = 500
"""So many at most are looked at for them; most may be scored already."""
PAUSE_MS = 500
SHARE = 4
"""A step is followed by a pause that is so many times as long, so that it has a fifth of a core at most."""
TOLD_AFTER = 1_000


def rescore(*, actor: Actor, since: datetime) -> None:
    """Have all that was settled since then scored by the scorecard in force.

    What was asked for before and is under way is taken over: from the earlier day of both, in one go.
    """
    shop_id = actor.shop_id
    with log.unit(shop_id) as work:
        steps = steps_of(shop_id)
        since_ms = min([clock.to_ms(since), *(each.since_ms for each in steps)])
        run = max((each.run for each in steps), default=0) + 1
        have_past_scored(work, shop_id, Step(run, 0, 0, since_ms))


def score_next(*, shop_id: int, since_ms: int, rank: int, id: int, run: int = 0, untold: int = 0) -> None:
    """One step of it: the next conversations, and the order for those after them.

    Nothing is done by a step that has a later one already: a newer request has taken over, or it was done before by a
    process that died.
    """
    step = Step(run, rank, id, since_ms)
    if _has_later(shop_id, step):
        return
    begun, place = clock.monotonic(), Place(rank, id)
    while True:
        found = _piece(shop_id, since_ms, place)
        untold += found.looked_at
        took = clock.monotonic() - begun
        if found.next is None or took >= ENOUGH_S:
            break
        place = found.next
    pause_ms = max(PAUSE_MS, int(SHARE * 1000 * took))
    with log.unit(shop_id) as work:
        if _has_later(shop_id, step):
            return
        if found.next is None or untold >= TOLD_AFTER:
            announce(work, shop_id)
            untold = 0
        if found.next is not None:
            following = step._replace(rank=found.next.rank, id=found.next.id)
            have_past_scored(work, shop_id, following, untold=untold, after_ms=pause_ms)


def _piece(shop_id: int, since_ms: int, after: Place) -> Pending:
    found = pending(
        shop_id, version=card_in_force(shop_id).n, predictor=predictor_of(shop_id).version, since_ms=since_ms,
        after=after, limit=LOOKED_AT, most=A_PIECE,
    )  # fmt: skip
    if found.ids:
        _score(shop_id, found.ids)
    return found


def _score(shop_id: int, ids: Sequence[int]) -> None:
    """One conversation that cannot be scored must not keep those after it from being so."""
    try:
        score_conversations(shop_id=shop_id, ids=list(ids), telling=False)
    except DatabaseError:
        raise  # that is nothing about these: the whole step is tried again
    except Exception:
        if len(ids) == 1:
            logger.exception("conversation %d cannot be scored, and is left as it was", ids[0])
            return
        for each in ids:
            _score(shop_id, [each])


def _has_later(shop_id: int, step: Step) -> bool:
    return any(each > step for each in steps_of(shop_id))
