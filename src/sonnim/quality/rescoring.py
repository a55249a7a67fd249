"""How far scoring the past is, read from the steps that are still to be done."""

from sonnim.accounts.http import rfc3339
from sonnim.kernel import clock
from sonnim.quality.errands import steps_of
from sonnim.quality.feeding import Place, settled_since
from sonnim.quality.shapes import RescoreObject


def progress(shop_id: int) -> RescoreObject:
    """Of what was asked for last, which has taken over what was asked for before."""
    steps = steps_of(shop_id)
    if not steps:
        return RescoreObject(under_way=False, since=None, done=0, total=0)
    step = steps[-1]
    total = settled_since(shop_id, since_ms=step.since_ms)
    left = settled_since(shop_id, since_ms=step.since_ms, after=Place(step.rank, step.id))
    since = rfc3339(clock.from_ms(step.since_ms))
    return RescoreObject(under_way=True, since=since, done=max(0, total - left), total=total)
