"""What a message claims of something: a measure, or that it can be or cannot; and of which things it speaks."""

from functools import lru_cache
from typing import NamedTuple

from sonnim.coach.languages.pack import Pack
from sonnim.coach.passage import KEPT, Passage, Sentence
from sonnim.coach.text.figures import listed_number

_BEFORE = 6


class Measure(NamedTuple):
    """So many of a unit, or from `low` to `high`, in the smallest unit of its kind."""

    low: float
    high: float
    unit: str
    start: int
    end: int

    def disagrees(self, other: "Measure") -> bool:
        """Whether two measures of one kind have no value in common."""
        return self.unit == other.unit and (self.high < other.low or other.high < self.low)


class Claim(NamedTuple):
    """What one sentence says.

    Attributes:
        aspects: what it is about, such as `delivery`; empty if only the question before it tells.
        measures: those that stand alone in their unit; "free over 50" and "1 to 2, or 4" claim nothing certain.
        denies: whether it says no; nothing if it says neither yes nor no.
    """

    sentence: Sentence
    aspects: frozenset[str]
    measures: tuple[Measure, ...]
    denies: bool | None


@lru_cache(maxsize=KEPT)
def claims(passage: Passage) -> tuple[Claim, ...]:
    """The claims of a message, sentence by sentence; questions claim nothing."""
    pack = passage.pack
    if not _may_claim(pack, passage.folded):
        return ()
    found = []
    for sentence in passage.sentences:
        aspects, measures, denies = _claimed(pack, sentence.folded)
        if measures or denies is not None:
            start = sentence.start
            placed = (each._replace(start=start + each.start, end=start + each.end) for each in measures)
            found.append(Claim(sentence, aspects, tuple(placed), denies))
    return tuple(found)


@lru_cache(maxsize=KEPT)
def _claimed(pack: Pack, said: str) -> tuple[frozenset[str], tuple[Measure, ...], bool | None]:
    """What a sentence claims, with places from where it begins; kept, for much is said in many conversations."""
    if not _may_claim(pack, said) or said.rstrip(" \"')").endswith(("?", "？")) or pack.topic("provisos").is_in(said):
        return frozenset(), (), None
    measures, denies = _measures(pack, said), _denies(pack, said)
    return aspects_of(pack, said) if measures or denies is not None else frozenset(), measures, denies


def _may_claim(pack: Pack, folded: str) -> bool:
    topic = pack.topic
    return (
        topic("measures").may_be_in(folded) or topic("denied").may_be_in(folded) or topic("granted").may_be_in(folded)
    )


@lru_cache(maxsize=KEPT)
def aspects_of(pack: Pack, folded: str) -> frozenset[str]:
    """What a text is about, by the names of the groups in the lexicon."""
    return frozenset(match.lastgroup for match in pack.topic("aspects").matches(folded) if match.lastgroup)


def may_be_about(passage: Passage, aspects: frozenset[str]) -> bool:
    """Whether the text or a piece of it may speak of one of some aspects."""
    return passage.pack.topic("aspects").may_have(passage.folded, aspects)


def things(pack: Pack, folded: str) -> frozenset[str]:
    """What a text speaks of, so that a large one and a small one are told apart."""
    matches = pack.topic("things").matches(folded)
    found = {text for match in matches for text in match.groupdict().values() if text}
    return frozenset(each for each in found if not pack.topic("no_things").is_in(each) and not aspects_of(pack, each))


def _denies(pack: Pack, folded: str) -> bool | None:
    denied, granted = pack.topic("denied").is_in(folded), pack.topic("granted").is_in(folded)
    return denied if denied != granted else None


def _measures(pack: Pack, said: str) -> tuple[Measure, ...]:
    topic = pack.topic("measures")
    found: list[Measure] = []
    for match in topic.matches(said):
        parts = {name.rstrip("0123456789"): text for name, text in match.groupdict().items() if text}
        factor, _, unit = topic.values.get(parts.get("u", ""), "").partition(" ")
        low = listed_number(parts.get("n", "1"), topic.values)
        high = listed_number(parts.get("m", ""), topic.values) or low
        if unit and low is not None and high is not None:
            found.append(Measure(low * float(factor), high * float(factor), unit, *match.span()))
    units = [unit for _, _, unit in {each[:3] for each in found}]
    named = [each for each in found if units.count(each.unit) > 1 and _is_named(pack, said, each)]
    only = [each.unit for each in named]
    return tuple(
        each for each in found if units.count(each.unit) == 1 or (each in named and only.count(each.unit) == 1)
    )


def _is_named(pack: Pack, said: str, measure: Measure) -> bool:
    """Whether what is measured stands right before it, as in "the bag and postage $5"."""
    return bool(aspects_of(pack, said[max(0, measure.start - _BEFORE) : measure.start]))
