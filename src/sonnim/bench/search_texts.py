"""Messages and queries for the measurement of search, the same ones for the same numbers.

A few phrases are in a third of all messages, many in few, names and numbers in some, and one message in five has a word
that hardly another has. Queries are what people type of such messages: a character, a piece, a beginning, a middle.
"""

import json
import random
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("korean", "chinese", "english")
KINDS = ("character", "piece", "stretch", "beginning", "middle", "number", "digits", "name", "pair", "rare")


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    for language in found.values():
        # The n-th phrase is used half as often as the n/2-th one, as words are.
        language["weights"] = [1 / (rank + 2) for rank in range(len(language["phrases"]))]
        parts = language["syllables"]
        language["syllables"] = parts.split() if " " in parts else list(parts)
    return found


def name(rng: random.Random, language: str) -> str:
    """A person's name."""
    words = _words()[language]
    space = " " if language == "english" else ""
    return str(rng.choice(words["first"]) + space + rng.choice(words["last"]))


def order_number(rng: random.Random) -> str:
    """One of a few hundred thousand."""
    return str(rng.randint(100_000, 499_999))


def rare(rng: random.Random, language: str) -> str:
    """A word that hardly another message has."""
    length = 4 if language == "english" else 3
    return "".join(rng.choices(_words()[language]["syllables"], k=length))


def message(number: int) -> str:
    """The text of the n-th message."""
    rng = random.Random(number)
    language = rng.choice(LANGUAGES)
    words = _words()[language]
    parts = rng.choices(words["phrases"], weights=words["weights"], k=rng.randint(2, 7))
    if rng.random() < 0.2:
        parts.insert(rng.randrange(len(parts)), rare(rng, language))
    if rng.random() < 0.15:
        parts.append(f"#{order_number(rng)}")
    if rng.random() < 0.1:
        parts.append(name(rng, language))
    return ("," if language == "chinese" else " ").join(parts)


def queries(count: int, *, messages: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """(kind, query): parts of messages that exist, and pairs of words that perhaps never met."""
    rng = random.Random(seed)
    made = 0
    while made < count:
        kind = KINDS[made % len(KINDS)]
        query = _query(rng, kind, message(rng.randint(1, messages)), message(rng.randint(1, messages)))
        if query:
            made += 1
            yield kind, query


def _query(rng: random.Random, kind: str, text: str, other: str) -> str:
    runs = [run for run in _runs(text) if not run.isascii()]
    words = [run for run in _runs(text) if run.isascii() and run.isalpha()]
    numbers = [run for run in _runs(text) if run.isdigit()]
    if kind == "character" and runs:
        return rng.choice(rng.choice(runs))
    if kind == "piece" and runs:
        return _cut(rng, rng.choice(runs), 2)
    if kind == "stretch":
        return _cut(rng, text, rng.randint(5, 14)).strip()
    if kind == "beginning" and words:
        return rng.choice(words)[: rng.randint(1, 5)]
    if kind == "middle" and (long := [word for word in words if len(word) > 4]):
        return _cut(rng, rng.choice(long)[1:], rng.randint(3, 4))
    if kind == "number" and numbers:
        return rng.choice(numbers)
    if kind == "digits" and numbers:
        return rng.choice(numbers)[-4:]
    if kind == "name":
        return name(rng, rng.choice(LANGUAGES))
    if kind == "pair":
        return f"{rng.choice(_runs(text))} {rng.choice(_runs(other))}"
    if kind == "rare":
        return rare(rng, rng.choice(LANGUAGES))
    return ""


def _cut(rng: random.Random, text: str, length: int) -> str:
    start = rng.randint(0, max(len(text) - length, 0))
    return text[start : start + length]


def _runs(text: str) -> list[str]:
    """Its words, as a person would name them."""
    found = "".join(char if char.isalnum() else " " for char in text).split()
    return found or [text]
