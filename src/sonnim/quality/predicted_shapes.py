"""Predicted satisfaction as clients see it: never without how far the model that said so can be believed."""

from typing import Literal

from typing_extensions import TypedDict

from sonnim.quality.models import Predictor, Score


class MeasuredObject(TypedDict):
    """How a model did on so many dialogues that it had not seen.

    `error` is its mean distance on the scale of -2 to 2, `spearman` the correlation of ranks, `auc` how often it
    places an unhappy shopper below one who is not.
    """

    language: str
    dialogues: int
    spearman: float | None
    auc: float | None
    error: float


class PredictorObject(TypedDict):
    """A model of satisfaction.

    `source` is `shipped`, else `surveys` for the shop's own answers, `data` for a file or `synthetic` for invented
    dialogues; `dialogues` is how many it learnt from.
    """

    version: str
    source: Literal["shipped", "surveys", "data", "synthetic"]
    dialogues: int
    measured: list[MeasuredObject]


class PredictedObject(TypedDict):
    """What a shopper who was not asked, or did not answer, would have said: -2 to 2, and 0 to 1 for being unhappy."""

    satisfaction: float
    unhappy: float
    by: PredictorObject


class PredictedWeek(TypedDict):
    """Of the conversations without an answer: the mean, the share of those more likely unhappy than not, how many."""

    mean: float | None
    unhappy: float | None
    count: int


class PredictedWeeks(PredictedWeek):
    """The same of a summary's weeks, in its order, and of all together; `by` are the models that said so."""

    weeks: list[PredictedWeek]
    by: list[PredictorObject]


def predictor_object(predictor: Predictor) -> PredictorObject:
    """A model that has predicted."""
    return PredictorObject(
        version=predictor.version,
        source=predictor.source,  # type: ignore[typeddict-item]
        dialogues=predictor.dialogues,
        measured=predictor.measured,
    )


def predicted_object(score: Score) -> PredictedObject | None:
    """What is predicted of a score's conversation, its predictor read along."""
    if score.satisfaction is None or score.unhappy is None or score.predictor is None:
        return None
    return PredictedObject(
        satisfaction=score.satisfaction / 100,
        unhappy=score.unhappy / 1000,
        by=predictor_object(score.predictor),
    )
