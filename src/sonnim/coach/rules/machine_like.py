"""`machine-like`: blanks of a template that nobody filled in, or sentences that fit any message and answer none."""

import re
from collections.abc import Iterator, Sequence

from sonnim.coach.marks import Severity
from sonnim.coach.passage import Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.scripts import weights
from sonnim.coach.text.spans import Span, blanked, overlapping

ID = "machine-like"
_AROUND = ("greetings", "openings", "closings")
_WANTED = ("wishes", "complaints", "mishaps")
"""Praise, a suggestion or a number that was asked for may well be met with a phrase."""
_LEAST = 24
_MOST = 0.55
_SEVERAL = 2
_NAMED = 2
"""A clause that is no phrase and has so many words of the shopper is an answer."""
_CLAUSE = re.compile("[^,，;；]+")


def find(reading: Reading) -> Iterator[Finding]:
    blanks = reading.draft.find("leftovers")
    for span in blanks:
        yield Finding(*span, why="why_leftover")
    if not blanks and reading.sentences and _asks_something(reading) and _is_generic(reading):
        yield Finding(*reading.whole, why="why_generic")


def _asks_something(reading: Reading) -> bool:
    if reading.open_questions:
        return True
    told = [
        each
        for each in reading.unanswered
        if not each.says("settled") and not any(map(each.says, ("thanks", "praise")))
    ]
    wanted = [each for each in told if any(each.says(topic) for topic in _WANTED)]
    return sum(sum(weights(each.text).values()) for each in wanted) >= _LEAST


def _is_generic(reading: Reading) -> bool:
    """Whether every sentence is a phrase, and nothing that the shopper named comes up."""
    if reading.draft.links or reading.draft.questions or any(letter.isdigit() for letter in reading.text):
        return False
    said = [_phrases(reading, each) for each in reading.sentences]
    if any(each is None for each in said) or not any(said):
        return False
    return sum(each or 1 for each in said if each is not None) >= _SEVERAL


def _phrases(reading: Reading, sentence: Sentence) -> int | None:
    """How many phrases a sentence consists of; 0 for mere courtesy, nothing if it says something."""
    pack = reading.pack
    phrases = pack.topic("generic_sentences").spans(sentence.folded)
    bare = blanked(sentence.folded, phrases)
    for topic in _AROUND:
        bare = blanked(bare, pack.topic(topic).spans(bare))
    left = sum(letter.isalnum() for letter in bare)
    if _takes_up(reading, sentence, phrases):
        return None
    if left <= (1 - _MOST) * sum(letter.isalnum() for letter in sentence.folded):
        return len(phrases)
    return 0 if pack.count_words(sentence.folded) <= 1 else None


def _takes_up(reading: Reading, sentence: Sentence, phrases: Sequence[Span]) -> bool:
    """Whether a clause without any phrase says something in the words of the shopper."""
    clauses = (Span(*match.span()) for match in _CLAUSE.finditer(sentence.folded))
    plain = [sentence.folded[slice(*each)] for each in clauses if phrases and not overlapping(each, phrases)]
    heard = {stem for each in reading.unanswered for stem in each.pack.stems(each.folded)} if plain else set()
    return any(len(heard & reading.pack.stems(each)) >= _NAMED for each in plain)


RULE = Rule(ID, Severity.WARNING, find)
