"""What is done in the background, after the commit: the outbox's kinds, and how they are ordered."""

from collections.abc import Sequence
from typing import NamedTuple

from sonnim.eventlog.log import Unit
from sonnim.eventlog.models import Outbox

SCORE = "quality.score"
"""Conversations that are to be scored as they stand."""
RESCORE = "quality.rescore"
"""A step of having all scored by the scorecard in force."""
_A_ROW = 100


class Step(NamedTuple):
    """Where having the past scored has come to. Later ones are greater, and all of a newer request are."""

    run: int
    rank: int
    id: int
    since_ms: int


def have_scored(work: Unit, shop_id: int, ids: Sequence[int]) -> None:
    """Have conversations scored as they will stand then."""
    for start in range(0, len(ids), _A_ROW):
        work.enqueue(SCORE, {"shop_id": shop_id, "ids": list(ids[start : start + _A_ROW])}, shop_id=shop_id)


def have_past_scored(work: Unit, shop_id: int, step: Step, *, untold: int = 0, after_ms: int = 0) -> None:
    """Have the past scored from here on; one step after the other, whoever does them.

    Args:
        untold: how many conversations have been looked at since open pages heard of it.
    """
    payload = {"shop_id": shop_id, **step._asdict(), "untold": untold}
    work.enqueue(RESCORE, payload, shop_id=shop_id, series=f"{RESCORE}:{shop_id}", after_ms=after_ms)


def steps_of(shop_id: int) -> list[Step]:
    """The steps that are still to be done, the one that is being done included; the latest last."""
    rows = Outbox.objects.filter(shop_id=shop_id, kind=RESCORE, state="due").values_list("payload", flat=True)
    return sorted(Step(each.get("run", 0), each["rank"], each["id"], each["since_ms"]) for each in rows)
