"""Where a query's terms are in a text, and the part of the text that shows them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sonnim.kernel.tokens import Term, fold, folded_with_places

MAX_SPANS = 20
Spans = list[tuple[int, int]]


class Excerpt(NamedTuple):
    """A part of a text; `spans` are pairs of offsets into it, counted in UTF-16 units as browsers count."""

    text: str
    spans: Spans


def fit(text: str, terms: Sequence[Term]) -> float | None:
    """How well a text fits: whole words before parts, the query in one piece before its terms; None if one is missing.

    A term of several CJK characters is there in one piece or in its pairs.
    """
    folded = fold(text)
    score = 0.0
    for term in terms:
        places = _places(folded, term)
        if places:
            score += max(_fit(folded, start, end) for start, end in places)
        elif not all(token in folded for token in term.tokens):
            return None
    if len(terms) > 1 and "".join(term.text for term in terms) in folded.replace(" ", ""):
        score += 2.0
    return score


def find(text: str, terms: Sequence[Term]) -> Spans:
    """Where the terms are in a text, in characters."""
    folded, origins = folded_with_places(text)
    spans: Spans = []
    for term in terms:
        places = _places(folded, term) or [each for token in term.tokens for each in _occurrences(folded, token)[:3]]
        spans += [(origins[start], origins[end - 1] + 1) for start, end in places]
    return _joined(spans)


def excerpt(text: str, spans: Spans, *, length: int = 160) -> Excerpt:
    """At most `length` characters of a text on one line, around the first span, with ellipses where it was cut."""
    first = spans[0][0] if spans else 0
    start = 0 if len(text) <= length or first < length // 2 else max(0, min(first - length // 3, len(text) - length))
    end = min(len(text), start + length)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shown = before + re.sub(r"\s", " ", text[start:end]) + after
    moved = [
        (max(one, start) - start + len(before), min(other, end) - start + len(before))
        for one, other in spans
        if one < end and other > start
    ]
    return Excerpt(shown, [(_units(shown, one), _units(shown, other)) for one, other in moved[:MAX_SPANS]])


def _places(folded: str, term: Term) -> Spans:
    """A word's beginnings if there are any, else wherever it is."""
    everywhere = _occurrences(folded, term.text)
    if not term.is_word:
        return everywhere
    beginnings = [(start, end) for start, end in everywhere if start == 0 or not folded[start - 1].isalnum()]
    return beginnings or everywhere


def _occurrences(folded: str, part: str) -> Spans:
    found: Spans = []
    at = folded.find(part)
    while at >= 0 and len(found) < MAX_SPANS:
        found.append((at, at + len(part)))
        at = folded.find(part, at + len(part))
    return found


def _fit(folded: str, start: int, end: int) -> float:
    begins = start == 0 or not folded[start - 1].isalnum()
    ends = end == len(folded) or not folded[end].isalnum()
    return 1.0 + begins * 0.5 + ends * 0.5


def _joined(spans: Spans) -> Spans:
    joined: Spans = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _units(text: str, characters: int) -> int:
    return characters + sum(1 for char in text[:characters] if ord(char) > 0xFFFF)
