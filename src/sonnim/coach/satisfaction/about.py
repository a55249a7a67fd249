"""How a model was made and how well it is known to do: it is kept in the model's file and shown beside every use."""

import msgspec

UNHAPPY_BELOW = 0.0
"""A customer is unhappy if the mean of what they were asked is below this: more say bad than good."""


class Measured(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a model does on dialogues that it has not seen, in one language.

    Attributes:
        language: a code, or `all`.
        dialogues: how many were predicted.
        spearman: correlation of the ranks, -1 to 1; None where everybody answered the same.
        auc: how often an unhappy one is placed below one who is not; None where there is only one kind.
        error: the mean distance of the prediction from the answer, on the scale of -2 to 2.
    """

    language: str
    dialogues: int
    spearman: float | None
    auc: float | None
    error: float


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a model comes from.

    Attributes:
        source: `data` (a file), `surveys` (a shop's own answers) or `synthetic` (dialogues that nobody had).
        dialogues: how many it was trained on.
        folds: into how many parts they were divided to measure it; each was predicted from the others.
        repeats: how often that was done, divided anew.
        unhappy_below: what counts as unhappy.
        measured: of all, and of each language there is enough of.
    """

    source: str
    dialogues: int
    folds: int
    repeats: int
    unhappy_below: float
    measured: list[Measured]
