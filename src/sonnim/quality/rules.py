"""What a part in a conversation is worth, by a scorecard. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

FULL = 1_000
"""Points are tenths, so that sums are exact on every database: 1,000 is 100."""
COSTS: Mapping[str, int] = {"note": 100, "warning": 300, "serious": 600}
"""What a mark takes from its reply, within one criterion."""
UNKNOWN_OUTCOME = 600
A_REOPENING = 300
Kind = Literal["marks", "clocks", "outcome", "people"]
Points = int | None


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a scorecard.

    Attributes:
        weight: of 100; those of all criteria together are 100.
        critical: whether the whole is worth nothing when it fails: by a serious mark, or with no points.
        kind: what it is judged by: the coach's `rules`, clocks, the outcome, or people alone.
        rules: the coach's rules whose marks count here.
    """

    id: str
    names: dict[str, str]
    weight: int
    critical: bool = False
    kind: Kind = "marks"
    rules: list[str] = []


class Mark(msgspec.Struct, frozen=True):
    """What the coach says of a piece of a reply."""

    rule: str
    severity: str
    start: int
    end: int


class Judged(msgspec.Struct, frozen=True):
    """A reply with its marks; `best` is its most courteous sentence, where nothing was marked."""

    entry_id: int
    seq: int
    marks: list[Mark] = []
    best: tuple[int, int] | None = None
    politeness: float = 0.0


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """An agent's part in a conversation, as far as it can be judged.

    Attributes:
        kept: clocks that ended in time while this agent had the word; `late` those that did not.
        solved: the shopper's last word on whether it was solved; None if they said nothing.
        reopened: how often it came back after this agent had written, and somebody had to answer again.
    """

    replies: list[Judged]
    kept: int = 0
    late: int = 0
    solved: bool | None = None
    reopened: int = 0


class Verdict(msgspec.Struct, frozen=True):
    """The whole in tenths, None where nothing applied; whether a critical criterion failed; each criterion's points."""

    points: Points
    critical: bool
    criteria: dict[str, Points]


def verdict(part: Part, card: Sequence[Criterion]) -> Verdict:
    """What a part is worth by the rules. What does not apply is left out, and the other weights share its place."""
    found: dict[str, Points] = {}
    failed: set[str] = set()
    for criterion in card:
        found[criterion.id], fails = _judged(part, criterion)
        if fails:
            failed.add(criterion.id)
    return total(card, found, failed=failed)


def total(card: Iterable[Criterion], points: Mapping[str, Points], *, failed: Iterable[str] = ()) -> Verdict:
    """The whole of what each criterion has got; a critical one without points, or named as failed, undoes it."""
    lost = set(failed)
    sum_, weights, critical = 0, 0, False
    shown: dict[str, Points] = {}
    for criterion in card:
        own = points.get(criterion.id)
        shown[criterion.id] = own
        if own is None:
            continue
        critical |= criterion.critical and (own <= 0 or criterion.id in lost)
        sum_ += criterion.weight * own
        weights += criterion.weight
    if not weights:
        return Verdict(0 if critical else None, critical, shown)
    return Verdict(0 if critical else sum_ // weights, critical, shown)


def counted(
    card: Sequence[Criterion],
    own: Mapping[str, Points],
    reviews: Iterable[Mapping[str, Points]],
    changes: Mapping[str, Points],
) -> tuple[Points, bool]:
    """What counts in the end, and whether a critical criterion failed.

    Args:
        own: what the rules gave each criterion.
        reviews: what people gave each; their mean counts, of those who found anything to judge, instead of the rules.
        changes: what a dispute has changed, whoever had judged it.
    """
    held = [each for each in reviews if total(card, each).points is not None] or [own]
    found = [total(card, {**each, **changes}) for each in held]
    points = [each.points for each in found if each.points is not None]
    return sum(points) // len(points) if points else None, any(each.critical for each in found)


def _judged(part: Part, criterion: Criterion) -> tuple[Points, bool]:
    match criterion.kind:
        case "marks":
            return _by_marks(part.replies, criterion)
        case "clocks":
            ended = part.kept + part.late
            return (FULL * part.kept // ended if ended else None), False
        case "outcome":
            return _by_outcome(part), False
    return None, False


def _by_marks(replies: Sequence[Judged], criterion: Criterion) -> tuple[Points, bool]:
    """Halfway between the mean of the replies and the worst of them: one bad reply is what a shopper remembers."""
    if not replies or not criterion.rules:
        return None, False
    rules = set(criterion.rules)
    worth, serious = [], False
    for reply in replies:
        own = [mark for mark in reply.marks if mark.rule in rules]
        worth.append(max(0, FULL - sum(COSTS[mark.severity] for mark in own)))
        serious |= any(mark.severity == "serious" for mark in own)
    fails = criterion.critical and serious
    return (0 if fails else (sum(worth) // len(worth) + min(worth)) // 2), fails


def _by_outcome(part: Part) -> Points:
    """The shopper's own word; who only came back has said half of it. Silence says nothing."""
    if part.solved is None and not part.reopened:
        return None
    said = UNKNOWN_OUTCOME if part.solved is None else FULL * part.solved
    return max(0, said - A_REOPENING * part.reopened)


def difference(one: Mapping[str, Points], other: Mapping[str, Points]) -> dict[str, int]:
    """By how much two reviewers differ in each criterion that both have judged."""
    return {
        name: abs(own - theirs)
        for name, own in one.items()
        if own is not None and (theirs := other.get(name)) is not None
    }
