"""How polite a text is: cues that a language lists, each with a weight set by hand, added up."""

import math
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

import msgspec

from sonnim.coach.languages.gate import Gate
from sonnim.coach.languages.lexicon import Ways, expanded

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

    def __init__(self, file: Path, *, macros: Mapping[str, str], whole_words: bool, marks: str) -> None:
        read = msgspec.json.decode(file.read_bytes(), type=Cues)
        self._neutral = read.neutral
        gate = Gate(whole_words=whole_words, marks=marks)
        self._cues = [
            (cue, Ways([expanded(each, macros) for each in cue.patterns], gate, whole_words=whole_words))
            for cue in read.cues
        ]

    def __call__(self, text: str) -> float:
        text = text[:READ]
        found = (cue.weight * sum(1 for _ in islice(ways.matches(text), cue.most)) for cue, ways in self._cues)
        return _squeezed(sum(found) - self._neutral)


def _squeezed(total: float) -> float:
    return 1 / (1 + math.exp(-_STEEPNESS * total))
