"""`wrong-language`: the reply is in another language than the shopper's."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.scripts import weights

ID = "wrong-language"
_LEAST = 12
_ENOUGH = 0.25


def find(reading: Reading) -> Iterator[Finding]:
    ours = reading.draft.language
    theirs = _theirs(reading, ours)
    if theirs is None or ours is None or ours == theirs or ours in reading.context.speaks:
        return
    shares = weights(reading.text)
    if shares[ours] < _LEAST or shares.get(theirs, 0) >= _ENOUGH * sum(shares.values()):
        return
    if any(ours == each.language or each.says("language_wishes") for each in reading.by_customer):
        return
    names = {"theirs": reading.message(ID, theirs), "ours": reading.message(ID, ours)}
    yield Finding(*reading.whole, values=names)


def _theirs(reading: Reading, ours: str | None) -> str | None:
    """The language of the shopper's last message that has more than a word or a name; ours, if they write it too."""
    for passage in reversed(reading.by_customer):
        shares = weights(passage.text)
        if passage.language is not None and sum(shares.values()) >= _LEAST:
            return ours if ours is not None and shares.get(ours, 0) >= _LEAST // 2 else passage.language
    return None


RULE = Rule(ID, Severity.SERIOUS, find)
