"""`number-mismatch`: an order number, a sum, an amount or a date that is not the one the shopper gave."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sonnim.coach.companions import Other, beside, left_over
from sonnim.coach.marks import Severity
from sonnim.coach.offers import clause
from sonnim.coach.passage import Passage
from sonnim.coach.reading import Reading
from sonnim.coach.rule import Finding, Rule
from sonnim.coach.taken_up import taken_up
from sonnim.coach.text.figures import AMOUNT, CODE, DATE, DAY, SUM, TIME, Figure, nearly, swapped

ID = "number-mismatch"
_NEAR = 14
_BESIDE = 6
_SUM = 3
"""So many digits of a sum do not look alike by chance."""
_TOPICS = {AMOUNT: "amounts", DATE: "dates", DAY: "dates", SUM: "sums", TIME: "clock_times"}
_BARE = re.compile(r"\d+(?![\d.,]|\s?[a-z%])")
_ADDED = 10
"""A sentence as short as "for 4 people" belongs to the wish beside it."""
_BEFORE = re.compile(r"([^\W\d_]+) ?$")
_MOST = 60
"""So many figures of the draft are compared with so many of the shopper's; more of them are a list."""
_RANGE = re.compile(r"\s?(?:[~～-]|to|에서|到|至|or)\s?\d|\s?(?:부터|이상|이하|以上|以内|\+)")


class Theirs(NamedTuple):
    """A figure that the customer wrote."""

    figure: Figure
    passage: Passage

    @property
    def text(self) -> str:
        return self.passage.text[slice(*self.figure.span)]


def find(reading: Reading) -> Iterator[Finding]:
    alike: dict[tuple[str, str], list[Theirs]] = {}
    found = False
    for figure in reading.draft.figures[:_MOST]:
        if not _may_be_meant(reading, figure):
            continue
        said = alike.get(figure[:2])
        if said is None:
            said = alike[figure[:2]] = _said(reading, figure)
        said = said or _without_unit(reading, figure)
        if said and (meant := _meant(reading, figure, said)) and not _said_by_agent(reading, figure):
            found = True
            yield Finding(figure.start, figure.end, meant.text, values={"theirs": meant.text})
    if not found and reading.unanswered and not reading.draft.says("own_figures") and (other := _other(reading)):
        found = True
        yield Finding(*other.span, values={"theirs": other.theirs})
    if not found and (otherwise := taken_up(reading.draft, reading.by_customer, reading.by_agent)):
        yield Finding(*otherwise.span, otherwise.theirs, values={"theirs": otherwise.theirs})


def _other(reading: Reading) -> Other | None:
    """What is not as the shopper gave it beside what is."""
    if other := beside(reading.draft, reading.unanswered):
        return other
    return left_over(reading.draft, reading.unanswered) if reading.draft.says("fulfilling") else None


def _said(reading: Reading, figure: Figure) -> list[Theirs]:
    """The figures of the shopper of a kind and a unit."""
    if figure.kind == AMOUNT and not _is_counted(reading, figure.unit):
        return []
    kinds = (DATE, DAY) if figure.kind == DAY else (figure.kind,)
    return [
        Theirs(each, passage)
        for passage in reading.by_customer
        if _may_have(passage, kinds, figure.unit)
        for each in passage.figures
        if each.kind in kinds and (each.unit == figure.unit or figure.kind in (DATE, DAY))
    ][-_MOST:]


def _is_counted(reading: Reading, unit: str) -> bool:
    """Whether a unit is anywhere in what the shopper wrote; of most units it is not."""
    packs = {passage.pack for passage in reading.by_customer}
    return any(each in reading.their_words for pack in packs for each in pack.ways_to_write(unit))


def _may_have(passage: Passage, kinds: Sequence[str], unit: str) -> bool:
    """Whether it is worth reading all figures of a message, by what costs little."""
    if kinds == (CODE,):
        return bool(passage.codes)
    if kinds == (AMOUNT,) and not any(each in passage.folded for each in passage.pack.ways_to_write(unit)):
        return False
    return any(passage.pack.topic(_TOPICS[kind]).may_be_in(passage.folded) for kind in kinds)


