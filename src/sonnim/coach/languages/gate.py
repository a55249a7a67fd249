"""Which patterns of a language a text can contain at all: one look for what each of them cannot do without."""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import or_
from typing import Protocol

import re2

from sonnim.coach.languages.needs import DIGIT, Texts, Unknown, needs
from sonnim.coach.text.pairs import each_pair, pairs

_KEPT, _KEPT_GROUPS, _LONGEST_KEPT = 2_048, 512, 240
_ENOUGH, _MEMORY = 10, 32 << 20
_DIGIT = re.compile(r"\d")
_PIECES = re.compile(r"[^.!?。！？\n]+[.!?。！？\s]*|[.!?。！？\s]+")
"""A text is looked through by pieces: most of a draft was there a letter ago, and much is said again and again."""


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

    def __init__(self, *, whole_words: bool) -> None:
        self._signs: Signs = PieceSigns() if whole_words else PairSigns()
        self._needs: list[tuple[Texts, ...]] = []
        self._group_of: list[int] = []
        """The first pattern of those that were added together with a pattern."""
        self._below: dict[int, int] = {}
        self._always, self._once, self._count = 0, 0, 0
        self._told: dict[Sign, int] = {}
        """The patterns that have a sign for their first need, as bits; above all of these, for their second."""
        self._known: frozenset[Sign] = frozenset()
        self._is_ready, self._making_ready = False, threading.Lock()
        self._kept: dict[str, Mapping[int, int]] = {}
        self._groups: dict[int, Mapping[int, int]] = {}
        self._told_by: dict[str, int] = {}
        """A piece of a text → the patterns that it has a sign for."""

    def add(self, patterns: Sequence[str]) -> range:
        """Take patterns in; all are to be there before the first text is read. Their numbers are answered."""
        first, self._count = self._count, self._count + len(patterns)
        self._needs += map(_needs, patterns)
        self._group_of += [first] * len(patterns)
        self._below[first] = (1 << first) - 1
        return range(first, self._count)

    def passing(self, text: str) -> Mapping[int, int]:
        """The patterns that the text may match: by the first of those that were added together, as bits from there."""
        found = self._kept.get(text)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            found = self._kept[text] = self._grouped(self._scanned(text))
        return found

    def _grouped(self, passing: int) -> Mapping[int, int]:
        known = self._groups.get(passing)
        if known is not None:
            return known
        found, rest = dict[int, int](), passing
        while rest:
            first = self._group_of[rest.bit_length() - 1]
            found[first] = rest >> first
            rest &= self._below[first]
        if len(self._groups) >= _KEPT_GROUPS:
            self._groups.clear()
        self._groups[passing] = found
        return found

    def _scanned(self, text: str) -> int:
        if not self._is_ready:
            with self._making_ready:
                if not self._is_ready:
                    self._make_ready()
        told = self._told_in(_DIGIT.sub(DIGIT, text))
        return self._always | (told & (told >> self._count))

    def _told_in(self, alike: str) -> int:
        """The patterns that a text has a sign for: one within a piece of it, or across the joint of two."""
        known, reach = self._told_by.get, self._signs.reach
        told, at = self._once, 0
        for piece in _PIECES.findall(alike):
            found = known(piece)
            told |= self._read(piece) if found is None else found
            if at:
                joint = alike[max(0, at - reach) : at + reach]
                found = known(joint)
                told |= self._read(joint) if found is None else found
            at += len(piece)
        return told

    def _read(self, piece: str) -> int:
        found = self._known.intersection(self._signs.of(piece))
        told = reduce(or_, map(self._told.__getitem__, found), 0)
        if len(piece) <= _LONGEST_KEPT:
            if len(self._told_by) >= _KEPT:
                self._told_by.clear()
            self._told_by[piece] = told
        return told

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


def _needs(pattern: str) -> tuple[Texts, ...]:
    try:
        return needs(pattern)
    except Unknown:
        return ()
