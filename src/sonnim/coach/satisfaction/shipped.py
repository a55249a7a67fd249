"""The model that comes with the product, read when somebody first asks for it."""

import functools
from pathlib import Path

from sonnim.coach.satisfaction.about import Measured
from sonnim.coach.satisfaction.files import read_model
from sonnim.coach.satisfaction.model import Model

FILE = Path(__file__).parent / "shipped.model"
ON_REAL = (
    Measured("zh", 2_617, 0.583, 0.809, 0.524),
    Measured("en", 1_174, 0.630, 0.815, 0.625),
)
"""How it does on real conversations that people voted on; its own file tells of invented ones, which is easier."""


@functools.cache
def shipped_model() -> Model:
    """Trained on synthetic dialogues alone; `docs/coach/satisfaction.md` says how far it can be believed."""
    return read_model(FILE)
