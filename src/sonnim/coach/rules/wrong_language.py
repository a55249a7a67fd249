"""`wrong-language`: the reply is in another language than the shopper's."""

from collections.abc import Iterator

from sonnim.coach.languages.registry import FALLBACK, PACKS
from sonnim.coach.marks import Severity
from sonnim.coach.passage import Passage
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text import latin
from sonnim.coach.text.scripts import weights

ID = "wrong-language"
_LATIN = "en"
"""What every text in Latin letters is by its script alone."""
_LEAST = 12
_ENOUGH = 0.25
_LAST = 3
_A_FEW_WORDS = 1.0
_MIXED = 0.2


def find(reading: Reading) -> Iterator[Finding]:
    ours = reading.draft.language
    theirs = _theirs(reading, ours)
    if theirs is None or ours is None:
        return
    if ours != theirs:
        yield from _by_script(reading, ours, theirs)
    elif ours == _LATIN:
        yield from _by_words(reading)


def _by_script(reading: Reading, ours: str, theirs: str) -> Iterator[Finding]:
    shares = weights(reading.text)
    if shares[ours] < _LEAST or shares.get(theirs, 0) >= _ENOUGH * sum(shares.values()):
        return
    if any(ours == each.language or each.says("language_wishes") for each in reading.by_customer):
        return
    ours = _closer(ours, (reading.text,))
    if not _reads(reading, ours):
        yield _finding(reading, "why", _closer(theirs, _last(reading)), ours)


def _by_words(reading: Reading) -> Iterator[Finding]:
    """Both are in Latin letters: what is not beyond doubt is let be."""
    theirs = latin.language(_last(reading))
    if theirs is None or latin.is_plainly(reading.draft.folded, theirs):
        return
    ours = latin.language((reading.text,))
    if ours is None or latin.family(ours) == latin.family(theirs) or _reads(reading, ours):
        return
    if _has(reading.text, theirs, beside=ours) or any(
        _has(each.text, ours, beside=theirs) or _wishes(each, ours, theirs) for each in reading.by_customer
    ):
        return
    if theirs in PACKS:
        yield _finding(reading, "why", theirs, ours)
    elif not _is_known(reading, ours, theirs):
        yield _finding(reading, "why_say_so" if ours == FALLBACK else "why", theirs, ours)


def _theirs(reading: Reading, ours: str | None) -> str | None:
    """The script of the shopper's last message that has more than a word or a name; ours, if they write it too."""
    for passage in reversed(reading.by_customer):
        shares = weights(passage.text)
        if passage.language is not None and sum(shares.values()) >= _LEAST:
            return ours if ours is not None and shares.get(ours, 0) >= _LEAST // 2 else passage.language
    return None


def _last(reading: Reading) -> tuple[str, ...]:
    """The shopper's last messages in Latin letters."""
    return tuple([each.text for each in reading.by_customer if each.language == _LATIN][-_LAST:])


def _closer(language: str, texts: tuple[str, ...]) -> str:
    """Which of the languages in Latin letters it is, where that is certain."""
    return (latin.language(texts) or language) if language == _LATIN else language


def _reads(reading: Reading, ours: str) -> bool:
    return any(
        latin.family(each.replace("_", "-").split("-")[0].lower()) == latin.family(ours)
        for each in reading.context.speaks
    )


def _has(text: str, language: str, *, beside: str) -> bool:
    """Whether a text in one language has more than a few words of another."""
    found = latin.tally(text)
    score = latin.speaks_for(found, language)
    return score >= _A_FEW_WORDS and score >= _MIXED * latin.speaks_for(found, beside)


def _wishes(said: Passage, ours: str, theirs: str) -> bool:
    return said.says("language_wishes") or (ours == FALLBACK and latin.mentions_english(said.text, theirs))


def _is_known(reading: Reading, ours: str, theirs: str) -> bool:
    """Whether the shopper has been told that nobody here writes theirs, or was answered in English before."""
    names = (reading.word(ID, code).lower() for code in (ours, theirs))
    if any(name in reading.draft.folded for name in names):
        return True
    asked = False
    for role, passage in reading.said if ours == FALLBACK else ():
        found = latin.told(latin.tally(passage.text))
        asked = asked or (role == "customer" and found == theirs)
        if asked and role == "agent" and found == ours:
            return True
    return False


def _finding(reading: Reading, why: str, theirs: str, ours: str) -> Finding:
    names = {"theirs": reading.message(ID, theirs), "ours": reading.message(ID, ours)}
    return Finding(*reading.whole, why=why, values=names)


RULE = Rule(ID, Severity.SERIOUS, find)
