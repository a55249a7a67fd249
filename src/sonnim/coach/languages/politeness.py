"""How polite a text is: cues that a language lists, each with a weight set by hand, added up."""

import math
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

import msgspec

from sonnim.coach.languages.gate import Gate
from sonnim.coach.languages.lexicon import expanded

READ = 4_000
_STEEPNESS = 0.6
"""So that two cues of a kind still tell more than one."""


class Cue(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Ways of putting things that make a text more polite, or less.

    Attributes:
        about: what they have in common.
        patterns: regular expressions over folded text.
        weight: what one of them adds; less than nothing for what is rude.
        most: how many of them count.
    """

    about: str
    patterns: list[str]
    weight: float
    most: int = 1


class Cues(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The cues of a language.

    Attributes:
        neutral: the sum of a text that is neither polite nor rude.
    """

    cues: list[Cue]
    neutral: float = 0.0


class Scorer:
    """What gives the politeness of a folded text, from 0, rude, to 1, very polite."""

    def __init__(self, file: Path, *, macros: Mapping[str, str], whole_words: bool) -> None:
        read = msgspec.json.decode(file.read_bytes(), type=Cues)
        self._neutral = read.neutral
        self._gate = Gate(whole_words=whole_words)
        self._cues: list[tuple[Cue, int, re.Pattern[str]]] = []
        """Each cue with the number of its first pattern."""
        for cue in read.cues:
            patterns = [expanded(each, macros) for each in cue.patterns]
            self._cues.append((cue, self._gate.add(patterns).start, _compiled(patterns, whole_words)))

    def __call__(self, text: str) -> float:
        text = text[:READ]
        passing = self._gate.passing(text)
        found = (
            cue.weight * sum(1 for _ in islice(pattern.finditer(text), cue.most))
            for cue, first, pattern in self._cues
            if first in passing
        )
        return _squeezed(sum(found) - self._neutral)


def _compiled(patterns: Iterable[str], whole_words: bool) -> re.Pattern[str]:
    branches = "|".join(patterns)
    return re.compile(f"(?<![a-z0-9_])(?:{branches})(?![a-z0-9_])" if whole_words else branches)


def _squeezed(total: float) -> float:
    return 1 / (1 + math.exp(-_STEEPNESS * total))
