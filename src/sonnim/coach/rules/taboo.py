"""`taboo`: an insult or a vulgar word, about anybody; not one that is quoted or only looks like it."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.phrases import after_greeting
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.spans import Span

ID = "taboo"
_BLANKS = " ,!，！~…"


def find(reading: Reading) -> Iterator[Finding]:
    draft = reading.draft
    for span in draft.find("insults"):
        if not draft.is_quoted(span) and (sentence := draft.sentence_at(span.start)):
            yield Finding(after_greeting(reading, sentence.span), sentence.end, reading.word(ID, "suggestion"))
            return
    for span in draft.find("curses"):
        if not draft.is_quoted(span):
            yield Finding(*_with_blanks(reading.text, span), "")


def _with_blanks(text: str, span: Span) -> Span:
    """A curse and what separates it from what follows: it can go without leaving a trace."""
    end = span.end
    while end < len(text) and text[end] in _BLANKS:
        end += 1
    return Span(span.start, end)


RULE = Rule(ID, Severity.SERIOUS, find)
