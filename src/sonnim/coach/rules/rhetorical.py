"""`rhetorical`: a question that wants no answer but tells the shopper that they should have known."""

from collections.abc import Iterator
from itertools import pairwise

from sonnim.coach.marks import Severity
from sonnim.coach.passage import Sentence
from sonnim.coach.phrases import instead, saying
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "rhetorical"


def find(reading: Reading) -> Iterator[Finding]:
    sentences = saying(reading, "reproaches", beside=("insults",))
    yield from instead(reading, ID, sentences or _answered_at_once(reading))


def _answered_at_once(reading: Reading) -> list[Sentence]:
    """Questions after which the draft goes on with the answer, so that the shopper is not meant to give one."""
    pack, draft = reading.pack, reading.draft
    return [
        each
        for each, after in pairwise(reading.sentences)
        if pack.scolds(each.folded, after.folded) and not draft.is_quoted(each.span)
    ]


RULE = Rule(ID, Severity.WARNING, find)
