"""`contradiction`: the draft says otherwise than the plan, or than an earlier answer to the same question."""

import re
from collections.abc import Iterator, Sequence

from sonnim.coach.claims import Claim, Measure, aspects_of, claims, may_be_about, things
from sonnim.coach.languages.pack import Pack
from sonnim.coach.lazily import lazy
from sonnim.coach.marks import Severity
from sonnim.coach.passage import Passage
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule

ID = "contradiction"
_YES_OR_NO = frozenset((
    "dishwasher", "microwave", "oven", "washing", "waterproof", "wrapping", "abroad", "included", "exchange",
    "returns", "cancelling", "pickup", "installing", "engraving", "parking", "instalments",
    "nuts", "gluten", "dairy", "alcohol", "scented", "vegan", "pets", "handmade", "wifi", "lining", "refill",
    "induction", "freezer", "assembled", "discounted",
    "postage", "instore", "open", "stock",
    "swimming", "ironing", "pregnant", "cabin", "dryer", "bleach", "detach", "sensitive", "outdoors", "gasrange",
    "folding", "lactose", "halal", "sugar", "bluetooth", "steam", "shower", "lenses", "airfryer", "receipt",
    "smoking", "breakfast", "upstairs", "pool", "combined", "uv", "hot", "lift", "deposit", "repairing", "samples",
))  # fmt: skip
_PARTS = frozenset(("battery",))
"""Aspects that are things of their own, of which another answer holds than of the whole."""
_CLAUSES = re.compile("[,，;；]| because | since | as it |(?<=[아어여해라]서) ")
_CLAUSE_AT = re.compile("[^,，;；]*")
_SEVERAL = 20
_DAYS = {"day": 1.0, "minute": 1 / 1440}


class Answer:
    """An earlier reply, with what was asked before it."""

    def __init__(self, asked: Sequence[Passage], passage: Passage) -> None:
        self.asked = asked
        self.passage = passage

    def may_be_about(self, aspects: frozenset[str]) -> bool:
        """Whether it may speak of one of these, or be the answer to a question on one."""
        return may_be_about(self.passage, aspects) or any(may_be_about(each, aspects) for each in self.asked)

    @lazy
    def asked_about(self) -> frozenset[str]:
        return _aspects(self.asked)


def find(reading: Reading) -> Iterator[Finding]:
    plan = reading.context.plan
    with_plan = plan is not None and plan.refund_days is not None
    if not (reading.by_agent or with_plan) or reading.draft.says("corrections"):
        return
    answers = _answers(reading)
    found = _claimed_otherwise(reading, answers) or _put_otherwise(reading, answers)
    if found:
        yield found


def _claimed_otherwise(reading: Reading, answers: Sequence[Answer]) -> Finding | None:
    stated = claims(reading.draft)
    asked = _aspects(reading.unanswered) if stated else frozenset()
    for claim in stated:
        about = claim.aspects or asked
        found = _against_plan(reading, claim, about) or _against_answers(reading, claim, about, answers)
        if found or (found := _against_same_words(reading, claim, answers)):
            return found
    return None


def _put_otherwise(reading: Reading, answers: Sequence[Answer]) -> Finding | None:
    """A sentence that the language itself hears as the opposite of an earlier one."""
    if reading.draft.says("changes"):
        return None
    pack = reading.pack
    claimed = [each for each in reading.sentences if pack.opposable(each.folded)]
    if not claimed:
        return None
    now = " ".join([each.folded for each in reading.unanswered])
    told = list(_told(pack, answers))
    for said in claimed:
        for passage, asked, before in told:
            if said.folded in passage.folded:
                continue
            if other := pack.opposed(said.folded, before, asked, now):
                denied, piece = other
                why = "why" if denied is None else "why_no" if denied else "why_yes"
                return Finding(*said.span, why=why, values={"before": piece})
    return None


def _told(pack: Pack, answers: Sequence[Answer]) -> Iterator[tuple[Passage, str, str]]:
    """The earlier sentences that claim something, each with its message and with what was asked before it."""
    for answer in answers:
        if any(each.says("complaints") for each in answer.asked):
            continue
        asked = " ".join([each.folded for each in answer.asked])
        for before in answer.passage.sentences:
            if pack.opposable(before.folded):
                yield answer.passage, asked, before.folded


def _against_plan(reading: Reading, claim: Claim, about: frozenset[str]) -> Finding | None:
    days = reading.context.plan.refund_days if reading.context.plan else None
    if not days or "returns" not in about or about & {"refund"}:
        return None
    if "exchange" in about:
        parts = [each for each in claim.measures if not _is_of_exchange(reading, claim, each)]
        claim = claim._replace(measures=tuple(parts), denies=None)
    if claim.denies and not claim.measures and not reading.pack.exempts(reading.draft.folded):
        return Finding(*claim.sentence.span, why="why_plan", values={"days": str(days)})
    restricts = reading.pack.topic("restrictions").is_in(claim.sentence.folded)
    for each in claim.measures if restricts else ():
        if each.unit in _DAYS and each.high * _DAYS[each.unit] < days and not reading.draft.says("past_days"):
            return Finding(each.start, each.end, why="why_plan", values={"days": str(days)})
    return None


def _is_of_exchange(reading: Reading, claim: Claim, measure: Measure) -> bool:
    at = measure.start - claim.sentence.start
    part = next(each for each in _CLAUSE_AT.finditer(claim.sentence.folded) if each.start() <= at <= each.end())
    return bool(aspects_of(reading.pack, part.group()) & {"exchange", "refund"})


