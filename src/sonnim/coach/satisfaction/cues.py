"""Cues of mood and of service in a turn, such as thanks or a threat: patterns in three languages, counted."""

import functools
import re
from pathlib import Path

import msgspec

_FOLDER = Path(__file__).parent / "cues"
_WHOLE_WORDS = "en"
MOODS = (
    "thanks", "praise", "settled", "smile", "scorn", "insult", "anger", "threat", "trouble", "still", "denial",
    "urging", "polite",
)  # fmt: skip
SERVICE = ("sorry", "forward", "asking", "steps", "refusing", "warm", "done")
TOPICS = (*MOODS, *SERVICE)


def cues_of(folded: str) -> list[int]:
    """How often each topic is touched in a folded text, in the order of TOPICS. All languages are looked for."""
    return [sum(1 for _ in pattern.finditer(folded)) for pattern in _patterns()]


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    files = sorted(_FOLDER.glob("*.json"))
    read = {file.stem: msgspec.json.decode(file.read_bytes(), type=dict[str, list[str]]) for file in files}
    return tuple(
        re.compile("|".join(_branches(language, topics[topic]) for language, topics in read.items()))
        for topic in TOPICS
    )


def _branches(language: str, patterns: list[str]) -> str:
    joined = "|".join(f"(?:{each})" for each in patterns)
    return f"(?<![a-z0-9_])(?:{joined})(?![a-z0-9_])" if language == _WHOLE_WORDS else f"(?:{joined})"
