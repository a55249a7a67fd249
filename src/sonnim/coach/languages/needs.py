"""What a pattern cannot do without: pieces of text, of which one or another is in every text that it matches."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

Texts = frozenset[str]

DIGIT = "Ⓓ"
"""Stands for every digit, in the pieces and in the texts that they are looked for in."""
_DIGIT = re.compile(r"\d")
_PIECE = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\(\?P<\w+>|\(\?:|(?:[*+?]|\{\d+(?:,\d*)?\}|\{,\d*\})\??|.", re.DOTALL
)
_MEMBER = re.compile(r"(\\.|[^\\])(?:-(\\.|[^\\]))?", re.DOTALL)
_TIMES = re.compile(r"\{(\d*)(,?)(\d*)\}")
_LOOKS = frozenset(("(?=", "(?!", "(?<=", "(?<!"))
_OPENS = ("(?:", "(?P<")
_NO_WIDTH = frozenset(("^", "$", r"\b", r"\B", r"\A", r"\Z"))
_ANYTHING = frozenset((".", r"\s", r"\S", r"\w", r"\W", r"\D"))
_WRITTEN = {r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\d": DIGIT}
_MOST, _LONG_CLASS, _COMPARED = 128, 64, 96
_KEPT = 2
_RARE, _RARE_ASCII, _RARE_BLANK = 1.0, 0.45, 0.1
"""How much a character tells: one of Hangul or Han more than a Latin letter."""


class Unknown(ValueError):
    """The pattern has something that is not read here."""


class _Part(NamedTuple):
    """A piece of a pattern.

    Attributes:
        exact: all that it can match, if that is little.
        edge: one of these it begins with, and one it ends with, where `exact` would be too much.
        needs: of each, one is in every match.
    """

    exact: Texts | None
    needs: tuple[Texts, ...] = ()
    edge: Texts | None = None


_EMPTY = _Part(frozenset(("",)))
_GAP = _Part(None)


def needs(pattern: str) -> tuple[Texts, ...]:
    """Sets of pieces, the rarest first: a text that the pattern is found in has one of each; none where none is."""
    pieces = _Pieces(_PIECE.findall(pattern))
    found = _either(pieces)
    if pieces.ahead:
        raise Unknown(pattern)
    return tuple(map(_shortest, found.needs))


def lies_between(pattern: str, marks: str) -> bool:
    """Whether no match of a pattern has one of these marks in it; what it only looks at may have."""
    looks = list[bool]()
    for piece in _PIECE.findall(pattern):
        if piece == "(" or piece.startswith(_OPENS) or piece in _LOOKS:
            looks.append(piece in _LOOKS)
        elif piece == ")":
            looks.pop()
        elif not any(looks) and not set(marks).isdisjoint(_marks_in(piece, marks)):
            return False
    return True


@lru_cache(maxsize=1024)
def _marks_in(piece: str, marks: str) -> str:
    """Those of the marks that a piece of a pattern can match."""
    if piece == "|" or piece in _NO_WIDTH or _is_repeat(piece):
        return ""
    if len(piece) == 1 and piece != ".":
        return piece if piece in marks else ""
    try:
        matches = re.compile(piece, re.DOTALL).fullmatch
    except re.error:
        return marks
    return "".join(filter(matches, marks))


class _Pieces:
    """The pieces of a pattern, one after the other."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._pieces = pieces
        self._at = 0

    @property
    def ahead(self) -> str:
        return self._pieces[self._at] if self._at < len(self._pieces) else ""

    def taken(self) -> str:
        piece = self.ahead
        self._at += 1
        return piece


def _either(pieces: _Pieces) -> _Part:
    ways = [_row(pieces)]
    while pieces.ahead == "|":
        pieces.taken()
        ways.append(_row(pieces))
    if len(ways) == 1:
        return ways[0]
    exact = frozenset().union(*(each.exact for each in ways if each.exact is not None))
    if all(each.exact is not None for each in ways) and len(exact) <= _MOST:
        return _whole(exact)
    if not all(each.needs for each in ways):
        return _GAP
    united = (frozenset().union(*(each.needs[min(at, len(each.needs) - 1)] for each in ways)) for at in range(_KEPT))
    return _Part(None, _best(united))