def _may_be_meant(reading: Reading, figure: Figure) -> bool:
    """Whether the draft leaves it open; the figures of the whole conversation are read only then."""
    sentence = reading.draft.sentence_at(figure.start)
    if figure.kind == SUM and _may_be_swapped(figure.value):
        return True
    if sentence is None:
        return False
    if figure.kind == CODE:
        return _resembles(reading, figure) and not reading.is_in("new_codes", sentence)
    if not any(reading.is_in(each, sentence) for each in ("restating", "fulfilling")):
        return False
    return (figure.kind == AMOUNT and bool(_side(reading.draft, figure))) or _stands_alone(reading, figure)


def _resembles(reading: Reading, figure: Figure) -> bool:
    """Whether the customer wrote anything that differs from a code by a slip, or that may have the same label."""
    theirs, length = reading.their_codes[-_MOST:], len(figure.value)
    if any(abs(len(each.value) - length) < 2 and nearly(figure.value, each.value) for _, each in theirs):
        return True
    alike = [(passage, each) for passage, each in theirs if len(each.value) == length]
    label = alike and _label(reading.draft, figure)
    return bool(label) and any(_label(passage, each) == label for passage, each in alike)


def _meant(reading: Reading, figure: Figure, said: list[Theirs]) -> Theirs | None:
    """What the customer gave instead of a figure, if it is clear that the draft speaks of the same thing."""
    if figure.kind == AMOUNT and (other := _other_size(reading, figure, said)):
        return other
    if figure.kind == AMOUNT and len(said) > 1 and (thing := _thing(reading.draft, figure)):
        same = [each for each in said if _thing(each.passage, each.figure) == thing]
        if len(same) == 1 and not _same(figure, same[0].figure):
            return _takes_up(reading, figure, same)
    if any(_same(figure, each.figure) for each in said):
        return None
    if any(_same(each.figure, other) for each in said for other in reading.draft.figures if other.kind == figure.kind):
        return None
    if figure.kind == CODE:
        return _code(reading, figure, said)
    if figure.kind == SUM and (swapped := [each for each in said if _are_swapped(figure.value, each.figure.value)]):
        return swapped[-1]
    return _takes_up(reading, figure, said)


def _other_size(reading: Reading, figure: Figure, said: list[Theirs]) -> Theirs | None:
    """What the customer gave as the same side of a thing, such as its height."""
    side = _side(reading.draft, figure)
    given = [each for each in said if side and _side(each.passage, each.figure) == side and _is_wish(each.passage)]
    return given[-1] if given and all(each.figure.value != figure.value for each in given) else None


def _without_unit(reading: Reading, figure: Figure) -> list[Theirs]:
    """The measures of the same side that the customer gave as a number alone, as in "240 wide"."""
    side = _side(reading.draft, figure) if figure.kind == AMOUNT else ""
    if not side:
        return []
    given = [
        Theirs(Figure(AMOUNT, figure.unit, match.group(), *match.span()), passage)
        for passage in reading.by_customer
        if side in passage.folded
        for match in _BARE.finditer(passage.folded)
        if len(match.group()) == len(figure.value)
    ]
    return [each for each in given if _side(each.passage, each.figure) == side]


def _is_wish(passage: Passage) -> bool:
    """Whether the measures are those of what is ordered, not of the place where it is to stand."""
    return passage.says("wishes") or not passage.questions


def _side(passage: Passage, figure: Figure) -> str:
    before = passage.folded[max(0, figure.start - _BESIDE) : figure.start]
    spans = passage.pack.topic("sides").spans(before)
    return before[slice(*spans[-1])] if spans else ""


def _same(one: Figure, other: Figure) -> bool:
    if DAY in (one.kind, other.kind):
        return one.value.rsplit("-", 1)[-1] == other.value.rsplit("-", 1)[-1]
    return one.value == other.value or (one.kind == CODE and _inside(one.value, other.value))


