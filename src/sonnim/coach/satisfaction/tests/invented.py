"""Dialogues for tests of training, and the small model that learns from them."""

import functools

from sonnim.coach.satisfaction.dialogues import Dialogue
from sonnim.coach.satisfaction.model import Model
from sonnim.coach.satisfaction.synthetic.inventing import some
from sonnim.coach.satisfaction.training import train

KNOWN = 240
ONE_TRY = ((8.0, 16.0),)


@functools.cache
def known() -> tuple[Dialogue, ...]:
    return tuple(some("en", KNOWN, seed=1, half=0))


@functools.cache
def unknown() -> tuple[Dialogue, ...]:
    """None of their sentences is in those that are known."""
    return tuple(some("en", 150, seed=2, half=1))


@functools.cache
def small_model() -> Model:
    return train(known(), source="synthetic", tries=ONE_TRY)
