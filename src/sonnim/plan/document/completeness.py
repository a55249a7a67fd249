"""How much of a plan is written, and which questions are still open. Pure: no Django."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sonnim.plan.document.parts import Said
from sonnim.plan.document.schema import (
    SECTIONS,
    PlanChannel,
    PlanConcession,
    PlanDecision,
    PlanDocument,
    PlanInformation,
    PlanRefusal,
    PlanReturn,
    PlanRung,
    PlanStep,
    PlanTopic,
)

EMPTY_SECTION = 6
"""What a section without a row weighs: as much as a few questions in it would."""
MUST, SHOULD, COULD = 3, 2, 1
"""Without MUST an agent cannot act, without SHOULD a shopper waits longer, COULD makes it pleasant."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the plan must say; `row` and `field` are empty where a whole section has nothing yet."""

    section: str
    row: str
    field: str
    weight: int
    answered: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a section, or of all, is written, by weight; a plan without questions is no plan: 0 %."""

    answered: int
    total: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means that nothing is open."""
        return self.answered * 100 // self.total if self.total else 0


Asks = Iterator[tuple[str, int, bool]]
_Row = Any


def questions(document: PlanDocument) -> list[Question]:
    """All questions in the order of the document, answered or not."""
    found = []
    for section in SECTIONS:
        rows: Sequence[_Row] = getattr(document, section)
        if not rows:
            found.append(Question(section, "", "", EMPTY_SECTION, answered=False))
        for row in rows:
            asked = _ASKED[section](row, document.languages)
            found += [Question(section, row.id, field, weight, answered) for field, weight, answered in asked]
    return found


def open_questions(document: PlanDocument) -> list[Question]:
    """The questions without an answer, the weightiest first, then in the order of the document."""
    return sorted((each for each in questions(document) if not each.answered), key=lambda each: -each.weight)


def shares(document: PlanDocument) -> dict[str, Share]:
    """Section → how much of it is written."""
    asked = questions(document)
    return {section: _share([each for each in asked if each.section == section]) for section in SECTIONS}


def whole(document: PlanDocument) -> Share:
    """How much of the plan is written."""
    return _share(questions(document))


def _share(asked: list[Question]) -> Share:
    return Share(sum(each.weight for each in asked if each.answered), sum(each.weight for each in asked))


def _inside(field: str, weight: int, text: Said) -> tuple[str, int, bool]:
    """A text that only the desk reads: one language is enough."""
    return field, weight, bool(text.within())


def _spoken(field: str, weight: int, text: Said, languages: Sequence[str]) -> Asks:
    """A text that shoppers read: in each language of the shop."""
    for locale in languages:
        yield f"{field}.{locale}", weight, bool(getattr(text, locale).strip())


def _topic(row: PlanTopic, languages: Sequence[str]) -> Asks:
    yield _inside("title", COULD, row.title)
    yield "answered_by", MUST, row.answered_by is not None
    yield "stand_in", SHOULD, row.stand_in is not None


def _decision(row: PlanDecision, languages: Sequence[str]) -> Asks:
    yield _inside("title", COULD, row.title)
    yield "decided_by", MUST, row.decided_by is not None
    yield "stand_in", SHOULD, row.stand_in is not None
    yield "deadline_minutes", SHOULD, row.deadline_minutes is not None


def _information(row: PlanInformation, languages: Sequence[str]) -> Asks:
    yield _inside("question", COULD, row.question)
    if row.needed and not row.ask:
        yield _inside("answer", MUST, row.answer)


def _channel(row: PlanChannel, languages: Sequence[str]) -> Asks:
    yield from _spoken("promise", SHOULD, row.promise, languages)


def _return(row: PlanReturn, languages: Sequence[str]) -> Asks:
    yield _inside("title", COULD, row.title)
    yield "accepted", MUST, bool(row.accepted)
    if row.accepted != "no":
        yield "days", MUST, row.days is not None
        yield "paid_by", SHOULD, bool(row.paid_by)


def _claim(row: PlanStep, languages: Sequence[str]) -> Asks:
    yield _inside("title", COULD, row.title)
    yield _inside("what", SHOULD, row.what)
    yield "done_by", SHOULD, row.done_by is not None


def _concession(row: PlanConcession, languages: Sequence[str]) -> Asks:
    yield _inside("title", COULD, row.title)
    # Who has no limit has that of the next lower role, and below an agent there is none.
    lowest = any(limit.role == "agent" for limit in row.limits)
    told = lowest and all(limit.value or limit.measure in {"none", "any"} for limit in row.limits)
    yield "limits", MUST, told
    yield from _spoken("sentence", COULD, row.sentence, languages)


def _rung(row: PlanRung, languages: Sequence[str]) -> Asks:
    yield _inside("title", COULD, row.title)
    yield _inside("reason", COULD, row.reason)
    yield from _spoken("sentence", SHOULD, row.sentence, languages)


def _refusal(row: PlanRefusal, languages: Sequence[str]) -> Asks:
    yield _inside("title", COULD, row.title)
    yield _inside("reason", MUST, row.reason)
    yield _inside("nearest", MUST, row.nearest)
    yield from _spoken("sentence", COULD, row.sentence, languages)


_ASKED: dict[str, Callable[[_Row, Sequence[str]], Asks]] = {
    "topics": _topic,
    "decisions": _decision,
    "information": _information,
    "channels": _channel,
    "returns": _return,
    "claims": _claim,
    "concessions": _concession,
    "ladder": _rung,
    "refusals": _refusal,
}
