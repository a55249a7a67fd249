"""`unanswered-question`: the draft deals with one of the shopper's questions and leaves another open."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sonnim.coach.marks import Severity
from sonnim.coach.overlooked import overlooked
from sonnim.coach.passage import Passage, Sentence
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.text.scripts import weights
from sonnim.coach.text.spans import Span

ID = "unanswered-question"
_CLAUSE = re.compile(
    r"(?:(?!\b(?:and|but|while) (?:it|you|we|i|they|there|the|yes|no|that|this|your|our)\b)"
    r"(?:[^,，.。;；:!?！？\n]|[,.:](?=\d)))+"
)
_HEATED = re.compile(r"[?？!！]{3,}|[!！]{2}|[?？][!！]|[!！][?？]")
_SHARE, _CALM_SHARE, _FRAGMENT = 0.5, 0.3, 2
_BY_VALUE, _BY_NAME, _WORD, _GOING_ON = "v_", "s_", "=", "…"
_VAGUE = frozenset({"v_place", "v_time"})
"""Said in passing more often than in answer."""
_PLAIN = frozenset({"v_price", "v_time", "v_weight"})
"""Answers to these show a figure or a time; what has none does not answer them, whatever else it says."""
_FIGURES = _PLAIN | {"v_size", "v_count", "v_figure"}
"""No name in quotes answers these."""
_FITS = frozenset({"v_fit"})
_SAID, _ASKED = 4, 160
"""So many words deal with something; so many letters are still questions rather than a story."""
_MOST, _LONG = 4, 480
"""More questions, or a longer answer, cannot be told apart well enough."""
_PUTS_OFF = ("apologies", "undertakings", "pending")
_CALM, _STORY = 90, 200
_SHOWN = 40


class Asked(NamedTuple):
    """A question, and what it is about."""

    text: str
    concerns: frozenset[str]
    words: frozenset[str]
    wants_yes: bool
    offers_a_choice: bool = False

    @property
    def may_be_open(self) -> bool:
        return self.wants_yes or self.offers_a_choice or any(not each.startswith(_WORD) for each in self.concerns)

    @property
    def wants_figure(self) -> bool:
        """Whether it asks how much, when or how heavy."""
        return bool(self.concerns & _PLAIN) and not self.wants_yes

    @property
    def by_value(self) -> bool:
        """Whether only a figure, a time, a place or a certain word is an answer, so that one cannot be overlooked."""
        named = all(each.startswith((_BY_VALUE, _BY_NAME)) for each in self.concerns)
        return self.wants_figure or self.offers_a_choice or named

    def with_words(self, others: Iterable["Asked"]) -> "Asked":
        """With the words that no other question has for its concern, if none is known."""
        words = self.words.difference(*(each.words for each in others))
        own = frozenset(f"{_WORD}{each}" for each in words)
        return self._replace(concerns=self.concerns or own, words=own)

    def is_answered(self, clause: frozenset[str]) -> bool:
        """Whether a clause deals with it; a question for a sum, a time or a weight is for a figure."""
        if self.wants_figure:
            return any(each.startswith(_BY_VALUE) for each in self.concerns & clause)
        return bool(self.concerns & clause)


def find(reading: Reading) -> Iterator[Finding]:
    draft = reading.draft
    if (
        not 1 <= len(reading.open_questions) <= _MOST
        or len(draft.text) > _LONG
        or draft.questions
        or draft.links
        or draft.says("all_of_them")
        or any(draft.says(topic) for topic in _PUTS_OFF)
        or _is_rant(reading)
    ):
        return
    read = [_asked(passage, part) for passage, each in reading.open_questions for part in _parts(passage, each)]
    joints = len(draft.find("another_answer"))
    if not 2 <= len(read) <= _MOST or _guesses(reading, read):
        return
    missing = _by_concern(reading, read, joints)
    if missing is None and all(passage.pack is draft.pack for passage, _ in reading.open_questions):
        place = overlooked(draft, [each.text.lower() for each in read])
        missing = None if place is None else read[place]
    if missing:
        yield Finding(*reading.whole, values={"question": _short(missing.text)})


def _by_concern(reading: Reading, read: Sequence[Asked], joints: int) -> Asked | None:
    """The question whose concern the draft does not deal with."""
    draft = reading.draft
    all_may_be_answered = joints > 0 and joints + 1 >= len(read)
    every = [each.with_words(other for other in read if other is not each) for each in read]
    asked = [each for each in every if each.concerns]
    if not asked:
        return None
    told = _told(draft, asked, frozenset().union(*(each.words for each in read)))
    answered = [each for each in asked if any(map(each.is_answered, told))]
    answered = answered or [each for each in asked if any(each.words & clause for clause in told)]
    answered = [each for each in answered if not _is_of_another(draft, told, each, asked)]
    yes_first = (draft.pack.whole_words or draft.pack.yes_comes_first) and bool(told) and not told[0]
    if yes_first and every[0].wants_yes and every[0] not in answered:
        same = [each for each in asked if each.wants_yes and each.concerns & every[0].concerns]
        answered = [every[0], *answered, *same]
    announced = every[:1] if draft.pack.announces(every[0].text) else []
    still_open = [each for each in asked if each not in (*answered, *announced) and each.may_be_open]
    if all_may_be_answered:
        loosely = not draft.pack.whole_words
        still_open = [each for each in still_open if each.wants_figure and (loosely or each.concerns <= _PLAIN)]
    loose = not answered or _loose(told, answered)
    beside = not answered and _speaks_of_another(reading)
    agreed = any(draft.pack.agrees(match.group()) for match in _CLAUSE.finditer(draft.folded))
    for each in still_open:
        if _tells_more(told, answered, each) or _may_follow(draft, answered, each) or (each.wants_yes and agreed):
            continue
        if (
            not loose
            or (answered and each.by_value)
            or (beside and each.concerns <= _PLAIN)
            or (_is_one_statement(told) and _takes_up_another(draft, each, read))
        ):
            return each
    if answered and len(told) == 1 and (bare := _passed_over(draft, [each for each in every if not each.concerns])):
        return bare
    return None


def _passed_over(draft: Passage, questions: Sequence[Asked]) -> Asked | None:
    """A question that nothing but a word or two tells, and of which the one statement of the draft has none."""
    if not draft.pack.whole_words or draft.says("another_answer"):
        return None
    said = draft.pack.stems(draft.folded)
    own = ((each, draft.pack.stems(each.text.lower())) for each in questions if each.wants_yes)
    return next((each for each, words in own if words and not said & words), None)


def _is_of_another(draft: Passage, told: Sequence[frozenset[str]], question: Asked, asked: Sequence[Asked]) -> bool:
    """Whether all that might answer a question is said, by its words, of another that wants a figure of one kind."""
    if not draft.pack.whole_words or not question.words or not question.concerns & _PLAIN:
        return False
    clauses = [clause for clause in told if question.is_answered(clause)]
    others = [each for each in asked if each is not question and each.concerns & question.concerns & _PLAIN]
    return bool(clauses) and any(
        all(not question.words & clause and each.words & clause for clause in clauses) for each in others
    )


def _guesses(reading: Reading, read: Sequence[Asked]) -> bool:
    """Whether a later question guesses the answer of an earlier one, so that a yes answers both."""
    guesses = reading.pack.topic("guesses")
    return any(
        guesses.is_in(each.text.lower())
        and not ((own := each.concerns - _FITS) and all(own.isdisjoint(other.concerns) for other in read[:place]))
        for place, each in enumerate(read)
        if place
    )


def _may_follow(draft: Passage, answered: Sequence[Asked], question: Asked) -> bool:
    """Whether a name in quotes, or what the shopper is to send first, may answer a question that is for no figure."""
    if draft.quotes and not (answered and question.concerns <= _FIGURES):
        return True
    plainly = len(answered) > 1 if question.concerns <= _PLAIN else bool(answered) and question.by_value
    return draft.says("shopper_tasks") and not plainly


def _tells_more(told: Sequence[frozenset[str]], answered: Sequence[Asked], question: Asked) -> bool:
    """Whether a figure beyond the answers may be the answer to a question that is known by its words alone."""
    if not all(each.startswith(_WORD) for each in question.concerns):
        return False
    known: frozenset[str] = frozenset().union(*(each.concerns | each.words for each in answered))
    return any(each.startswith(_BY_VALUE) for clause in told if not clause & known for each in clause - _VAGUE)


def _is_one_statement(told: Sequence[frozenset[str]]) -> bool:
    """Whether there is but one clause, besides a bare yes and what goes on from it."""
    return sum(bool(clause) and _GOING_ON not in clause for clause in told) == 1


def _takes_up_another(draft: Passage, question: Asked, read: Iterable[Asked]) -> bool:
    """Whether the one sentence of the draft has a word of another question, and none of this one."""
    if not draft.pack.whole_words or len(draft.sentences) > 1 or draft.says("another_answer"):
        return False
    said, own = draft.pack.stems(draft.folded), draft.pack.stems(question.text.lower())
    return not said & own and any(said & draft.pack.stems(each.text.lower()) - own for each in read)


def _is_rant(reading: Reading) -> bool:
    """Whether the questions are those of a long story, or of somebody who is upset and wants no answer."""
    length = sum(sum(weights(each.text).values()) for each in reading.unanswered)
    asked = sum(len(question.text) for _, question in reading.open_questions)
    upset = any(each.says(topic) for each in reading.by_customer for topic in ("complaints", "mishaps"))
    if asked < (_SHARE if upset else _CALM_SHARE) * sum(len(each.text) for each in reading.unanswered):
        return True
    if any(_HEATED.search(each.folded) or each.says("outcries") for each in reading.unanswered):
        return True
    if any(len(question.text.strip(" ?？")) <= _FRAGMENT for _, question in reading.open_questions):
        return True
    return length > _STORY or (length > _CALM and any(each.says("complaints") for each in reading.unanswered))


def _speaks_of_another(reading: Reading) -> bool:
    """Whether the draft plainly answers a question that no concern is known for; a request or a thank-you does not."""
    draft = reading.draft
    asked = sum(sum(weights(passage.text).values()) for passage in reading.unanswered)
    return asked <= _ASKED and not draft.says("courtesies") and draft.pack.count_words(draft.folded) >= _SAID


def _parts(passage: Passage, question: Sentence) -> Iterator[Span]:
    """A question, or the several that one sentence asks: "when will it come, and can you bring it upstairs?"."""
    cuts = [match.start() for match in passage.pack.topic("another_question").matches(question.folded)]
    pieces = list(pairwise((0, *cuts, len(question.folded))))
    if passage.pack.topic("either_or").is_in(question.folded):
        return
    asking = [(start, end) for start, end in pieces if _asks(passage, question.folded[start:end])]
    for start, end in asking or [(0, len(question.folded))]:
        yield Span(question.start + start, question.start + end)


def _asks(passage: Passage, piece: str) -> bool:
    """Whether a piece asks by itself: "I need it for Sunday" before "and is it in stock?" does not."""
    return passage.pack.is_question(piece.rstrip(" ,，。"))


def _asked(passage: Passage, question: Span) -> Asked:
    text, folded = passage.text[slice(*question)], passage.folded[slice(*question)]
    pack = passage.pack
    concerns = pack.narrowed(each.lastgroup for each in pack.topic("asked").matches(folded) if each.lastgroup)
    return Asked(
        text.strip(" ,，"),
        concerns,
        pack.subjects(folded),
        pack.is_yes_no(folded),
        pack.offers_a_choice(folded),
    )


def _told(draft: Passage, asked: Iterable[Asked], wanted: frozenset[str]) -> list[frozenset[str]]:
    """What each clause of the draft tells; greetings and courtesies tell nothing and are left out."""
    aside = (*draft.find("greetings"), *draft.find("courtesies"))
    matches = draft.pack.topic("told").matches(draft.folded)
    found: list[frozenset[str]] = []
    for clause in _CLAUSE.finditer(draft.folded):
        start, end = clause.span()
        concerns = frozenset(each.lastgroup for each in matches if start <= each.start() < end and each.lastgroup)
        concerns |= {each for question in asked for each in question.concerns if draft.pack.tells(clause.group(), each)}
        if draft.pack.is_aside(clause.group()):
            continue
        stems = draft.pack.stems(clause.group()) | draft.pack.held(clause.group(), wanted)
        goes_on = bool(found) and draft.pack.goes_on(clause.group())
        if goes_on and not concerns and not stems & wanted:
            continue
        concerns |= {_GOING_ON} if goes_on else set()
        concerns |= {f"{_WORD}{each}" for each in stems}
        if concerns or (any(map(str.isalnum, clause.group())) and not any(start <= each.start < end for each in aside)):
            found.append(concerns)
    return found


def _loose(told: Sequence[frozenset[str]], answered: Sequence[Asked]) -> bool:
    """Whether a clause belongs to none of the answers, so that it may be another one."""
    known: frozenset[str] = frozenset().union(*(each.concerns | each.words for each in answered))
    agreed = any(not each.by_value for each in answered)
    known |= {_GOING_ON}
    return any(not clause & known for clause in (told[1:] if agreed and not told[0] else told))


def _short(question: str) -> str:
    return question if len(question) <= _SHOWN else question[: _SHOWN - 1] + "…"


RULE = Rule(ID, Severity.WARNING, find)