def _row(pieces: _Pieces) -> _Part:
    run, found, is_whole = _EMPTY.exact or frozenset(), list[Texts](), True
    while (ahead := pieces.ahead) and ahead not in ("|", ")"):
        part = _item(pieces)
        while _is_repeat(pieces.ahead):
            part = _repeated(part, pieces.taken())
        if part.exact is not None and len(run) * len(part.exact) <= _MOST:
            run = frozenset(map("".join, product(run, part.exact)))
            continue
        is_whole = False
        if part.edge is not None and len(run) * len(part.edge) <= _MOST:
            run = frozenset(map("".join, product(run, part.edge)))
        found += (run, *part.needs)
        run = part.exact or part.edge or frozenset(("",))
    return _whole(run) if is_whole else _Part(None, _best((*found, run)))


def _item(pieces: _Pieces) -> _Part:
    piece = pieces.taken()
    if piece == "(" or piece.startswith(_OPENS) or piece in _LOOKS:
        part = _either(pieces)
        if pieces.taken() != ")":
            raise Unknown(piece)
        return _EMPTY if piece in _LOOKS else part
    if piece in _NO_WIDTH:
        return _EMPTY
    if piece in _ANYTHING:
        return _GAP
    if len(piece) > 1 and piece[0] == "[":
        return _one_of(piece[1:-1])
    if _is_repeat(piece):
        raise Unknown(piece)
    if piece[0] == "\\" and piece not in _WRITTEN and piece[1].isalnum():
        if piece[1].isdigit():
            return _GAP
        raise Unknown(piece)
    return _whole(frozenset((_letter(piece),)))


def _one_of(members: str) -> _Part:
    """A class of characters."""
    if members[0] == "^":
        return _GAP
    letters: set[str] = set()
    for first, last in _MEMBER.findall(members):
        if first in _ANYTHING and first != ".":
            return _GAP
        start, end = _letter(first), _letter(last or first)
        if len(start) != 1 or len(end) != 1 or ord(end) - ord(start) > _LONG_CLASS:
            return _GAP
        letters.update(map(chr, range(ord(start), ord(end) + 1)))
    return _whole(frozenset(letters)) if len(letters) <= _LONG_CLASS else _GAP


def _letter(piece: str) -> str:
    return _WRITTEN.get(piece) or _DIGIT.sub(DIGIT, piece[-1])


def _is_repeat(piece: str) -> bool:
    return piece[:1] in ("*", "+", "?") or (len(piece) > 1 and piece[0] == "{")


def _repeated(part: _Part, times: str) -> _Part:
    least, most = _bounds(times)
    if least and most == 1:
        return part
    if least:
        return _Part(None, part.needs, part.exact or part.edge)
    return _Part(part.exact | {""}) if most == 1 and part.exact is not None else _GAP


def _bounds(times: str) -> tuple[int, int]:
    """How often at least, and whether more than once."""
    if times[0] != "{":
        return int(times[0] == "+"), 1 if times[0] == "?" else 2
    least, goes_on, most = _TIMES.match(times).groups()  # type: ignore[union-attr]
    return int(least or 0), int(most or 2) if goes_on else int(least)


def _whole(exact: Texts) -> _Part:
    return _Part(exact, () if "" in exact else (exact,))


def _best(found: Iterable[Texts]) -> tuple[Texts, ...]:
    """The rarest."""
    return tuple(sorted({each for each in found if "" not in each}, key=_commonness)[:_KEPT])


def _commonness(texts: Texts) -> float:
    return sum(map(_chance, texts))


def _chance(text: str) -> float:
    told = sum(_RARE_BLANK if each in " .,!?" else _RARE_ASCII if each.isascii() else _RARE for each in text)
    return float(0.03**told)


def _shortest(texts: Texts) -> Texts:
    """Without those that have another one within them."""
    if len(texts) > _COMPARED:
        return texts
    kept: list[str] = []
    for text in sorted(texts, key=len):
        if not any(each in text for each in kept):
            kept.append(text)
    return frozenset(kept)
