"""What a dialogue is like, in numbers: who spoke last, how much, in what mood. Model files know their names."""

import itertools
import math
import re
from collections.abc import Iterable, Sequence

from sonnim.coach.satisfaction.cues import TOPICS, cues_of
from sonnim.coach.satisfaction.dialogues import MAX_TEXT, Dialogue
from sonnim.coach.text.folding import folded

PARTS = ("first", "later", "last", "end", "served", "answer")
"""Of the customer: the first turn, all after it, the last one, and the last one if nobody answered it.
Of the shop: all turns, and the last one."""

_MASK = re.compile(r"<[a-z_]+\d*>|@\s?\w+")
_LINK = re.compile(r"https?://|www\.")
_SHOUT = re.compile(r"\b[A-Z]{3,}\b")
_LONG, _SHINGLE = 400, 4

_SHAPE = (
    "turns", "customer_turns", "shop_turns", "ended_by_customer", "unanswered_at_end", "only_two", "in_a_row",
    "first_length", "last_length", "later_length", "end_length", "served_length", "answer_length",
    "length_ratio", "shrinks", "first_asks", "later_asks", "last_asks", "end_asks", "first_exclaims",
    "later_exclaims", "last_exclaims", "end_exclaims", "first_dots", "later_dots", "end_dots", "heaped",
    "shouts", "masks", "links", "digits", "answer_asks", "served_asks", "copied", "said_again", "echoed",
    "short_end", "long_end", "mood_first", "mood_last", "mood_end", "mood_turned",
)  # fmt: skip
NAMES = (*_SHAPE, *(f"{part}_{topic}" for part in PARTS for topic in TOPICS))

_GOOD = ("thanks", "praise", "settled", "smile")
_BAD = ("scorn", "insult", "anger", "threat", "trouble", "still")
_SIGNS = [(topic in _GOOD) - (topic in _BAD) for topic in TOPICS]


class Parts:
    """The turns of a dialogue by side; `texts` are folded, as long as is read."""

    def __init__(self, dialogue: Dialogue) -> None:
        self.raw = [each.text[:MAX_TEXT] for each in dialogue.turns]
        self.texts = [folded(each) for each in self.raw]
        self.by_customer = [each.by_customer for each in dialogue.turns]
        self.customer = [index for index, is_theirs in enumerate(self.by_customer) if is_theirs]
        self.shop = [index for index, is_theirs in enumerate(self.by_customer) if not is_theirs]

    def turns_of(self, part: str) -> Sequence[int]:
        """Which turns belong to a part of a dialogue."""
        ended = self.by_customer[-1]
        return {
            "first": self.customer[:1],
            "later": self.customer[1:],
            "last": self.customer[-1:],
            "end": self.customer[-1:] if ended else [],
            "customer": self.customer,
            "served": self.shop,
            "answer": self.shop[-1:],
            "closing": [] if ended else self.shop[-1:],
        }[part]


def features_of(parts: Parts) -> list[float]:
    """The numbers of a dialogue, in the order of NAMES."""
    cues = [cues_of(text) for text in parts.texts]
    by_part = {part: _summed(cues[index] for index in parts.turns_of(part)) for part in PARTS}
    topics = [math.log1p(count) for part in PARTS for count in by_part[part]]
    mood = {part: _mood(by_part[part]) for part in ("first", "last", "end")}
    moods = [mood["first"], mood["last"], mood["end"], mood["last"] - mood["first"] if len(parts.customer) > 1 else 0.0]
    return [*_shape(parts), *moods, *topics]


def _summed(rows: Iterable[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)] or [0] * len(TOPICS)


def _mood(counts: Sequence[int]) -> float:
    total = sum(sign * min(count, 3) for sign, count in zip(_SIGNS, counts, strict=True))
    return math.tanh(total / 3)


def _shape(parts: Parts) -> list[float]:
    text = {part: "\n".join(parts.texts[index] for index in parts.turns_of(part)) for part in PARTS}
    length = {part: math.log1p(len(text[part])) for part in PARTS}
    raw = " ".join(parts.raw[index] for index in parts.customer)
    runs = [len(list(group)) for is_theirs, group in itertools.groupby(parts.by_customer) if is_theirs]
    ended = parts.by_customer[-1]
    end = len(text["end"])
    return [
        min(len(parts.texts), 20), min(len(parts.customer), 10), min(len(parts.shop), 10),
        float(ended), runs[-1] if ended and runs else 0.0, float(len(parts.texts) <= 2), max(runs, default=0),
        length["first"], length["last"], length["later"], length["end"], length["served"], length["answer"],
        length["served"] - math.log1p(len(raw)), length["last"] - length["first"],
        *(_marks(text[part], "?？") for part in ("first", "later", "last", "end")),
        *(_marks(text[part], "!！") for part in ("first", "later", "last", "end")),
        *(float("..." in text[part] or "…" in text[part]) for part in ("first", "later", "end")),
        float(bool(re.search(r"[?？!！]{2}", raw))), math.log1p(len(_SHOUT.findall(raw))),
        math.log1p(len(_MASK.findall(raw.lower()))), math.log1p(len(_LINK.findall(text["served"]))),
        math.log1p(sum(each.isdigit() for each in raw)), _marks(text["answer"], "?？"), _marks(text["served"], "?？"),
        _alike([parts.texts[index] for index in parts.shop]), _alike([parts.texts[index] for index in parts.customer]),
        _overlap(text["served"], text["first"] + text["later"]), float(0 < end <= 12), float(end > 60),
    ]  # fmt: skip


def _marks(text: str, which: str) -> float:
    return math.log1p(sum(text.count(each) for each in which))


def _alike(texts: Sequence[str]) -> float:
    """How much of what a side says it has said before, at most."""
    return max((_overlap(later, earlier) for earlier, later in itertools.pairwise(texts)), default=0.0)


def _overlap(text: str, other: str) -> float:
    shingles = _shingles(text)
    return len(shingles & _shingles(other)) / len(shingles) if shingles else 0.0


def _shingles(text: str) -> set[str]:
    return {text[at : at + _SHINGLE] for at in range(min(len(text), _LONG) - _SHINGLE + 1)}
