"""`blame`: the reply says that it is the shopper's fault."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.phrases import instead, saying
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "blame"


def find(reading: Reading) -> Iterator[Finding]:
    yield from instead(reading, ID, saying(reading, "blame", unless="excuses", beside=("insults", "reproaches")))


RULE = Rule(ID, Severity.WARNING, find)
