"""Rules on what is said too often: in one message, or again in each message of a conversation."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sonnim.coach.passage import Passage, Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding
from sonnim.coach.text.spans import Span, blanked

_FULL = 3
_STOPS = frozenset(",.!?~，。！？、\n")
_CLOSE_WORDS, _CLOSE_LETTERS, _BARE_WORDS = 2, 14, 3
_LOOKED_BACK = 4


class Heap(NamedTuple):
    """What is heaped.

    Attributes:
        topic: the lexicon's words for it.
        softeners: a topic of the same words where they mean less, and do not count over a conversation.
        enough: in how many of the last messages it may have been said when it is said once more.
    """

    topic: str
    softeners: str | None
    enough: int


def heaped(reading: Reading, heap: Heap) -> Iterator[Finding]:
    """At most one mark: on what is too much in the draft, or on what repeats the messages before."""
    draft = reading.draft
    said = [span for span in draft.find(heap.topic) if not draft.is_quoted(span)]
    counted = list(_apart(draft, said))
    if len(counted) >= _FULL or _doubled(draft, said):
        yield _surplus(draft, said)
    elif said and _meant(draft, heap) and _before(reading, heap) >= heap.enough:
        sentence = draft.sentence_at(said[0].start)
        if sentence:
            yield Finding(sentence.start, sentence.end, None, "why_again")


def _apart(draft: Passage, said: list[Span]) -> Iterator[Span]:
    """The places that are more than two words for one thing, such as "we are sorry and apologise"."""
    last: Span | None = None
    for span in said:
        if last is None or not _one_phrase(draft, last, span):
            yield span
        last = span


def _doubled(draft: Passage, said: list[Span]) -> bool:
    return any(_close(draft, *pair) and _alike(draft, *pair) for pair in pairwise(said))


def _one_phrase(draft: Passage, one: Span, other: Span) -> bool:
    between = draft.folded[one.end : other.start]
    return _close(draft, one, other) and not _alike(draft, one, other) and not _STOPS.intersection(between)


def _close(draft: Passage, one: Span, other: Span) -> bool:
    between = draft.folded[one.end : other.start]
    return len(between) <= _CLOSE_LETTERS and draft.pack.count_words(between) <= _CLOSE_WORDS


def _alike(draft: Passage, one: Span, other: Span) -> bool:
    return draft.folded[one.start : one.start + 2] == draft.folded[other.start : other.start + 2]


def _surplus(draft: Passage, said: list[Span]) -> Finding:
    """All after the first; where they are sentences of their own, the text without them is the suggestion."""
    first = draft.sentence_at(said[0].start)
    more = [each for each in draft.sentences if any(each.start <= span.start < each.end for span in said[1:])]
    if first is None or not more:
        return Finding(said[0].start, said[-1].end)
    if more[0].start == first.start or not all(_bare(draft, each, said) for each in more):
        return Finding(said[1].start, more[-1].end)
    start, end = more[0].start, more[-1].end
    kept = [each.text for each in draft.sentences if start <= each.start < end and each not in more]
    return Finding(start, end, " ".join(kept))


def _bare(draft: Passage, sentence: Sentence, said: list[Span]) -> bool:
    rest = blanked(draft.folded, said)[sentence.start : sentence.end]
    return draft.pack.count_words(rest) <= _BARE_WORDS


def _meant(passage: Passage, heap: Heap) -> bool:
    softened = passage.find(heap.softeners) if heap.softeners else ()
    return any(not any(span.overlaps(other) for other in softened) for span in passage.find(heap.topic))


def _before(reading: Reading, heap: Heap) -> int:
    return sum(_meant(passage, heap) for passage in reading.by_agent[-_LOOKED_BACK:])
