"""Which language a text in Latin letters is in, by its small words: where, is, my; où, est, ma. Names tell nothing."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from sonnim.coach.text.scripts import in_some_language

READ = 2_000
"""Characters; who has not shown their language by then will not."""
LEAST, PLAINLY, SHARE = 2.0, 1.6, 0.2
"""What the small words of a language must come to; how many times as much as any other's; their part of all words."""
_WORDS_LEAST = 3
_PARTICLE = 0.25
"""De, van, los stand in names and addresses too."""
_KIN = 1.0
_MANY, _PART = 3, 0.1
_KEPT = 512
_END = "."
_PARTED = str.maketrans(
    dict.fromkeys("0123456789,/\\+&%#$€£@<>[]{}|~`^=´…", " ") | dict.fromkeys('!?:;\n\r"«»„“”()•*–—-', _END)
)
_WITHIN = re.compile(r"\.(?=[a-z])")
"""A dot without a blank behind it is that of shop.com."""
_QUOTED_LINE = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_ASIDE = re.compile(r"\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|«[^»\n]{1,200}»|„[^“”\n]{1,200}[“”]")


class _Language(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A language as `latin.json` has it; words are parted by blanks.

    Attributes:
        words: those that every other sentence has.
        particles: those that stand in names and addresses too.
        letters: that no other of these languages has.
        english: what English is called in it; `no`: what denies.
        family: for languages whose readers read each other.
    """

    code: str
    words: str
    particles: str
    letters: str
    english: str
    no: str
    family: str = ""


class Tally(NamedTuple):
    """How much of a text speaks for each language, and how many words it has, names left out."""

    words: int
    scores: Mapping[str, float]


NOTHING = Tally(0, {})


@cache
def _languages() -> Mapping[str, _Language]:
    read = msgspec.json.decode(Path(__file__).with_name("latin.json").read_bytes(), type=list[_Language])
    return {each.code: each for each in read}


@cache
def _families() -> Mapping[str, str]:
    return {code: each.family or code for code, each in _languages().items()}


def family(code: str) -> str:
    """The same for Malay and Indonesian; of any other language its own code."""
    return _families().get(code, code)


@cache
def _table() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """For which languages a word or letter speaks, and how much: the less, the more of them have it."""
    having: dict[str, dict[str, float]] = defaultdict(dict)
    for code, each in _languages().items():
        having |= {sign: {**having[sign], code: _PARTICLE} for sign in each.particles.split()}
        having |= {sign: {**having[sign], code: 1.0} for sign in (*each.words.split(), *each.letters)}
    return {
        sign: tuple((code, worth / len({family(other) for other in codes})) for code, worth in codes.items())
        for sign, codes in having.items()
    }


@cache
def _letters() -> re.Pattern[str]:
    return re.compile(f"[{''.join(each.letters for each in _languages().values())}]")


@lru_cache(maxsize=_KEPT)
def tally(text: str) -> Tally:
    """What speaks for each language. What is quoted, links, addresses, codes and names do not count."""
    plain = in_some_language(_plain(text[:READ]))
    plain = plain.lower() if plain.isupper() else plain
    parted = _WITHIN.sub("_", plain).translate(_PARTED).replace(_END, f" {_END} ").replace("'", "' ")
    table, scores, words, first = _table(), defaultdict[str, float](float), 0, True
    for token in parted.split():
        if token == _END:
            first = True
            continue
        said = table.get(token)
        if said is None:
            if token[0].isupper():
                # A capital within a sentence begins a name, or a noun of German.
                if not first:
                    continue
                token = token.lower()
                said = table.get(token)
            if said is None and not token.isascii() and (sign := _letters().search(token)):
                said = table[sign[0]]
        first = False
        words += 1
        if said is not None:
            for code, worth in said:
                scores[code] += worth
    return Tally(words, scores)


def _plain(text: str) -> str:
    """Without what others have said, and every sign written in one way."""
    if ">" in text:
        text = _QUOTED_LINE.sub("", text)
    if text.isascii() and '"' not in text:
        return text
    composed = unicodedata.normalize("NFC", text).replace("’", "'").replace("İ", "i")
    return _ASIDE.sub(" ", composed).replace("¿", " ¿ . ").replace("¡", " ¡ . ")


@lru_cache(maxsize=_KEPT)
def language(texts: tuple[str, ...]) -> str | None:
    """The language of several texts as if they were one, where it is beyond doubt."""
    words, scores = 0, defaultdict[str, float](float)
    for each in map(tally, texts):
        words += each.words
        for code, score in each.scores.items():
            scores[code] += score
    return told(Tally(words, scores))


def is_plainly(folded: str, code: str) -> bool:
    """Whether a folded text is full of words that only this language has; quicker than to ask which it is in."""
    words = set(folded.split())
    return len(words & _own_words(code)) >= max(_MANY, _PART * len(words))


@cache
def _own_words(code: str) -> frozenset[str]:
    return frozenset(sign for sign, codes in _table().items() if len(codes) == 1 and codes[0] == (code, 1.0))


def told(found: Tally) -> str | None:
    """The language, where it is beyond doubt; of kin the family, unless one stands out."""
    if found.words < _WORDS_LEAST or not found.scores:
        return None
    scores, families = found.scores, _families()
    best = max(scores, key=scores.__getitem__)
    score, own, rival, kin = scores[best], families[best], 0.0, -_KIN
    for code, other in scores.items():
        if families[code] != own:
            rival = max(rival, other)
        elif code != best:
            kin = max(kin, other)
    if score < max(LEAST, PLAINLY * rival, SHARE * found.words):
        return None
    return own if score - kin < _KIN else best


def speaks_for(found: Tally, code: str) -> float:
    """What of a text speaks for a language, or for another of its family."""
    return max((score for each, score in found.scores.items() if family(each) == family(code)), default=0)


def mentions_english(text: str, code: str) -> bool:
    """Whether somebody who writes this language speaks of English, other than to say that they have none."""
    kin = [each for each in _languages().values() if each.english and family(each.code) == family(code)]
    return any(_mentions(text, each) for each in kin)


def _mentions(text: str, each: _Language) -> bool:
    name = rf"\b(?:{'|'.join(('English', 'english', *each.english.split()))})\b"
    without = rf"\b(?i:{'|'.join(each.no.split())})\b(?:\W+\w+){{0,3}}?\W+{name}"
    return re.search(name, re.sub(without, "", text) if each.no else text) is not None
