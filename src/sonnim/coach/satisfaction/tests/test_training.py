"""What is learnt from dialogues holds for others, is measured on what was not seen, and is the same each time."""

import numpy as np
import pytest

from sonnim.coach.satisfaction.dialogues import Dialogue, Said
from sonnim.coach.satisfaction.files import encoded
from sonnim.coach.satisfaction.measures import auc, spearman
from sonnim.coach.satisfaction.tests.invented import KNOWN, ONE_TRY, known, small_model, unknown
from sonnim.coach.satisfaction.training import LEAST_DIALOGUES, TooFew, material_of, train


def test_a_model_ranks_dialogues_of_sentences_that_it_has_never_read() -> None:
    true = np.array([each.mean for each in unknown()])
    found = [small_model().predict(each) for each in unknown()]
    satisfaction = np.array([each.satisfaction for each in found])
    rank, area = spearman(true, satisfaction), auc(true < 0, np.array([each.unhappy for each in found]))
    assert rank is not None and rank > 0.6
    assert area is not None and area > 0.8
    assert np.abs(true - satisfaction).mean() < 0.8 * np.abs(true - np.median(true)).mean()


def test_its_measured_error_is_of_dialogues_that_it_had_not_seen() -> None:
    about = small_model().about
    assert (about.source, about.dialogues, about.folds, about.repeats, about.unhappy_below) == (
        "synthetic", KNOWN, 5, 2, 0.0,
    )  # fmt: skip
    assert [(each.language, each.dialogues) for each in about.measured] == [("all", KNOWN), ("en", KNOWN)]
    seen = [small_model().predict(each).satisfaction for each in known()]
    error = float(np.mean([abs((each.mean or 0) - guess) for each, guess in zip(known(), seen, strict=True)]))
    assert about.measured[0].error > error


def test_what_cannot_be_learnt_is_measured_as_nothing() -> None:
    chance = np.random.default_rng(7)
    shuffled = [
        Dialogue(turns=each.turns, mean=float(mean))
        for each, mean in zip(known(), chance.permutation([each.mean or 0.0 for each in known()]), strict=True)
    ]
    [measured, *_] = train(shuffled, source="data", tries=ONE_TRY).about.measured
    assert measured.spearman is not None and abs(measured.spearman) < 0.2


def test_the_same_dialogues_give_the_same_model() -> None:
    assert encoded(train(known(), source="synthetic", tries=ONE_TRY)) == encoded(small_model())


def test_groups_are_measured_apart() -> None:
    groups = [number % 3 for number in range(KNOWN)]
    about = train(known(), source="data", groups=groups, tries=ONE_TRY).about
    assert (about.folds, about.repeats) == (3, 1)


def test_training_predicts_what_the_model_in_plain_python_does() -> None:
    """The matrices of training and the loops of predicting are the same sum."""
    from sonnim.coach.satisfaction.training import _fitted

    fitted = _fitted(material_of(known()), *ONE_TRY[0])
    for each, guess in zip(unknown()[:40], fitted.predict(material_of(unknown()[:40])), strict=True):
        assert small_model().predict(each).satisfaction == pytest.approx(float(guess), abs=0.005)


@pytest.mark.parametrize(
    "dialogues",
    [
        known()[: LEAST_DIALOGUES - 1],
        [Dialogue(turns=[Said("customer", f"No. {number}")], mean=1.0) for number in range(30)],
    ],
)
def test_too_little_to_learn_from_is_refused(dialogues: list[Dialogue]) -> None:
    with pytest.raises(TooFew):
        train(dialogues, source="data")


def test_customers_who_are_all_content_still_give_a_probability() -> None:
    happy = [Dialogue(turns=each.turns, mean=abs(each.mean or 0.0)) for each in known()[:60]]
    found = train(happy, source="data", tries=ONE_TRY).predict(known()[0])
    assert 0 <= found.unhappy <= 1
