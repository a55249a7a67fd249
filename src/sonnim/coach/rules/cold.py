"""`cold`: the shopper is sent away, told no more than that nothing can be done, or grieves and finds no comfort."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.phrases import after_greeting, instead, saying
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "cold"
_WORSE = ("insults", "reproaches", "blame")
_COMFORT = ("condolences", "regrets", "apologies")


def find(reading: Reading) -> Iterator[Finding]:
    sentences = saying(reading, "rebuffs", beside=_WORSE)
    if not sentences and not reading.draft.says("warmth"):
        sentences = saying(reading, "shrugs", beside=_WORSE)
    yield from instead(reading, ID, sentences)
    if not sentences and reading.sentences and _is_unmoved(reading):
        first = reading.sentences[0]
        yield Finding(after_greeting(reading, first.span), first.end, why="why_grief")


def _is_unmoved(reading: Reading) -> bool:
    """Whether the shopper tells of a death, and nobody has said a kind word; one who complains is owed an apology."""
    if any(each.says("complaints") for each in reading.unanswered):
        return False
    if not any(each.says("griefs") for each in reading.unanswered) or reading.draft.language in (None, "other"):
        return False
    return not any(each.says(topic) for each in (reading.draft, *reading.by_agent) for topic in _COMFORT)


RULE = Rule(ID, Severity.WARNING, find)
