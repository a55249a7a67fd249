"""What is said in invented dialogues: three languages, by who says it and how they feel."""

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

LANGUAGES = ("ko", "zh", "en")
HALVES = 2
_ALWAYS = ("opener", "hello", "item")
_FOLDER = Path(__file__).parent / "sentences"


@functools.cache
def sentences(language: str, half: int | None = None) -> Mapping[str, Sequence[str]]:
    """Sentences by kind; those of one half are none of the other, save for words of greeting."""
    read = msgspec.json.decode((_FOLDER / f"{language}.json").read_bytes(), type=dict[str, list[str]])
    if half is None:
        return read
    return {kind: each if kind in _ALWAYS else each[half::HALVES] for kind, each in read.items()}
