"""`date-without-weekday`: a day of a delivery or a visit, without the day of the week that people plan by."""

import datetime
from collections.abc import Iterator

from sonnim.coach.marks import Severity
from sonnim.coach.offers import clause
from sonnim.coach.passage import Passage
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.figures import DATE, DAY, Figure

ID = "date-without-weekday"
_BESIDE, _SHORT = 16, 24


def find(reading: Reading) -> Iterator[Finding]:
    dates = [each for each in reading.draft.figures if each.kind in (DATE, DAY)]
    for date in dates:
        sentence = reading.draft.sentence_at(date.start)
        if sentence is None or _beside(reading.draft, date) or (len(dates) == 1 and reading.draft.says("weekdays")):
            continue
        topic = reading.pack.topic
        if topic("other_dates").is_in(clause(sentence, date.start)) or _asked_another(reading):
            continue
        near = sentence.folded if date.kind == DATE else _around(reading.draft, date)
        if (topic("visit_dates").is_in(near) or _asked(reading, date)) and not _named_before(reading, date):
            yield Finding(date.start, date.end, _with_weekday(reading, date))


def _named_before(reading: Reading, date: Figure) -> bool:
    """Whether the weekday stands beside the date where somebody said it before."""
    return any(
        each.value == date.value and _beside(said.passage, each)
        for said in reading.said
        for each in said.passage.figures
        if each.kind == date.kind
    )


def _beside(passage: Passage, date: Figure) -> bool:
    return passage.pack.topic("weekdays").is_in(_around(passage, date))


def _around(passage: Passage, date: Figure) -> str:
    return passage.folded[max(0, date.start - _BESIDE) : date.end + _BESIDE]


def _asked(reading: Reading, date: Figure) -> bool:
    """Whether the bare date is the answer to when something comes."""
    if date.kind == DAY or reading.whole.end - reading.whole.start > date.end - date.start + _SHORT:
        return False
    return any(
        question.folded and passage.pack.topic("visit_dates").is_in(question.folded)
        for passage, question in reading.open_questions
    )


def _asked_another(reading: Reading) -> bool:
    """Whether all that was asked is how long something keeps, or when it was made."""
    asked = [(passage.pack, question.folded) for passage, question in reading.open_questions]
    return bool(asked) and all(pack.topic("kept_dates").is_in(said) for pack, said in asked)


def _with_weekday(reading: Reading, date: Figure) -> str | None:
    """The date with its weekday; only a date with a year has one for sure."""
    if not date.unit.isdigit():
        return None
    month, day = map(int, date.value.split("-"))
    try:
        weekday = datetime.date(int(date.unit), month, day).isoweekday()
    except ValueError:
        return None
    name = reading.pack.topic("weekdays").values[str(weekday)]
    return reading.word(ID, "suggestion", date=reading.text[date.start : date.end], weekday=name)


RULE = Rule(ID, Severity.NOTE, find)
