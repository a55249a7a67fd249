"""Scores settled conversations: processes reckon, this one reads and writes, a few dozen to a transaction.

What is done stands in the database, so that killing it costs the conversations that are under way and nothing else.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from sonnim.commands import CommandError
from sonnim.commands.processes import ahead, jobs
from sonnim.commands.scores.progress import Progress
from sonnim.commands.scores.workers import Score, workers

if TYPE_CHECKING:
    from sonnim.accounts.models import Shop
    from sonnim.quality.scoring import Measure, Result

AHEAD = 3
"""So many pieces for each process wait to be reckoned, so that none has nothing to do while this one writes."""


class Found(NamedTuple):
    """What became of a shop's history."""

    shop_id: int
    settled: int
    scored: int


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Scores every conversation that was settled since then and is not scored as it stands, by the scorecard in "
        "force. Stopped, however roughly, it goes on where it was when it is begun again."
    )
    parser.add_argument("--since", required=True, help="a day, in the shop's zone, such as 2026-01-01")
    parser.add_argument("--shop", type=int, help="one shop only, by its number")
    parser.add_argument("--jobs", type=jobs, default=1, help="processes that reckon (1)")
    parser.add_argument("--json", action="store_true", help="what was done, as one JSON object")


def run(args: argparse.Namespace) -> int:
    since = _day(args.since)
    import django

    django.setup()
    from sonnim.accounts.models import Shop

    shops = list(Shop.objects.filter(**({} if args.shop is None else {"pk": args.shop})).order_by("pk"))
    if not shops:
        raise CommandError(f"there is no shop {args.shop}." if args.shop is not None else "there is no shop yet.")
    with workers(args.jobs) as score:
        tried = [_history_if_there(shop, since, score, waiting=AHEAD * args.jobs) for shop in shops]
    found = [each for each in tried if each is not None]
    if args.json:
        told: dict[str, Any] = {"shops": [each._asdict() for each in found], "scored": sum(e.scored for e in found)}
        sys.stdout.write(json.dumps(told) + "\n")
    else:
        for each in found:
            sys.stdout.write(f"shop {each.shop_id}: {each.scored:,} of {each.settled:,} conversations scored anew\n")
    return 0


def _history_if_there(shop: "Shop", since: datetime, score: Score, *, waiting: int) -> Found | None:
    """Nothing of a shop that is removed meanwhile."""
    from django.core.exceptions import ObjectDoesNotExist

    try:
        return _history(shop, since, score, waiting=waiting)
    except (LookupError, ObjectDoesNotExist):
        if type(shop).objects.filter(pk=shop.pk).exists():
            raise
        sys.stderr.write(f"shop {shop.pk} was removed meanwhile; nothing of it is left to score.\n")
        return None


def _history(shop: "Shop", since: datetime, score: Score, *, waiting: int) -> Found:
    from sonnim.kernel import clock
    from sonnim.quality.actions import keep_results, tell_of_history
    from sonnim.quality.feeding import settled_since
    from sonnim.quality.measures import measure_of

    measure = measure_of(shop.pk)
    since_ms = clock.to_ms(since.replace(tzinfo=ZoneInfo(shop.timezone)))
    settled = settled_since(shop.pk, since_ms=since_ms)
    progress = Progress(settled, name=f"shop {shop.pk}")
    done = scored = 0
    for looked_at, unchanged, results in ahead(_pieces(shop.pk, measure, since_ms, score), waiting):
        scored += keep_results(shop_id=shop.pk, results=results.result(), unchanged=unchanged, telling=False)
        done += looked_at
        progress.show(done)
    progress.show(done, ended=True)
    if scored:
        tell_of_history(shop_id=shop.pk)
    return Found(shop.pk, settled, scored)


def _pieces(
    shop_id: int, measure: "Measure", since_ms: int, score: Score
) -> "Iterator[tuple[int, dict[int, int], Future[list[Result]]]]":
    """How many conversations were looked at, whose last line is to be noted, and what the others will be worth."""
    from sonnim.quality.feeding import START, Place, feed, pending

    place: Place | None = START
    model = measure.predictor.version
    while place is not None:
        found = pending(shop_id, version=measure.version, predictor=model, since_ms=since_ms, after=place)
        fed = feed(shop_id, found.ids, version=measure.version, predictor=model)
        yield found.looked_at, fed.unchanged, score(fed.talks, measure)
        place = found.next


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007  its zone is each shop's own
    except ValueError:
        raise CommandError(f"{text} is no day; write it as 2026-01-01.") from None
