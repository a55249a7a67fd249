"""`jargon`: a word of the trade for which the shopper would use another."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.terms import of_kind

ID = "jargon"


def find(reading: Reading) -> Iterator[Finding]:
    for term in of_kind(reading.terms, ID):
        yield Finding(term.start, term.end, term.suggestion, values={"word": term.word, "plain": term.plain})


RULE = Rule(ID, Severity.NOTE, find)