def _against_answers(
    reading: Reading, claim: Claim, about: frozenset[str], answers: Sequence[Answer]
) -> Finding | None:
    decides = claim.denies is not None and about & _YES_OR_NO and not reading.draft.says("changes")
    if not about or not (claim.measures or decides):
        return None
    said = [
        (before, answer)
        for answer in answers
        if answer.may_be_about(about)
        for before in claims(answer.passage)
        if _are_same(about, _aspects_of(before, answer))
    ]
    found = _otherwise(claim, said, about)
    if not found or _speaks_of_something_else(reading, claim, [answer for _, answer in said]):
        return None
    return found


def _otherwise(claim: Claim, said: Sequence[tuple[Claim, Answer]], about: frozenset[str]) -> Finding | None:
    for measure in claim.measures:
        others = [
            (each, answer, _is_of_several(claim, measure, before, each, answer))
            for before, answer in said
            for each in before.measures
            if each.unit == measure.unit
        ]
        if others and all(measure.disagrees(each) and not several for each, _, several in others):
            return _measured(measure, *others[-1][:2])
    if claim.measures:
        return None
    told = [(before, answer) for before, answer in said if _is_yes_or_no(before, answer, about)]
    if told and all(before.denies != claim.denies for before, _ in told):
        return Finding(*claim.sentence.span, why="why_yes" if claim.denies else "why_no")
    return None


def _is_of_several(claim: Claim, measure: Measure, before: Claim, other: Measure, answer: Answer) -> bool:
    """Whether a figure is so many times that of one piece, which was told before."""
    if not other.low or measure.low != measure.high:
        return False
    pack, times = answer.passage.pack, measure.low / other.low
    apiece = pack.topic("apiece").is_in
    return (
        times.is_integer()
        and 1 < times <= _SEVERAL
        and apiece(before.sentence.folded)
        and not apiece(claim.sentence.folded)
    )


def _aspects_of(before: Claim, answer: Answer) -> frozenset[str]:
    """What an earlier answer was about; "three days from cancelling" answers the one thing that was asked before it."""
    asked = answer.asked_about
    if not before.aspects or (len(asked) == 1 and len(answer.passage.sentences) == 1 and before.measures):
        return before.aspects | asked
    return before.aspects


def _are_same(about: frozenset[str], before: frozenset[str]) -> bool:
    return bool(about & before) and about & _PARTS == before & _PARTS


def _against_same_words(reading: Reading, claim: Claim, answers: Sequence[Answer]) -> Finding | None:
    """A yes after a no, or the other way round, to somebody who asks once more and names nothing new."""
    if claim.denies is None or claim.measures or not reading.open_questions or reading.draft.says("changes"):
        return None
    stems = reading.pack.stems
    asked = stems(" ".join(each.folded for each in reading.unanswered))
    said = stems(claim.sentence.folded)
    if not asked & said:
        return None
    for answer in answers:
        questions = " ".join(each.folded for each in answer.asked)
        for before in claims(answer.passage):
            told = stems(before.sentence.folded)
            opposed = before.denies is not None and before.denies != claim.denies and not before.measures
            if opposed and said & told and asked | said <= told | stems(questions):
                return Finding(*claim.sentence.span, why="why_yes" if claim.denies else "why_no")
    return None


def _is_yes_or_no(before: Claim, answer: Answer, about: frozenset[str]) -> bool:
    return before.denies is not None and bool(about & _YES_OR_NO & (before.aspects or answer.asked_about))


def _measured(measure: Measure, before: Measure, answer: Answer) -> Finding:
    told = answer.passage.text[before.start : before.end]
    return Finding(measure.start, measure.end, told, values={"before": told})


def _answers(reading: Reading) -> list[Answer]:
    found: list[Answer] = []
    asked: list[Passage] = []
    for role, passage in reading.said:
        if role == "customer":
            asked.append(passage)
            continue
        found.append(Answer(asked, passage))
        asked = []
    return found


def _aspects(passages: Sequence[Passage]) -> frozenset[str]:
    return frozenset(aspect for each in passages for aspect in aspects_of(each.pack, each.folded))


def _speaks_of_something_else(reading: Reading, claim: Claim, answers: Sequence[Answer]) -> bool:
    """Whether the claim, or the question before it, names a thing of which those answers did not speak."""
    now = things(reading.pack, _clause(claim, reading.pack))
    if not (now and claim.aspects):
        now = now.union(*(things(each.pack, each.folded) for each in reading.unanswered))
    before = " ".join(each.folded for answer in answers for each in (*answer.asked, answer.passage)) if now else ""
    return any(each not in before for each in now)


def _clause(claim: Claim, pack: Pack) -> str:
    """The part of the sentence that has the measure, or the no."""
    said = claim.sentence.folded
    if not claim.measures:
        parts = [each for each in _CLAUSES.split(said) if claim.aspects & aspects_of(pack, each)]
        denying = [each for each in parts if claim.denies and pack.topic("denied").is_in(each)]
        return next(iter(denying or parts), said)
    start, end = (at - claim.sentence.start for at in claim.measures[0][-2:])
    left = max(said.rfind(mark, 0, start) for mark in ",，;") + 1
    right = min((at for mark in ",，;" if (at := said.find(mark, end)) >= 0), default=len(said))
    return said[left:right]


RULE = Rule(ID, Severity.SERIOUS, find)
