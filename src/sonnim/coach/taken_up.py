"""Figures of the shopper that a draft takes up otherwise, in figures or in words, with or without a unit."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sonnim.coach.passage import Passage
from sonnim.coach.text.figures import AMOUNT, swapped
from sonnim.coach.text.spans import Span

_ONES = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_WORDS = {word: value for value, word in enumerate(_ONES)} | {word: 10 * at for at, word in enumerate(_TENS, 2)}
_WORD = "|".join(sorted(_WORDS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,/-])(?:[$£€] ?)?(?P<d>\d+(?:[.,]\d+)*)(?![\w%/]|[-:]\d|[.,]\d)|\b(?P<w>(?:{_WORD}|a(?= hundred))"
    rf"(?:[ -](?:hundred|and|{_WORD}))*)\b"
)
_CODE = re.compile(r"(?<![\w-])(?=[a-z-]*\d)(?=[\d-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])")
_NOUN = re.compile(r" ?([a-z]{1,12})")
_COUNT = re.compile(r"(?: [a-z]+){0,2}? ([a-z]{4,}?)s?(?: that| which)? you(?:'ve| have|'d)? (?:just )?[a-z]+")
_OF = re.compile(
    r"(?:(?:your|with an?|for an?|given an?|at an?) (?:[a-z]+ )?([a-z]{4,})(?: of| is| at| for)? ?(?:[$£€] ?)?)$"
)
_PARTY = re.compile(r"(?:group|party|table|booking|reservation|team|class|family) (?:of|for) (?:the )?$")
_OTHER = re.compile(
    r"up to|at (?:least|most)|only|another|more|instead|left|per |each|refund|minus|less|rather|maximum"
    r"|second|first|next|new |other |over |under "
)
_BARE = re.compile(r"(?<![\d.,/-])\d{2,}(?:\.\d+)?(?![\d.,/-]|\s?(?:원|번|월|일|시|分|点|号|月|元|%))")
_FEW = 30


class Otherwise(NamedTuple):
    """A piece of the draft, and what the shopper wrote."""

    span: Span
    theirs: str


class _Number(NamedTuple):
    value: float
    text: str
    start: int
    end: int
    unit: str


def taken_up(draft: Passage, theirs: Sequence[Passage], ours: Sequence[Passage]) -> Otherwise | None:
    """The first figure of the draft that is plainly meant to be the shopper's, and is not."""
    if not draft.pack.whole_words:
        return _turned(draft, theirs, ours)
    said = _numbers(draft.folded)[:_FEW]
    given = [(each, passage) for passage in theirs for each in _numbers(passage.folded)][:_FEW]
    known = {each.value for each, _ in given} | {each.value for passage in ours for each in _numbers(passage.folded)}
    here = {each.value for each in said}
    for number in said:
        if number.value in known:
            continue
        for other, passage in given:
            if other.value not in here and _is_meant(draft.folded, number, passage.folded, other):
                return Otherwise(Span(number.start, number.end), other.text)
    return _code(draft, theirs)


def _turned(draft: Passage, theirs: Sequence[Passage], ours: Sequence[Passage]) -> Otherwise | None:
    """An amount with the digits of one of the shopper's in another order, such as 68 boxes for 86."""
    amounts = [each for each in draft.figures if each.kind == AMOUNT and len(set(_digits(each.value))) > 1][:_FEW]
    if not amounts:
        return None
    said = {match.group() for match in _BARE.finditer(draft.folded)}
    known = {match.group() for each in (*theirs, *ours) for match in _BARE.finditer(each.folded)}
    for amount in amounts:
        sentence = draft.sentence_at(amount.start)
        if amount.value in known or (sentence and draft.pack.topic("own_figures").is_in(sentence.folded)):
            continue
        given = (match for each in theirs for match in _BARE.finditer(each.folded))
        for match in given:
            other, unit = match.group(), match.string[match.end() : match.end() + 4].strip()
            alike = sorted(_digits(other)) == sorted(_digits(amount.value)) and other not in said
            if alike and (_has(draft, amount.unit, unit) or len(_digits(other)) > 2):
                return Otherwise(Span(amount.start, amount.end), other)
    return None


def _has(draft: Passage, unit: str, after: str) -> bool:
    return any(after.startswith(each) for each in draft.pack.ways_to_write(unit))


def _is_meant(text: str, number: _Number, asked: str, other: _Number) -> bool:
    around = text[max(0, number.start - 24) : number.end + 24]
    if swapped(number.text, other.text):
        return len(_digits(number.text)) > 2 or (number.unit == other.unit and bool(number.unit))
    if _OTHER.search(around):
        return False
    before, after = text[max(0, number.start - 40) : number.start], text[number.end : number.end + 48]
    counted = _COUNT.match(after)
    if counted and re.match(rf"(?: [a-z]+){{0,4}} {counted[1][:5]}", asked[other.end : other.end + 40]):
        return True
    if _PARTY.search(before) and (
        _PARTY.search(asked[: other.start]) or re.search(r"we(?:'re| are) $", asked[: other.start])
    ):
        return True
    named = _OF.search(before)
    return bool(
        named
        and (number.unit == other.unit or text[number.start] in "$£€")
        and re.search(rf"\b{named[1]}\b[^.!?]{{0,30}}$", asked[: other.start])
        and named[1] not in ("refund", "credit", "total")
    )


def _code(draft: Passage, theirs: Sequence[Passage]) -> Otherwise | None:
    """A code of letters and digits of which two neighbours have changed places."""
    codes = [match.group() for passage in theirs for match in _CODE.finditer(passage.folded)]
    for match in _CODE.finditer(draft.folded) if codes else ():
        meant = next((each for each in codes if len(each) > 4 and swapped(match.group(), each)), None)
        if meant and match.group() not in codes and meant not in draft.folded:
            return Otherwise(Span(*match.span()), meant.upper())
    return None


def _digits(text: str) -> str:
    return "".join(filter(str.isalnum, text)) if any(map(str.isdigit, text)) else ""


@lru_cache(maxsize=512)
def _numbers(folded: str) -> tuple[_Number, ...]:
    found = []
    for match in _NUMBER.finditer(folded):
        value = float(match["d"].replace(",", "")) if match["d"] and match["d"].count(".") < 2 else _value(match["w"])
        if value is not None:
            after = _NOUN.match(folded, match.end())
            unit = "" if after is None else after[1].removesuffix("s")
            found.append(_Number(value, match.group().strip("$£€ "), *match.span(), unit))
    return tuple(found)


def _value(words: str | None) -> float | None:
    if not words:
        return None
    total, last = 0, 0
    for word in re.split("[ -]", words):
        if word == "hundred":
            last = (last or 1) * 100
            total, last = total + last, 0
        elif word in _WORDS:
            last += _WORDS[word]
    return float(total + last)
