"""Model files: plain numbers in MessagePack, checked on the way in. Nothing in a file is ever run."""

import math
import os
import sys
import zlib
from array import array
from pathlib import Path
from typing import Literal

import msgspec

from sonnim.coach.satisfaction.about import About
from sonnim.coach.satisfaction.features import NAMES
from sonnim.coach.satisfaction.grams import VIEWS
from sonnim.coach.satisfaction.model import Model, Numbers, View

VERSION = 1
MAX_FILE = 64 << 20
LEAST_SIZE, MOST_SIZE = 1 << 8, 1 << 20
_WIDTH = 2
LARGEST = 32_767
_MAX_NUMBER = 1e6


class NoModel(Exception):
    """A file is no model that can be used; the text says why."""


class _StoredView(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    rarity_unit: float
    rarity: bytes
    weight_unit: float
    weights: bytes


class _Stored(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    format: Literal["sonnim-satisfaction"] = "sonnim-satisfaction"
    version: int = VERSION
    about: About
    features: list[str]
    centre: list[float]
    spread: list[float]
    numbers: list[float]
    size: int
    views: list[_StoredView]
    bias: float
    steepness: float
    middle: float


class _Version(msgspec.Struct):
    """What every version of the file says of itself."""

    format: Literal["sonnim-satisfaction"]
    version: int


def encoded(model: Model) -> bytes:
    """A model as the content of its file; the same model always gives the same bytes."""
    numbers = model.numbers
    views = [
        _StoredView(name, view.rarity_unit, _squeezed(view.rarity), view.weight_unit, _squeezed(view.weights))
        for name, view in zip(VIEWS, model.views, strict=True)
    ]
    stored = _Stored(
        about=model.about, features=list(NAMES), size=model.size, views=views, bias=model.bias,
        centre=list(numbers.centre), spread=list(numbers.spread), numbers=list(numbers.weights),
        steepness=model.steepness, middle=model.middle,
    )  # fmt: skip
    return msgspec.msgpack.encode(stored)


def write_model(model: Model, path: Path) -> None:
    """Put a model's file in its place, whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(encoded(model))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read_model(path: Path) -> Model:
    """The model of a file.

    Raises:
        NoModel: it cannot be read or is none.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError as error:
        raise NoModel(f"{path}: {error.strerror}") from error
    try:
        return decoded(content)
    except NoModel as error:
        raise NoModel(f"{path}: {error}") from error


def decoded(content: bytes) -> Model:
    """The model of a file's content, which may come from anybody.

    Raises:
        NoModel: it is none, is of another version, or its numbers make no sense.
    """
    if len(content) > MAX_FILE:
        raise NoModel("The file is too large for a model.")
    try:
        told = msgspec.msgpack.decode(content, type=_Version)
        if told.version != VERSION:
            raise NoModel(
                f"The model is of version {told.version}; this Sonnim reads version {VERSION}. Train it again."
            )
        stored = msgspec.msgpack.decode(content, type=_Stored)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError) as error:
        raise NoModel(f"This is no model of satisfaction: {error}") from error
    _check(stored)
    views = [
        View(
            _unsqueezed(each.rarity, stored.size),
            each.rarity_unit,
            _unsqueezed(each.weights, stored.size),
            each.weight_unit,
        )
        for each in stored.views
    ]
    numbers = Numbers(stored.centre, stored.spread, stored.numbers)
    return Model(stored.about, stored.size, numbers, views, stored.bias, stored.steepness, stored.middle)


def _check(stored: _Stored) -> None:
    if stored.features != list(NAMES) or [each.name for each in stored.views] != list(VIEWS):
        raise NoModel("The model looks at other things than this Sonnim. Train it again.")
    if stored.size & (stored.size - 1) or not LEAST_SIZE <= stored.size <= MOST_SIZE:
        raise NoModel("The number of buckets makes no sense.")
    if not len(stored.centre) == len(stored.spread) == len(stored.numbers) == len(NAMES):
        raise NoModel("Numbers are missing.")
    units = [unit for each in stored.views for unit in (each.rarity_unit, each.weight_unit)]
    numbers = (*stored.centre, *stored.spread, *stored.numbers, *units, stored.bias, stored.steepness, stored.middle)
    if not all(math.isfinite(each) and abs(each) <= _MAX_NUMBER for each in numbers) or min(stored.spread) <= 0:
        raise NoModel("The numbers make no sense.")


def _squeezed(values: "array[int]") -> bytes:
    return zlib.compress(_little(values).tobytes(), 9)


def _unsqueezed(content: bytes, size: int) -> "array[int]":
    reader = zlib.decompressobj()
    try:
        # No more than is expected, however much it would become.
        plain = reader.decompress(content, size * _WIDTH + 1)
    except zlib.error as error:
        raise NoModel(f"The weights are damaged: {error}") from error
    if len(plain) != size * _WIDTH:
        raise NoModel("The weights are not as many as they should be.")
    return _little(array("h", plain))


def _little(values: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values
