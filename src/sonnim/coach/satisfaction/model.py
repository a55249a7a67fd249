"""Predicts satisfaction: a sum of weights over what a dialogue is like and over its words. Pure Python."""

import math
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from sonnim.coach.satisfaction.about import About
from sonnim.coach.satisfaction.dialogues import LEAST, MOST, Dialogue
from sonnim.coach.satisfaction.features import Parts, features_of
from sonnim.coach.satisfaction.grams import VIEWS, buckets_of

CLIP = 4.0
"""How many deviations from the usual a number may be away: one strange dialogue is not a hundred ordinary ones."""
_STEEPEST = 60.0


class Prediction(msgspec.Struct, frozen=True):
    """From -2 to 2, and how probable it is that the customer is unhappy."""

    satisfaction: float
    unhappy: float


class Numbers(NamedTuple):
    """Weights of the features: what is usual, how far it spreads, what a deviation adds."""

    centre: Sequence[float]
    spread: Sequence[float]
    weights: Sequence[float]


class View(NamedTuple):
    """Weights of the buckets of one view, as whole numbers with their unit: rarity, and what the bucket adds."""

    rarity: "array[int]"
    rarity_unit: float
    weights: "array[int]"
    weight_unit: float


class Model(NamedTuple):
    """A trained model.

    Attributes:
        size: how many buckets each view has; a power of two.
        views: by `grams.VIEWS`.
        steepness, middle: the probability of being unhappy falls from 1 to 0 around `middle`.
    """

    about: About
    size: int
    numbers: Numbers
    views: Sequence[View]
    bias: float
    steepness: float
    middle: float

    def predict(self, dialogue: Dialogue) -> Prediction:
        """What its customer would say of a dialogue."""
        parts = Parts(dialogue)
        score = self.bias + self._from_features(parts) + self._from_words(parts)
        unhappy = _logistic(self.steepness * (self.middle - score))
        return Prediction(round(min(max(score, LEAST), MOST), 4), round(unhappy, 4))

    def _from_features(self, parts: Parts) -> float:
        rows = zip(features_of(parts), *self.numbers, strict=True)
        return math.fsum(
            weight * min(max((value - centre) / spread, -CLIP), CLIP) for value, centre, spread, weight in rows
        )

    def _from_words(self, parts: Parts) -> float:
        counts = [buckets_of(text, self.size) for text in parts.texts]
        total = 0.0
        for name, view in zip(VIEWS, self.views, strict=True):
            total += _score(view, counted(parts.turns_of(name), counts))
        return total


def counted(turns: Sequence[int], counts: Sequence[Counter[int]]) -> Counter[int]:
    """How often each bucket is met in some of the turns."""
    if len(turns) == 1:
        return counts[turns[0]]
    total: Counter[int] = Counter()
    for index in turns:
        total.update(counts[index])
    return total


def _score(view: View, counts: Counter[int]) -> float:
    """The cosine way: how often, damped, times rarity; the length of all that taken out."""
    length = added = 0.0
    for bucket, count in counts.items():
        rarity = view.rarity[bucket]
        if rarity:
            strength = (1 + math.log(count)) * rarity
            length += strength * strength
            added += strength * view.weights[bucket]
    return view.weight_unit * added / math.sqrt(length) if length else 0.0


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-min(max(value, -_STEEPEST), _STEEPEST)))
