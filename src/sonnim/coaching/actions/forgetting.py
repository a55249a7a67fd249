"""What is redacted leaves the dismissals too, and what is old leaves altogether."""

import secrets
from datetime import timedelta

from sonnim.coaching import queries
from sonnim.coaching.models import Count, Dismissal
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.echoes import echoes

KEPT = timedelta(days=365)
BATCH = 1_000


def forget_words(*, shop_id: int, contact_id: int, words: set[str]) -> None:
    """Take pieces and reasons out of a shopper's dismissals where they repeat what is redacted; the counts stay."""
    for line in queries.spoken_of(shop_id=shop_id, contact_id=contact_id):
        kept = {name: said for name in ("piece", "words") if not echoes(said := getattr(line, name), words)}
        if len(kept) < 2:
            # A digest of a few letters is soon guessed.
            key = line.key if "piece" in kept else secrets.token_hex(32)
            Dismissal.objects.filter(pk=line.pk).update(**{"piece": "", "words": ""} | kept, key=key)


def forget_old() -> int:
    """Delete dismissals and counts of a year ago; answers how many."""
    before = clock.now() - KEPT
    forgotten = 0
    while ids := list(Dismissal.objects.filter(at__lt=before).order_by("at").values_list("pk", flat=True)[:BATCH]):
        with log.unit():
            forgotten += Dismissal.objects.filter(pk__in=ids).delete()[0]
    day = before.date().isoformat()
    if Count.objects.filter(day__lt=day).exists():
        with log.unit():
            forgotten += Count.objects.filter(day__lt=day).delete()[0]
    return forgotten
