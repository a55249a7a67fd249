"""Rules that are one thing said: they mark the sentences that say it, and offer another sentence instead."""

from collections.abc import Iterator, Sequence

from sonnim.coach.passage import Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding
from sonnim.coach.text.spans import Span, overlapping

_AFTER_GREETING = " ,.!~，。！\n"


def saying(reading: Reading, topic: str, *, unless: str | None = None, beside: Sequence[str] = ()) -> list[Sentence]:
    """The draft's sentences that say something of a topic; what stands in quotes is somebody else's word.

    Args:
        unless: a topic that takes the sting out of a sentence, such as a condition.
        beside: topics of other rules: a sentence that they mark is not marked twice.
    """
    draft = reading.draft
    found = [span for span in draft.find(topic) if not draft.is_quoted(span)]
    if not found:
        return []
    others = [span for other in (*beside, *([unless] if unless else ())) for span in draft.find(other)]
    said = [each for each in reading.sentences if overlapping(each.span, found)]
    return [each for each in said if not overlapping(each.span, others)]


def instead(
    reading: Reading, rule: str, sentences: Sequence[Sentence], *, key: str = "suggestion"
) -> Iterator[Finding]:
    """A mark for each sentence; another wording for the first, so that nothing is said twice."""
    for place, each in enumerate(sentences):
        suggestion = reading.word(rule, key) if place == 0 else None
        yield Finding(after_greeting(reading, each.span), each.end, suggestion)


def after_greeting(reading: Reading, span: Span) -> int:
    """Where a sentence begins without the greeting in it, which stays as it is."""
    greetings = (each for each in reading.draft.find("greetings") if span.start <= each.start <= span.start + 2)
    start = max((each.end for each in greetings), default=span.start)
    while start > span.start and start < span.end and reading.text[start] in _AFTER_GREETING:
        start += 1
    return start if start < span.end else span.start
