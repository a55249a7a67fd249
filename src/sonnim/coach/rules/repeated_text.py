"""`repeated-text`: a sentence that the shop has already sent in this conversation."""

from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple

from sonnim.coach.marks import Severity
from sonnim.coach.passage import Passage, Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.pairs import pairs
from sonnim.coach.text.scripts import weights

ID = "repeated-text"
_LEAST = 27
_ALIKE = 0.86
_SHARE = 0.6
_HELD = 0.84
_SORRY = 60
"""An apology of this length says nothing else, and is a matter of `over-apology`."""
_COURTESIES = ("openings", "closings")
_JOINS = 4
"""So many pairs come about where a greeting is left out of a sentence."""


class Said(NamedTuple):
    """A sentence as letters and digits alone: the digits of it, and which two signs follow each other."""

    bare: str
    digits: str
    pairs: Set[int]

    @property
    def least(self) -> float:
        """How many of its pairs a message has that may hold it."""
        return _ALIKE * len(self.pairs) - _JOINS


def find(reading: Reading) -> Iterator[Finding]:
    if not reading.by_agent:
        return
    own = zip(reading.sentences, reading.draft.bare_sentences, strict=True)
    fresh = [(each, bare) for each, bare in own if _says_something(reading, each, bare)]
    if not fresh:
        return
    sought = [(sentence, _said(bare)) for sentence, bare in fresh]
    anything = set[int]().union(*[each.pairs for _, each in sought])
    wanted = [(each.digits, each.pairs, each.least) for _, each in sought]
    least = min([each.least for _, each in sought])
    before = {
        bare
        for passage in _since_asked_again(reading)
        if len(anything & passage.pairs) >= least and _may_hold(passage, wanted)
        for bare in passage.bare_sentences
    }
    others = [_said(bare) for bare in before]
    for sentence, said in sought:
        if said.bare in before or any(_is_within(said, other) for other in others):
            yield Finding(sentence.start, sentence.end)


def _since_asked_again(reading: Reading) -> Iterator[Passage]:
    """What the shop has said since the shopper last wanted to hear, or to do, something once more."""
    for role, passage in reversed(reading.said):
        if role == "agent":
            yield passage
        elif passage.says("repeat_requests"):
            return


def _says_something(reading: Reading, sentence: Sentence, bare: str) -> bool:
    length = sum(weights(bare).values())
    if length < _LEAST:
        return False
    draft, place = reading.draft, sentence.span
    if any(span.overlaps(place) for topic in _COURTESIES for span in draft.find(topic)):
        return False
    if length <= _SORRY and any(span.overlaps(place) for span in draft.find("apologies")):
        return False
    filled = sum(span.end - span.start for span in draft.find("fillers") if place.holds(span))
    return filled * 2 <= len(bare)


def _said(bare: str) -> Said:
    return Said(bare, "".join(filter(str.isdigit, bare)), pairs(bare))


def _may_hold(passage: Passage, wanted: Iterable[tuple[str, Set[int], float]]) -> bool:
    """Whether a message has the digits of a sentence, and as many pairs of letters as one that is alike.

    Few messages have to be cut into sentences then.
    """
    for digits, sought, least in wanted:
        if digits and not _holds(passage.digits, digits):
            continue
        if len(sought & passage.pairs) >= least:
            return True
    return False


def _holds(text: str, digits: str) -> bool:
    """Whether the digits are in a text in their order, be there others between them."""
    if digits in text:
        return True
    at = 0
    for each in digits:
        at = text.find(each, at) + 1
        if not at:
            return False
    return True


def _is_within(one: Said, other: Said) -> bool:
    """Whether the sentence was another one, or the greater part of it, but for a particle or an ending.

    Another number makes another sentence.
    """
    is_part = len(one.bare) >= _SHARE * len(other.bare)
    if one.digits != other.digits:
        return is_part and one.bare in other.bare
    ours, others = len(one.pairs), len(other.pairs)
    if others < _HELD * ours:
        return False
    both = len(one.pairs & other.pairs)
    if is_part and (both >= _HELD * ours or one.bare in other.bare):
        return True
    return both >= _ALIKE * (ours + others - both) and abs(len(one.bare) - len(other.bare)) <= len(one.bare) // 6


RULE = Rule(ID, Severity.NOTE, find)
