"""`missing-next-step`: a matter is taken up or still open, and nothing is said of what happens next."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.spans import Span, overlapping

ID = "missing-next-step"
_WRONG = ("complaints", "mishaps")
_CONTENT = ("praise", "settled")
_A_NOD = 12
_WANTED = (*_WRONG, "requests")


def find(reading: Reading) -> Iterator[Finding]:
    draft = reading.draft
    open_ends = draft.find("pending") or (_told(reading) if _wants_something(reading) else ())
    if not open_ends or draft.questions or draft.links or draft.says("next_steps"):
        return
    sentence = draft.sentence_at(open_ends[-1].start)
    if sentence is not None:
        yield Finding(sentence.start, sentence.end)


def _told(reading: Reading) -> tuple[Span, ...]:
    """What is wrong; or, to somebody who asked nothing, that one has heard it, or no more than how things are."""
    draft = reading.draft
    if reading.open_questions or draft.says("diagnoses"):
        return draft.find("diagnoses")
    heard = draft.find("acknowledgements")
    aside = (*heard, *draft.find("courtesies"), *draft.find("greetings"))
    if all(overlapping(each.span, aside) for each in draft.sentences):
        return heard
    return draft.find("statements") if any(each.says(topic) for each in reading.unanswered for topic in _WRONG) else ()


def _wants_something(reading: Reading) -> bool:
    """Whether to know what is the matter, or that it can be done, is not yet what the shopper came for."""
    if reading.draft.says("refusals") or reading.just_said:
        return False
    if any(each.says(topic) for each in reading.unanswered for topic in _CONTENT):
        return False
    wanted = reading.by_customer if _was_put_off(reading) else reading.unanswered
    return any(each.says(topic) for each in wanted for topic in _WANTED)


def _was_put_off(reading: Reading) -> bool:
    """Whether the shopper said no more than yes to being asked to wait: what they wrote before is still open."""
    if not reading.by_agent or not reading.by_agent[-1].says("holding"):
        return False
    return all(len(each.text) <= _A_NOD and not each.questions for each in reading.unanswered)


RULE = Rule(ID, Severity.WARNING, find)
