"""Trains a model of satisfaction: ridge regression over features and words. Only this needs scikit-learn."""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import KFold

from sonnim.coach.satisfaction.about import UNHAPPY_BELOW, About
from sonnim.coach.satisfaction.dialogues import LEAST, MOST, Dialogue
from sonnim.coach.satisfaction.features import Parts, features_of
from sonnim.coach.satisfaction.files import LARGEST
from sonnim.coach.satisfaction.grams import VIEWS, buckets_of
from sonnim.coach.satisfaction.measures import languages_of, measured
from sonnim.coach.satisfaction.model import CLIP, Model, Numbers, View, counted

LEAST_DIALOGUES = 20
SIZE = 1 << 17
FOLDS, REPEATS = 5, 2
_TRIES = ((2.0, 0.5), (2.0, 1.0), (2.0, 4.0), (8.0, 4.0))
"""How strongly weights are held down, and how much the features count beside one view of the words."""
_RARE = 2
"""A bucket of fewer dialogues than this teaches nothing."""
_MILDEST, _STEEPEST = 0.5, 20.0

Floats = np.ndarray[Any, np.dtype[np.float64]]
Told = Callable[[str], None]


class TooFew(Exception):
    """What there is to learn from is not enough; the text says what is missing."""


class Material(NamedTuple):
    """Dialogues as numbers: a row each. `buckets` by view."""

    features: Floats
    buckets: Sequence[Any]
    means: Floats

    def rows(self, which: Any) -> "Material":
        return Material(self.features[which], [each[which] for each in self.buckets], self.means[which])


class Fitted(NamedTuple):
    """A regression that has seen its material. `met` has the buckets of each view that `weights` are of."""

    centre: Floats
    spread: Floats
    rarities: Sequence[Floats]
    met: Sequence[Any]
    share: float
    weights: Floats
    bias: float

    def predict(self, material: Material) -> Floats:
        scores: Floats = self.matrix(material) @ self.weights + self.bias
        return np.clip(scores, LEAST, MOST)

    def matrix(self, material: Material) -> Any:
        width = material.features.shape[1]
        numbers = np.clip((material.features - self.centre) / self.spread, -CLIP, CLIP) * math.sqrt(self.share / width)
        views = zip(material.buckets, self.rarities, self.met, strict=True)
        words = [_cosine(each[:, met], rarity[met]) for each, rarity, met in views]
        return hstack([csr_matrix(numbers), *words], format="csr")


def train(
    dialogues: Sequence[Dialogue],
    *,
    source: str,
    groups: Sequence[int] | None = None,
    tries: Sequence[tuple[float, float]] = _TRIES,
    tell: Told = lambda said: None,
) -> Model:
    """A model of dialogues whose means are known; the same dialogues in the same order give the same model.

    Args:
        source: what `About` says of where they are from.
        groups: a number for each, where dialogues of a group are too alike to be divided when it is measured.
        tries: how strongly to hold down, and how much features are to count; the best pair is taken.
        tell: hears how far it is.

    Raises:
        TooFew: there are too few of them, or all say the same.
    """
    if len(dialogues) < LEAST_DIALOGUES:
        raise TooFew(f"{len(dialogues)} dialogues are too few to learn from; {LEAST_DIALOGUES} are the least.")
    tell(f"reading {len(dialogues)} dialogues")
    material = material_of(dialogues)
    if float(np.ptp(material.means)) == 0:
        raise TooFew("All of them have the same satisfaction: there is nothing to learn.")
    errors = {}
    for strength, share in tries:
        guessed = _guessed(material, strength, share, _parts(len(dialogues), groups, seed=0))
        errors[strength, share] = float(np.mean((guessed - material.means) ** 2))
        tell(f"holding down by {strength:g}, features by {share:g}: mean square error {errors[strength, share]:.4f}")
    strength, share = min(errors, key=lambda each: (errors[each], each))
    divided = [_parts(len(dialogues), groups, seed=seed) for seed in range(1, 2 if groups else REPEATS + 1)]
    repeats = [_guessed(material, strength, share, parts) for parts in divided]
    about = About(
        source=source, dialogues=len(dialogues), folds=len(divided[0]), repeats=len(divided),
        unhappy_below=UNHAPPY_BELOW,
        measured=measured(languages_of(dialogues), material.means, repeats),
    )  # fmt: skip
    tell("the whole")
    return _exported(_fitted(material, strength, share), about, *_unhappiness(repeats, material.means))


