"""A redacted wording leaves the ledger too: what was said with a concession, and why it was made."""

from sonnim.plan.ladder import queries
from sonnim.plan.models import Concession

TELLING = 12
"""So many signs of a sentence are enough to know it again, as the console does when it offers to note it."""


def forget_words(*, shop_id: int, contact_id: int, words: set[str]) -> None:
    """Take reasons and sentences out of a shopper's lines where they repeat what is redacted; the lines stay."""
    erased = {_plain(word) for word in words}
    for line in queries.spoken_lines(shop_id=shop_id, contact_id=contact_id):
        kept = {name: said for name in ("reason", "sentence") if not _repeats(said := getattr(line, name), erased)}
        if len(kept) < 2:
            Concession.objects.filter(pk=line.pk).update(**{"reason": "", "sentence": ""} | kept)


def _plain(text: str) -> str:
    return "".join(text.split())


def _repeats(said: str, erased: set[str]) -> bool:
    plain = _plain(said)
    return bool(plain) and any(plain[:TELLING] in word or word in plain for word in erased)
