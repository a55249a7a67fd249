"""The rules that listen to one kind of event, asked so that a message costs little however many they are.

What conditions ask of a conversation's fields is the same for message after message: which rules hold as far as those
go is worked out once for each combination of values. What is left is asked of the text, and most texts meet none of
the patterns: those are looked for all at once before they are looked for one by one.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from sonnim.automation.conditions import PATHS, Facts, Holds, Parts, search_any

Guard = Callable[[Facts], bool] | None
MAX_CELLS = 2048


class Ear(NamedTuple):
    """A rule that listens: its place among the rules, what else the event must be, and its conditions."""

    order: int
    guard: Guard
    parts: Parts


class Left(NamedTuple):
    """What is still to be asked of a rule; nothing, where `holds` is None."""

    order: int
    guard: Guard
    holds: Holds | None


class Heard(NamedTuple):
    """The rules that may hold, in no order: those of which nothing is left to ask, and those to be asked still."""

    sure: tuple[int, ...]
    asked: Sequence[Left]


class _Cell(NamedTuple):
    """The rules that one combination of values leaves over: always, where a word is there, where a pattern is met."""

    always: Heard
    words: frozenset[str]
    by_word: list[Left]
    met: Holds | None
    by_pattern: list[Left]


class Listeners:
    """All that listen to one kind of event."""

    def __init__(self, ears: Sequence[Ear]) -> None:
        self._ears = ears
        names = sorted({name for ear in ears for name in ear.parts.fields})
        # Every message pays for this: read without a step of Python for each field.
        self._values = attrgetter("first", *(PATHS[name] for name in names))
        self._cells: dict[Any, _Cell] = {}

    def heard(self, facts: Facts) -> Heard:
        """What the fields leave over, as far as the text has what they look for."""
        values = self._values(facts)
        cell = self._cells.get(values)
        if cell is None:
            if len(self._cells) >= MAX_CELLS:
                self._cells.clear()
            cell = self._cells[values] = self._cell(facts)
        found = cell.always
        if cell.words:
            text = facts.folded
            for word in cell.words:
                if word in text:
                    found = Heard(found.sure, [*found.asked, *cell.by_word])
                    break
        if cell.met is not None and cell.met(facts):
            found = Heard(found.sure, [*found.asked, *cell.by_pattern])
        return found

    def _cell(self, facts: Facts) -> _Cell:
        held = [ear for ear in self._ears if ear.parts.cheap is None or ear.parts.cheap(facts)]
        with_words = [ear for ear in held if ear.parts.words]
        with_patterns = [ear for ear in held if ear.parts.patterns]
        met = search_any([each for ear in with_patterns for each in ear.parts.patterns]) if with_patterns else None
        if met is None:  # none there, or too much for one search
            with_patterns = []
        always = _left([ear for ear in held if ear not in with_words and ear not in with_patterns])
        sure = tuple(each.order for each in always if each.guard is None and each.holds is None)
        asked = [each for each in always if each.order not in sure]
        words = frozenset(word for ear in with_words for word in ear.parts.words)
        return _Cell(Heard(sure, asked), words, _left(with_words), met, _left(with_patterns))


def _left(ears: Sequence[Ear]) -> list[Left]:
    return [Left(ear.order, ear.guard, ear.parts.costly) for ear in ears]
