"""Numbers that the shopper gave side by side: where a draft has one of the two, the other has to be theirs as well."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from sonnim.coach.passage import Passage
from sonnim.coach.text.figures import AMOUNT
from sonnim.coach.text.spans import Span

_NUMBER = re.compile(r"(?<![\d.,:/-])(\d{1,6})(?![\d:/-]|[.,]\d)")
_ENDS = re.compile(r"[.!?。！？\n]")
_APART, _MOST = 8, 40
_DECIDED = frozenset("元块天小分月日点折%年次周秒원만천일월년시분초주번")
"""What the shop may well answer with a figure of its own."""
_OFF = "减"


class Other(NamedTuple):
    """A number of the draft, and where the shopper gave another."""

    span: Span
    theirs: str


class _Number(NamedTuple):
    value: str
    unit: str
    start: int
    end: int


def _numbers(passage: Passage) -> list[_Number]:
    folded = passage.folded
    found = (
        _Number(match[1], folded[match.end() : match.end() + 2].strip()[:1], *match.span())
        for match in _NUMBER.finditer(folded)
    )
    return list(found)[:_MOST]


def _side_by_side(passage: Passage) -> Iterator[tuple[_Number, _Number, str]]:
    for one, other in pairwise(_numbers(passage)):
        between = passage.folded[one.end : other.start]
        if len(between) <= _APART and not _ENDS.search(between):
            yield one, other, between


def beside(draft: Passage, messages: Sequence[Passage]) -> Other | None:
    """A number of the draft that is not the one the shopper gave beside its companion."""
    for one, other, between in _side_by_side(draft):
        for passage in messages:
            for first, second, there in _side_by_side(passage):
                for ours, theirs, same, also in ((other, second, one, first), (one, first, other, second)):
                    if same[:2] != also[:2] or ours.unit != theirs.unit or ours.value == theirs.value:
                        continue
                    if not ours.unit or (ours.unit in _DECIDED) or (between != there and not ours.unit.isalpha()):
                        continue
                    if (_OFF in between) != (_OFF in there) or _is_known(ours, messages) or _is_known(theirs, [draft]):
                        continue
                    return Other(Span(ours.start, ours.end), theirs.value)
    return None


def _is_known(number: _Number, passages: Sequence[Passage]) -> bool:
    return any(each.value == number.value for passage in passages for each in _numbers(passage))


def left_over(draft: Passage, messages: Sequence[Passage]) -> Other | None:
    """The one amount of a draft that the shopper did not give, where all but one of theirs come up."""
    for passage in messages:
        given = [each for each in passage.figures if each.kind == AMOUNT]
        for unit in {one.unit for one, other in combinations(given, 2) if one.unit == other.unit}:
            theirs = {each.value for each in given if each.unit == unit}
            ours = {each.value: each for each in draft.figures if each.kind == AMOUNT and each.unit == unit}
            missing, new = theirs - set(ours), set(ours) - theirs
            if len(missing) == len(new) == 1 and len(theirs) > len(missing) + 1:
                figure, wanted = ours[new.pop()], missing.pop()
                shared = [float(each) for each in theirs & set(ours)]
                if float(figure.value) != sum(shared):
                    return Other(figure.span, wanted)
    return None
