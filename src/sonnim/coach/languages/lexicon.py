"""A topic of a language's lexicon: patterns for what is said, and for what only looks like it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heapreplace
from pathlib import Path

import msgspec

from sonnim.coach.languages.gate import Gate, bits
from sonnim.coach.text.spans import Span, overlapping

Search = Callable[..., re.Match[str] | None]
Ahead = tuple[int, int, re.Match[str]]
"""Where a way is found next, which one it is, and the match."""

_KEPT = 1_024
_TOGETHER = (
    frozenset((
        "amounts", "apologies", "apology_softeners", "aspects", "clock_times", "dates", "denied", "fulfilling",
        "granted", "greetings", "measures", "provisos", "repeat_requests", "restating", "sums", "thanks",
    )),
    frozenset(("formal_endings", "memo_endings", "plain_endings", "polite_endings")),
    frozenset(("code_labels", "sides")),
    frozenset(("plain_you", "polite_you")),
)  # fmt: skip
"""What whole conversations are asked for, the ends of sentences, what stands before figures, every sentence."""

_GROUP = re.compile(r"\(\?P<(\w+)>")
_MACRO = re.compile(r"\{([a-z_]+)\}")


class Entries(msgspec.Struct, forbid_unknown_fields=True, rename={"unless": "except"}):
    """A file of the lexicon.

    Attributes:
        about: what belongs here, for whoever adds to it.
        patterns: regular expressions over lower-case text; `{name}` stands for a macro of the language.
        words: literal words.
        unless: patterns of harmless text; what lies within or across one of them is not found.
        values: anything that is no pattern, such as a word and what to say instead.
    """

    about: str = ""
    patterns: list[str] = []
    words: list[str] = []
    unless: list[str] = []
    values: dict[str, str] = {}


class Ways:
    """Ways of putting one thing; it finds its places in a folded text as if all were one pattern of alternatives."""

    def __init__(self, patterns: Sequence[str], gate: Gate, *, whole_words: bool) -> None:
        self._sources = [f"(?:{each}){'(?![a-z0-9_])' if whole_words else ''}" for each in patterns]
        self._groups = [frozenset(_GROUP.findall(each)) for each in patterns]
        self._searches: list[Search | None] = [None] * len(patterns)
        self.gate = gate
        numbers = gate.add(patterns)
        self.first, self.mask = numbers.start, bits(numbers)
        self._with_groups: dict[frozenset[str], int] = {}
        self._whole_words = whole_words

    def matches(self, folded: str) -> Iterable[re.Match[str]]:
        """The matches in order, of several at one place that of the first way; none overlaps another."""
        passing = self.passing(folded)
        return self.matched(passing, folded) if passing else ()

    def matched(self, passing: int, folded: str) -> Iterable[re.Match[str]]:
        """The matches of those that are let through to the text."""
        ahead = self._ahead(passing, folded)
        if not ahead:
            return ()
        return self._of_one(*ahead[0][1:], folded) if len(ahead) == 1 else self._merged(ahead, folded)

    def passing(self, folded: str) -> int:
        """Those that are let through to the text, as bits; one of them may still not be in it."""
        return (self.gate.passing(folded) & self.mask) >> self.first

    def with_groups(self, names: frozenset[str]) -> int:
        """The ways with a group of one of these names, as bits at their numbers in the gate."""
        found = self._with_groups.get(names)
        if found is None:
            if len(self._with_groups) >= _KEPT:
                self._with_groups.clear()
            ways = (way for way, groups in enumerate(self._groups) if not names.isdisjoint(groups))
            found = self._with_groups[names] = sum(1 << self.first + way for way in ways)
        return found

    def _ahead(self, passing: int, folded: str) -> list[Ahead]:
        """The first match of each way that has any."""
        found = []
        while passing:
            last = passing & -passing
            passing ^= last
            way = last.bit_length() - 1
            match = (self._searches[way] or self._search(way))(folded)
            if match:
                found.append((match.start(), way, match))
        return found

    def _of_one(self, way: int, match: re.Match[str] | None, folded: str) -> Iterator[re.Match[str]]:
        search = self._search(way)
        while match:
            start, end = match.span()
            # A leading \b would cost the fast search for first characters, so word starts are looked at here.
            if end > start and not (self._whole_words and start and _joined(folded, start)):
                yield match
                match = search(folded, end)
            else:
                match = search(folded, start + 1)

    def _merged(self, ahead: list[Ahead], folded: str) -> Iterator[re.Match[str]]:
        heapify(ahead)
        at = 0
        while ahead:
            start, way, match = ahead[0]
            if start >= at:
                if match.end() > start and not (self._whole_words and start and _joined(folded, start)):
                    yield match
                    at = match.end()
                else:
                    at = start + 1
            if following := self._search(way)(folded, at):
                heapreplace(ahead, (following.start(), way, following))
            else:
                heappop(ahead)

    def _search(self, way: int) -> Search:
        found = self._searches[way]
        if found is None:
            found = self._searches[way] = re.compile(self._sources[way]).search
        return found


class Topic:
    """What is said on a topic, and what only looks like it."""

    __slots__ = ("_first", "_mask", "_passing", "unless", "values", "ways")

    def __init__(self, ways: Ways, unless: Ways, values: Mapping[str, str]) -> None:
        self.ways = ways
        self.unless = unless
        self.values = values
        self._passing, self._mask, self._first = ways.gate.passing, ways.mask, ways.first

    def matches(self, folded: str) -> tuple[re.Match[str], ...]:
        """The matches in order, without those that something harmless explains."""
        # Of most topics a text says nothing, so that what tells it is asked here, without further calls.
        passing = self._passing(folded) & self._mask
        if not passing:
            return ()
        found = tuple(self.ways.matched(passing >> self._first, folded))
        if not found:
            return found
        harmless = [each.span() for each in self.unless.matches(folded)]
        if not harmless:
            return found
        return tuple(each for each in found if not overlapping(each.span(), harmless))

    def may_have(self, folded: str, groups: frozenset[str]) -> bool:
        """Whether a match in the text, or in a piece of it, may have a group of one of these names."""
        return bool(self._passing(folded) & self.ways.with_groups(groups))

    def spans(self, folded: str) -> tuple[Span, ...]:
        if not self._passing(folded) & self._mask:
            return ()
        return tuple([Span(*match.span()) for match in self.matches(folded)])

    def may_be_in(self, folded: str) -> bool:
        """Whether it is worth looking more closely: what is no here is no in every piece of the text."""
        return bool(self._passing(folded) & self._mask)

    def is_in(self, folded: str) -> bool:
        passing = self._passing(folded) & self._mask
        if not passing:
            return False
        found = self.ways.matched(passing >> self._first, folded)
        if not found:
            return False
        harmless = [each.span() for each in self.unless.matches(folded)]
        return any(not harmless or not overlapping(each.span(), harmless) for each in found)


def _joined(folded: str, start: int) -> bool:
    before, first = folded[start - 1], folded[start]
    return (before.isalnum() or before == "_") and first.isalnum()


class Lexicon:
    """The topics of a language; a text is looked through for those together that are asked of it together."""

    def __init__(self, folder: Path, *, macros: Mapping[str, str], whole_words: bool, marks: str) -> None:
        gates = [Gate(whole_words=whole_words, marks=marks) for _ in (*_TOGETHER, "the others")]
        read = msgspec.json.Decoder(Entries).decode
        files = {file.stem: read(file.read_bytes()) for file in sorted(folder.glob("*.json"))}
        self.topics = {
            name: opened(entries, gates[_place(name)], macros=macros, whole_words=whole_words)
            for name, entries in files.items()
        }


def _place(topic: str) -> int:
    return next((place for place, topics in enumerate(_TOGETHER) if topic in topics), len(_TOGETHER))


def opened(entries: Entries, gate: Gate, *, macros: Mapping[str, str], whole_words: bool) -> Topic:
    """Makes a topic of its file."""
    words = sorted(map(re.escape, entries.words), key=len, reverse=True)
    said = [*(expanded(each, macros) for each in entries.patterns), *words]
    harmless = [expanded(each, macros) for each in entries.unless]
    ways, unless = (Ways(each, gate, whole_words=whole_words) for each in (said, harmless))
    return Topic(ways, unless, entries.values)


def expanded(pattern: str, macros: Mapping[str, str]) -> str:
    """A pattern with the macros of its language written out; other braces stay."""
    return _MACRO.sub(lambda match: expanded(macros[match[1]], macros), pattern)
