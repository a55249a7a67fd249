"""`promise-without-date`: something is promised, and the shopper does not know by when."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.passage import Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "promise-without-date"


def find(reading: Reading) -> Iterator[Finding]:
    draft = reading.draft
    if not draft.says("undertakings"):
        return
    promised = next((each for each in draft.sentences if _promises(reading, each)), None)
    if promised is None or _waits_for_the_shopper(reading) or _is_dated(reading, promised):
        return
    yield Finding(*promised.span)


def _promises(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence promises something: no question, and nothing that depends on what the shopper wants."""
    pack, said = reading.pack, sentence.folded
    if said.rstrip(" \"')").endswith(("?", "？")) or not pack.topic("undertakings").is_in(said):
        return False
    return not pack.topic("offers").is_in(said)


def _waits_for_the_shopper(reading: Reading) -> bool:
    """A question or a request of the draft has to be answered first."""
    draft = reading.draft
    asked = any(each.folded.rstrip(" \"')").endswith(("?", "？")) for each in draft.sentences)
    return asked or draft.says("shopper_tasks")


def _is_dated(reading: Reading, promised: Sentence) -> bool:
    """A date in its sentence, in one of the two beside it, or in another line of this answer goes with a promise."""
    place = reading.sentences.index(promised)
    times = reading.pack.topic("times_ahead")
    if any(passage.says("times_ahead") for passage in reading.just_said):
        return True
    return any(times.is_in(each.folded) for each in reading.sentences[max(0, place - 1) : place + 2])


RULE = Rule(ID, Severity.WARNING, find)
