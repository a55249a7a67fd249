"""`look-yourself`: the shopper is sent to look for the answer alone, and the reply says nothing else."""

import re
from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.phrases import instead, saying
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.spans import Span, overlapping

ID = "look-yourself"
_CLAUSE = re.compile(r"[^,，.。;；!?！？\n]+")
_LINE = re.compile(r"[^\s][^\n]*")
_FORMULA = 30
_BESIDE = 2
"""So many words beside the pointer say no more than what it is about."""


def find(reading: Reading) -> Iterator[Finding]:
    if any(passage.says("link_requests") for passage in reading.unanswered):
        return
    sentences = saying(reading, "errands", beside=("insults", "reproaches"))
    if not sentences:
        sentences = saying(reading, "pointers", beside=("insults", "reproaches", "blame"))
        if sentences and _says_more(reading):
            return
    yield from instead(reading, ID, sentences)


def _says_more(reading: Reading) -> bool:
    """Whether the answer itself is in the draft too."""
    draft = reading.draft
    pointers = [*draft.find("pointers"), *draft.links]
    clauses = [Span(*match.span()) for match in _CLAUSE.finditer(draft.folded)]
    pointing = [clause for clause in clauses if overlapping(clause, pointers)]
    aside = (*draft.find("greetings"), *draft.find("courtesies"), *_frame(draft.text))
    rest = draft.without([*pointers, *pointing, *aside])
    return draft.pack.count_words(rest) > _BESIDE or any(map(str.isdigit, rest))


def _frame(text: str) -> Iterator[Span]:
    """The salutation of a letter, and all from its closing formula on: short lines that end with a comma."""
    lines = [Span(*match.span()) for match in _LINE.finditer(text)]
    framing = [each for each in lines if text[slice(*each)].endswith(",") and each.end - each.start <= _FORMULA]
    for each in framing if len(lines) > 1 else ():
        yield each if each is lines[0] else Span(each.start, len(text))


RULE = Rule(ID, Severity.WARNING, find)
