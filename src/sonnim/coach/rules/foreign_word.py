"""`foreign-word`: a word of another language where the draft's own has a plain one."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.terms import of_kind

ID = "foreign-word"


def find(reading: Reading) -> Iterator[Finding]:
    for term in of_kind(reading.terms, ID):
        yield Finding(term.start, term.end, term.suggestion, values={"word": term.word, "plain": term.plain})


RULE = Rule(ID, Severity.NOTE, find)
