"""`refusal-without-reason`: a no that leaves the shopper guessing why."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.refusing import has_reason, refusing_sentence, told_before
from sonnim.coach.rule import Finding, Rule

ID = "refusal-without-reason"


def find(reading: Reading) -> Iterator[Finding]:
    refusing = refusing_sentence(reading.draft, reading.unanswered)
    if refusing is None or has_reason(reading.draft, refusing) or told_before(reading, "reasons"):
        return
    yield Finding(*refusing.span)


RULE = Rule(ID, Severity.WARNING, find)
