"""`missing-closing`: all is settled, and the last words wish nothing, thank for nothing and offer nothing more."""

from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.scripts import weights

ID = "missing-closing"
_LAST_WORDS = 75
_GOES_ON = ("shopper_tasks",)
_SHORT = 90
"""Whoever still has much to say is not at the end, unless the desk says so."""


def find(reading: Reading) -> Iterator[Finding]:
    if not reading.sentences or reading.draft.language in (None, "other") or not _ends(reading):
        return
    draft = reading.draft
    if draft.questions or draft.says("closings"):
        return
    if reading.context.resolving is None and sum(weights(reading.text).values()) > _SHORT:
        return
    last = reading.sentences[-1]
    text = last.text if last.text[-1] in ".!?。！？~" else f"{last.text}{reading.word(ID, 'stop')}"
    yield Finding(last.start, last.end, reading.word(ID, "suggestion", text=text))


def _ends(reading: Reading) -> bool:
    """Whether this draft is the last word: the desk says so, or the shopper has nothing left."""
    if reading.context.resolving is not None:
        return reading.context.resolving
    last = reading.unanswered[-1:]
    asked = any(passage.questions for passage in reading.unanswered)
    if not reading.by_agent or not last or asked or sum(weights(last[0].text).values()) > _LAST_WORDS:
        return False
    if reading.by_agent[-1].questions and _is_answer(reading):
        return False
    if reading.by_agent[-1].says("holding") and not any(map(str.isalnum, last[0].without(last[0].find("thanks")))):
        return False
    return last[0].says("settled") and not any(reading.draft.says(topic) for topic in _GOES_ON)


def _is_answer(reading: Reading) -> bool:
    """Whether the shopper agreed to what was asked, or gave the number or address that was asked for."""
    said = reading.unanswered
    return said[-1].says("yes") or any(letter.isdigit() or letter == "@" for each in said for letter in each.text)


RULE = Rule(ID, Severity.NOTE, find)