def material_of(dialogues: Sequence[Dialogue]) -> Material:
    """The rows of dialogues; a mean that is not known is 0."""
    features: list[list[float]] = []
    views: list[list[Counter[int]]] = [[] for _ in VIEWS]
    for dialogue in dialogues:
        parts = Parts(dialogue)
        features.append(features_of(parts))
        counts = [buckets_of(text, SIZE) for text in parts.texts]
        for name, rows in zip(VIEWS, views, strict=True):
            rows.append(counted(parts.turns_of(name), counts))
    means = np.array([each.mean or 0.0 for each in dialogues])
    return Material(np.array(features), [_sparse(rows) for rows in views], means)


def _sparse(rows: Sequence[Counter[int]]) -> Any:
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter((bucket for row in rows for bucket in row), dtype=np.int32, count=ends[-1])
    counts = np.fromiter((count for row in rows for count in row.values()), dtype=np.float64, count=ends[-1])
    return csr_matrix((1 + np.log(counts), columns, ends), shape=(len(rows), SIZE))


def _cosine(counts: Any, rarity: Floats) -> Any:
    strengths = counts @ diags(rarity)
    lengths = np.sqrt(np.asarray(strengths.multiply(strengths).sum(axis=1)).ravel())
    return diags(1 / np.where(lengths > 0, lengths, 1)) @ strengths


def _rarity(counts: Any) -> Floats:
    rows = counts.shape[0]
    met = np.bincount(counts.indices, minlength=SIZE)
    return np.where(met >= _RARE, np.log((1 + rows) / (1 + met)) + 1, 0.0)


def _fitted(material: Material, strength: float, share: float) -> Fitted:
    spread = material.features.std(axis=0)
    rarities = [_rarity(each) for each in material.buckets]
    usual, met = material.features.mean(axis=0), [np.flatnonzero(each) for each in rarities]
    empty = Fitted(usual, np.where(spread > 0, spread, 1.0), rarities, met, share, np.zeros(0), 0.0)
    ridge = Ridge(alpha=strength, solver="sparse_cg", tol=1e-4, max_iter=400)
    ridge.fit(empty.matrix(material), material.means)
    return empty._replace(weights=ridge.coef_, bias=float(ridge.intercept_))


def _parts(count: int, groups: Sequence[int] | None, *, seed: int) -> list[tuple[Any, Any]]:
    """What is known and what is predicted from it, for each part."""
    if groups is None:
        return list(KFold(FOLDS, shuffle=True, random_state=seed).split(np.zeros(count)))
    belongs = np.array(groups)
    return [(np.flatnonzero(belongs != each), np.flatnonzero(belongs == each)) for each in sorted(set(groups))]


def _guessed(material: Material, strength: float, share: float, parts: Sequence[tuple[Any, Any]]) -> Floats:
    """What is predicted of each dialogue by those of the other parts."""
    found = np.zeros(len(material.means))
    for known, unknown in parts:
        found[unknown] = _fitted(material.rows(known), strength, share).predict(material.rows(unknown))
    return found


def _unhappiness(guessed: Sequence[Floats], means: Floats) -> tuple[float, float]:
    """How steeply, and around which prediction, customers turn from unhappy to content."""
    scores, is_unhappy = np.concatenate(guessed), np.tile(means < UNHAPPY_BELOW, len(guessed))
    if min(is_unhappy.sum(), (~is_unhappy).sum()) < len(guessed) * FOLDS:
        missed = float(np.std(scores - np.tile(means, len(guessed)))) or 1.0
        return float(np.clip(1.7 / missed, _MILDEST, _STEEPEST)), UNHAPPY_BELOW
    found = LogisticRegression(C=100.0).fit(scores.reshape(-1, 1), is_unhappy)
    slope = float(np.clip(-found.coef_[0, 0], _MILDEST, _STEEPEST))
    return slope, float(np.clip(found.intercept_[0] / slope, -2, 2))


def _exported(fitted: Fitted, about: About, steepness: float, middle: float) -> Model:
    width = len(fitted.centre)
    weights = fitted.weights[:width] * math.sqrt(fitted.share / width)
    numbers = Numbers(fitted.centre.tolist(), fitted.spread.tolist(), weights.tolist())
    ends = np.cumsum([width, *map(len, fitted.met)])
    views = []
    for rarity, met, start, end in zip(fitted.rarities, fitted.met, ends, ends[1:], strict=False):
        adds = np.zeros(SIZE)
        adds[met] = fitted.weights[start:end]
        views.append(View(*_packed(rarity), *_packed(adds)))
    return Model(about, SIZE, numbers, views, fitted.bias, steepness, middle)


def _packed(values: Floats) -> tuple["array[int]", float]:
    """Numbers as whole ones of 16 bits, and their unit."""
    unit = float(np.abs(values).max()) / LARGEST or 1.0
    return array("h", np.rint(values / unit).astype(np.int16).tobytes()), unit
