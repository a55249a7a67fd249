"""`rhetorical`: a question that wants no answer but tells the shopper that they should have known."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.phrases import instead, saying
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "rhetorical"


def find(reading: Reading) -> Iterator[Finding]:
    yield from instead(reading, ID, saying(reading, "reproaches", beside=("insults",)))


RULE = Rule(ID, Severity.WARNING, find)
