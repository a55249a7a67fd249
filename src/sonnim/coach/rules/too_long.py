"""`too-long`: a reply far longer than what was asked."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "too-long"
_SLOW = frozenset({"email", "mail", "letter", "post", "board"})
_PER_ASKED = 0.7


def find(reading: Reading) -> Iterator[Finding]:
    size = len(reading.draft.without(reading.draft.links).replace(" ", "")) if len(reading.text) > 100 else 0
    limits = reading.pack.topic("limits").values
    limit = float(limits["mail" if reading.context.channel in _SLOW else "chat"])
    if size <= limit:
        return
    parts = max(1, len(reading.open_questions))
    asked = sum(len(passage.text) for passage in reading.unanswered)
    if size > limit * (1 + _PER_ASKED * (parts - 1)) + asked / 2:
        yield Finding(*reading.whole)


RULE = Rule(ID, Severity.NOTE, find)
