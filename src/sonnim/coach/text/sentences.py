"""Sentences with their places, in any of the languages: chats end them by marks, by lines, or by endings alone."""

import re
from collections.abc import Sequence
from operator import itemgetter

from sonnim.coach.text.spans import Span, overlapping, trimmed

_END = re.compile(
    r"[!?！？。]+[\"'”’」』）)\]]*"
    r"|(?:…+|\.{2,}|~+|～+)[\"'”’)\]]*(?=\s|$)"
    r"|(?<=[^\s\d.])\.[\"'”’)\]]*(?=\s|$)|(?<=\d)\.(?=\s+[^\d\s]|\s*$)|(?<=[가-힣一-鿿])\.(?=[가-힣一-鿿A-Z])"
    r"|[;；]|\n+"
)
_FACES = re.compile(
    r"[ \t]*(?:[\U0001f600-\U0001f64f\U0001f90d-\U0001f92f\U0001f970-\U0001f97a\U0001f493-\U0001f49f✨❤♥♡☺]\ufe0f?)+"
)
"""Faces and hearts belong to what stands before them; other signs, such as arrows, to what follows."""
_MARK = re.compile(r"[!?！？。…~～.;；\n]")
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|vs|etc|approx|inc|ltd|co|jr|sr|dept|est|fig|e\.g|i\.e|a\.m|p\.m|u\.s"
    r"|jan|feb|apr|aug|sept?|oct|nov|dec)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "apr", "aug", "sep", "oct", "nov", "dec")
_MAY_END = ("a.m", "p.m", "u.s", "etc", "inc", "ltd", "co.", "no.", *_MONTHS)
_LAST = itemgetter(1)
_STILL_OPEN = re.compile(r"\s+[a-z0-9]")


def sentences(text: str, *, endings: re.Pattern[str] | None = None, solid: Sequence[Span] = ()) -> tuple[Span, ...]:
    """The sentences of a text, without the white space around them.

    Args:
        endings: what ends a sentence without any mark, such as "…습니다 " in Korean.
        solid: pieces that are never cut, such as links.
    """
    found: list[Span] = []
    start = 0
    for end in (*_ends(text, endings, solid), len(text)):
        span = trimmed(text, start, end)
        if span.end > span.start:
            found.append(span)
        start = end
    return tuple(found)


def _ends(text: str, endings: re.Pattern[str] | None, solid: Sequence[Span]) -> list[int]:
    # Looking for a mark first is many times faster than trying every way of ending at every character.
    spans = []
    for mark in _MARK.finditer(text):
        at = mark.start()
        if not _is_within_a_row(text, at) and (match := _END.match(text, at)):
            spans.append(match.span())
    if endings:
        spans += [match.span() for match in endings.finditer(text)]
        spans.sort(key=_LAST)
    found, last = list[int](), 0
    for start, end in spans:
        if end <= last or (solid and overlapping((start, end), solid)):
            continue
        if text[start] == "." and _goes_on(text, start, end):
            continue
        faces = _FACES.match(text, end)
        last = faces.end() if faces else end
        found.append(last)
    return found


def _is_within_a_row(text: str, at: int) -> bool:
    """Whether what ends here has been found from an earlier mark of a row, such as the third of many dots."""
    mark = text[at]
    return at > 1 and text[at - 1] == mark == text[at - 2] and mark not in ";；"


def _goes_on(text: str, start: int, end: int) -> bool:
    """After "No." or "p.m." a sentence goes on, unless a capital begins another."""
    word = _ABBREVIATED.search(text[max(0, start - 8) : start + 1])
    if word is None:
        return False
    return not word.group().lower().startswith(_MAY_END) or bool(_STILL_OPEN.match(text, end))
