"""`over-apology`: apologies heaped up in a message, or in one message after the other."""

from collections.abc import Iterator

from sonnim.coach.heaps import Heap, heaped
from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "over-apology"
_APOLOGIES = Heap("apologies", "apology_softeners", enough=2)


def find(reading: Reading) -> Iterator[Finding]:
    yield from heaped(reading, _APOLOGIES)


RULE = Rule(ID, Severity.NOTE, find)
