"""`refusal-without-alternative`: a no, and nothing that is possible instead."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.refusing import has_alternative, refusing_sentence, told_before
from sonnim.coach.rule import Finding, Rule

ID = "refusal-without-alternative"


def find(reading: Reading) -> Iterator[Finding]:
    refusing = refusing_sentence(reading.draft, reading.unanswered)
    if refusing is None or has_alternative(reading.draft) or told_before(reading, "alternatives"):
        return
    yield Finding(*refusing.span, reading.word(ID, "suggestion", text=refusing.text))


RULE = Rule(ID, Severity.WARNING, find)
