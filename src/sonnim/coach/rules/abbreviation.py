"""`abbreviation`: a short code of the shop or the trade that the shopper did not use."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.terms import of_kind

ID = "abbreviation"


def find(reading: Reading) -> Iterator[Finding]:
    for term in of_kind(reading.terms, ID):
        yield Finding(term.start, term.end, term.suggestion, values={"word": term.word, "plain": term.plain})


RULE = Rule(ID, Severity.NOTE, find)