def _inside(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= 4 and (long.endswith(short) or long.startswith(short)) and len(long) > len(short) + 1


def _are_swapped(one: str, other: str) -> bool:
    """Whether two neighbouring digits changed places, in sums that do not look alike by chance."""
    return sum(map(str.isdigit, one)) >= _SUM and swapped(one, other)


def _may_be_swapped(value: str) -> bool:
    """Whether two digits of a sum can change places; no sum begins with a nought that another digit follows."""
    if sum(map(str.isdigit, value)) < _SUM:
        return False
    turned = (one != other and (at > 0 or other != "0") for at, (one, other) in enumerate(pairwise(value)))
    return any(turned) or "." in value


def _said_by_agent(reading: Reading, figure: Figure) -> bool:
    return any(
        each.kind == figure.kind and _same(figure, each) for passage in reading.by_agent for each in passage.figures
    )


def _code(reading: Reading, figure: Figure, said: list[Theirs]) -> Theirs | None:
    sentence = reading.draft.sentence_at(figure.start)
    if sentence is None or reading.pack.topic("new_codes").is_in(sentence.folded):
        return None
    for each in reversed(said):
        if nearly(figure.value, each.figure.value):
            return each
    label = _label(reading.draft, figure)
    alike = [each for each in said if label and len(each.figure.value) == len(figure.value)]
    alike = [each for each in alike if _label(each.passage, each.figure) == label]
    return alike[0] if len(alike) == 1 else None


def _label(passage: Passage, figure: Figure) -> str:
    """The word before a code that says what it is the number of, such as "order"."""
    before = passage.folded[max(0, figure.start - _NEAR) : figure.start]
    spans = passage.pack.topic("code_labels").spans(before)
    return before[slice(*spans[-1])].replace(" ", "").removesuffix("번호").removesuffix("号")[:5] if spans else ""


def _thing(passage: Passage, figure: Figure) -> str:
    """The word before an amount, as in "adults 2", which tells it from others in the same unit."""
    before = _BEFORE.search(passage.folded[max(0, figure.start - _NEAR) : figure.start])
    return before[1] if before else ""


def _stands_alone(reading: Reading, figure: Figure) -> bool:
    """Whether it is the only one of its kind in the draft, no range, and not one that the shop decides on."""
    draft = reading.draft
    alike = [each for each in draft.figures if each.kind == figure.kind and each.unit == figure.unit]
    if figure.kind == AMOUNT and (thing := _thing(draft, figure)):
        alike = [each for each in alike if _thing(draft, each) == thing]
    sentence = draft.sentence_at(figure.start)
    if len({each.value for each in alike}) != 1 or sentence is None or _RANGE.match(draft.folded, figure.end):
        return False
    return not reading.pack.topic("own_figures").is_in(clause(sentence, figure.start))


def _takes_up(reading: Reading, figure: Figure, said: list[Theirs]) -> Theirs | None:
    values = {each.figure.value for each in said}
    sentence = reading.draft.sentence_at(figure.start)
    if len(values) != 1 or sentence is None or not _stands_alone(reading, figure):
        return None
    topic, theirs = reading.pack.topic, said[-1]
    if topic("restating").is_in(sentence.folded):
        return theirs
    asked = theirs.passage.sentence_at(theirs.figure.start)
    wished = asked is not None and _is_wished(theirs.passage, asked.folded)
    fits = figure.kind in (AMOUNT, DATE, TIME) or (figure.kind == SUM and len(values) == 1)
    return theirs if wished and fits and topic("fulfilling").is_in(sentence.folded) else None


def _is_wished(passage: Passage, said: str) -> bool:
    if passage.pack.topic("wishes").is_in(said):
        return True
    return len(said) <= _ADDED and passage.says("wishes") and not passage.pack.is_question(said)


RULE = Rule(ID, Severity.SERIOUS, find)
