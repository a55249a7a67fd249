"""Which patterns of a language a text can contain at all: one look for what each of them cannot do without."""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain
from operator import or_
from typing import Protocol

import re2

from sonnim.coach.languages.needs import DIGIT, Texts, Unknown, lies_between, needs
from sonnim.coach.text.pairs import each_pair, pairs
from sonnim.kernel import collecting

_KEPT, _LONGEST_KEPT = 1_024, 240
_ENOUGH, _MANY, _MEMORY = 10, 4_096, 32 << 20
_DIGIT = re.compile(r"\d")
MARKS = ".!?\n"
"""By these a text is cut into pieces, and looked through by them: most of a draft was there a letter ago, and much is
said again and again. A pattern that no mark can match finds all it needs in one piece."""


Sign = str | int


class Signs(Protocol):
    """By what pieces are looked for in a text.

    Attributes:
        reach: so many characters at most of one sign stand before any place within it.
    """

    reach: int

    def of(self, alike: str) -> Iterable[Sign]:
        """All signs of a text, in any order, and some of them several times."""

    def of_piece(self, piece: str) -> Iterable[Sign]:
        """The signs that each text with the piece in it has; one of them will do."""

    def keep(self, signs: Iterable[Sign]) -> None:
        """Be ready for texts; no others are asked for."""


class PairSigns:
    """Pairs of characters, where there are so many that a pair tells much; and single characters."""

    reach = 1

    def of(self, alike: str) -> Iterable[Sign]:
        return chain(alike, *each_pair(alike))

    def of_piece(self, piece: str) -> Iterable[Sign]:
        return pairs(piece) or [piece]

    def keep(self, signs: Iterable[Sign]) -> None:
        pass


class PieceSigns:
    """The beginnings of the pieces themselves, where the letters are few."""

    reach = _ENOUGH - 1

    def __init__(self) -> None:
        self._pieces: list[Sign] = []

    def of(self, alike: str) -> Iterable[Sign]:
        return map(self._pieces.__getitem__, self._set.Match(alike.encode(errors="replace")) or ())

    def of_piece(self, piece: str) -> Iterable[Sign]:
        return [piece[:_ENOUGH]]

    def keep(self, signs: Iterable[Sign]) -> None:
        options = re2.Options()
        options.literal, options.max_mem = True, _MEMORY
        self._set = re2.Set.SearchSet(options)
        for sign in signs:
            self._set.Add(str(sign).encode(errors="replace"))
            self._pieces.append(sign)
        self._set.Compile()


class Gate:
    """Lets a text through to the patterns that it may match: never to fewer, now and then to one that it does not.

    Every match of a pattern has one of a few pieces of text, and each piece has a sign that is looked for in the text.
    """

    def __init__(self, *, whole_words: bool, marks: str = MARKS) -> None:
        self._signs: Signs = PieceSigns() if whole_words else PairSigns()
        self._marks, some = marks, re.escape(marks)
        self._pieces = re.compile(f"[^{some}]+[{some}]*|[{some}]+").findall
        self._needs: list[tuple[Texts, ...]] = []
        self._always, self._once, self._within, self._count = 0, 0, 0, 0
        """The patterns that are let through to any text, that need one thing only, that lie within one piece."""
        self._told: dict[Sign, int] = {}
        """The patterns that have a sign for their first need, as bits; above all of these, for their second."""
        self._known: frozenset[Sign] = frozenset()
        self._is_ready, self._making_ready = False, threading.Lock()
        self._kept: dict[str, int] = {}
        self._told_by: dict[str, tuple[int, int]] = {}
        """A piece of a text → the patterns that it has a sign for, and those within one piece that it lets through."""

    def add(self, patterns: Sequence[str]) -> range:
        """Take patterns in; all are to be there before the first text is read. Their numbers are answered."""
        first, self._count = self._count, self._count + len(patterns)
        self._needs += map(_needs, patterns)
        for number, each in enumerate(patterns, first):
            self._within |= lies_between(each, self._marks) << number
        return range(first, self._count)

    def passing(self, text: str) -> int:
        """The patterns that the text may match, as bits at their numbers."""
        found = self._kept.get(text)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[text] = self._scanned(text)
        return found

    def _scanned(self, text: str) -> int:
        if not self._is_ready:
            with self._making_ready:
                if not self._is_ready:
                    self._make_ready()
        told, passing = self._told_in(_DIGIT.sub(DIGIT, text))
        return self._always | passing | (told & (told >> self._count) & ~self._within)

    def _told_in(self, alike: str) -> tuple[int, int]:
        """The patterns that a text has a sign for, and those within one piece of it that are let through."""
        known, reach = self._told_by.get, self._signs.reach
        told, passing, at = self._once, 0, 0
        for piece in self._pieces(alike):
            here, lets = known(piece) or self._read(piece)
            told |= here
            passing |= lets
            if at:
                joint = alike[max(0, at - reach) : at + reach]
                told |= (known(joint) or self._read(joint))[0]
            at += len(piece)
        return told, passing

    def _read(self, piece: str) -> tuple[int, int]:
        found = self._known.intersection(self._signs.of(piece))
        told = reduce(or_, map(self._told.__getitem__, found), self._once)
        read = told, told & (told >> self._count) & self._within
        if len(piece) <= _LONGEST_KEPT:
            if len(self._told_by) >= _KEPT:
                self._told_by.clear()
            self._told_by[piece] = read
        return read

    def _make_ready(self) -> None:
        pieces = {piece for wanted in self._needs for texts in wanted for piece in texts}
        signs = {piece: tuple(self._signs.of_piece(piece)) for piece in pieces}
        counted = Counter(sign for each in signs.values() for sign in each)
        rarest = {piece: min(each, key=counted.__getitem__) for piece, each in signs.items()}
        for number, wanted in enumerate(self._needs):
            first, second = 1 << number, 1 << number + self._count
            self._always |= 0 if wanted else first
            self._once |= second if len(wanted) == 1 else 0
            for texts, bit in zip(wanted, (first, second), strict=False):
                for sign in {rarest[piece] for piece in texts}:
                    self._told[sign] = self._told.get(sign, 0) | bit
        # Signs of one pattern tell the same: a long number is there once for all of them.
        same: dict[int, int] = {}
        self._told = {sign: same.setdefault(told, told) for sign, told in self._told.items()}
        self._known = frozenset(self._told)
        self._signs.keep(self._told)
        self._needs.clear()
        self._is_ready = True
        if len(self._told) > _MANY:
            collecting.give_back()


def bits(numbers: range) -> int:
    """Numbers of patterns that follow each other, as bits."""
    return (1 << numbers.stop) - (1 << numbers.start)


def _needs(pattern: str) -> tuple[Texts, ...]:
    try:
        return needs(pattern)
    except Unknown:
        return ()
