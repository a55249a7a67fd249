"""`repeated-text`: a sentence that the shop has already sent in this conversation."""

from collections.abc import Iterator, Set
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


class Sought(NamedTuple):
    """A sentence that may have been sent: its digits, which two letters follow each other, and how many of these do."""

    digits: str
    pairs: Set[int]
    least: float


def find(reading: Reading) -> Iterator[Finding]:
    if not reading.by_agent:
        return
    own = zip(reading.sentences, reading.draft.bare_sentences, strict=True)
    fresh = [(each, bare) for each, bare in own if _says_something(reading, each, bare)]
    if not fresh:
        return
    looked_for = [_sought(bare) for _, bare in fresh]
    anything, least = set[int]().union(*(each.pairs for each in looked_for)), min(each.least for each in looked_for)
    alike = [
        passage
        for passage in _since_asked_again(reading)
        if len(anything & passage.pairs) >= least and any(_may_hold(passage, each) for each in looked_for)
    ]
    before = {bare for passage in alike for bare in passage.bare_sentences}
    for sentence, bare in fresh:
        if bare in before or any(_alike(bare, other) or _within(bare, other) for other in before):
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


def _within(one: str, other: str) -> bool:
    """Whether the sentence was the greater part of another one, but for a particle."""
    if len(one) < _SHARE * len(other):
        return False
    if one in other:
        return True
    ours = pairs(one)
    same_figures = [*filter(str.isdigit, one)] == [*filter(str.isdigit, other)]
    return same_figures and len(ours & pairs(other)) >= _HELD * len(ours)


def _sought(bare: str) -> Sought:
    found = pairs(bare)
    return Sought("".join(filter(str.isdigit, bare)), found, _ALIKE * len(found) - _JOINS)


def _may_hold(passage: Passage, sought: Sought) -> bool:
    """Whether a message has the digits of a sentence, and as many pairs of letters as one that is alike.

    Few messages have to be cut into sentences then.
    """
    at, digits = 0, passage.digits if sought.digits else ""
    for each in sought.digits:
        at = digits.find(each, at) + 1
        if not at:
            return False
    return len(sought.pairs & passage.pairs) >= sought.least


def _alike(one: str, other: str) -> bool:
    """Whether two sentences differ by a particle or an ending at most; another number makes another sentence."""
    if abs(len(one) - len(other)) > len(one) // 6:
        return False
    if [*filter(str.isdigit, one)] != [*filter(str.isdigit, other)]:
        return False
    ours, others = pairs(one), pairs(other)
    return len(ours & others) >= _ALIKE * len(ours | others)


RULE = Rule(ID, Severity.NOTE, find)
