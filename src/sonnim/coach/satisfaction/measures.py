"""How good predictions are: rank correlation, area under the curve, mean distance."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.stats import rankdata

from sonnim.coach.satisfaction.about import UNHAPPY_BELOW, Measured
from sonnim.coach.satisfaction.dialogues import Dialogue
from sonnim.coach.text.scripts import OTHER, language_of

Floats = np.ndarray[Any, np.dtype[np.float64]]
ENOUGH = 20
"""Fewer dialogues of a language than this say nothing about it."""


def measured(languages: Sequence[str], means: Floats, guesses: Sequence[Floats]) -> list[Measured]:
    """How good several predictions of the same dialogues are on the average: of all, then of each language."""
    codes = np.array(languages)
    chosen = {"all": np.ones(len(means), dtype=bool)} | {code: codes == code for code in sorted(set(languages))}
    return [_of(code, each, means, guesses) for code, each in chosen.items() if code == "all" or each.sum() >= ENOUGH]


def languages_of(dialogues: Sequence[Dialogue]) -> list[str]:
    """The language of each dialogue: what its customer writes."""
    # A handle behind a word without a blank would be taken for an address.
    texts = (" ".join(said.text for said in each.turns if said.by_customer).replace("@", " ") for each in dialogues)
    return [language_of(text) or OTHER for text in texts]


def spearman(one: Floats, other: Floats) -> float | None:
    """The correlation of ranks; None where one of them is all the same."""
    a, b = rankdata(one), rankdata(other)
    if a.std() == 0 or b.std() == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def auc(is_so: Any, scores: Floats) -> float | None:
    """How often one that is so has the higher score than one that is not; None where there is only one kind."""
    yes = int(is_so.sum())
    no = len(is_so) - yes
    if not yes or not no:
        return None
    return float((rankdata(scores)[is_so].sum() - yes * (yes + 1) / 2) / (yes * no))


def _of(language: str, chosen: Any, means: Floats, guesses: Sequence[Floats]) -> Measured:
    true = means[chosen]
    ranks = [spearman(true, each[chosen]) for each in guesses]
    areas = [auc(true < UNHAPPY_BELOW, -each[chosen]) for each in guesses]
    error = float(np.mean([np.abs(true - each[chosen]).mean() for each in guesses]))
    return Measured(language, int(chosen.sum()), _mean(ranks), _mean(areas), round(error, 4))


def _mean(values: Sequence[float | None]) -> float | None:
    known = [each for each in values if each is not None]
    return round(sum(known) / len(known), 4) if known else None
