"""Whether one text repeats what was erased in another: what people quoted must not outlive the original."""

import re
from collections.abc import Iterable

TELLING = 8
"""So many signs that are the same, blanks apart, are enough to know a wording again."""
FEW = 4
"""Texts shorter than this are everybody's: they are echoes of themselves alone."""
_NUMBER = re.compile(r"\d(?:[\s.·/-]?\d){5,}")


def echoes(said: str, erased: Iterable[str]) -> bool:
    """Whether a text holds an erased wording, the better part of one, or a long number of it in any spacing."""
    plain, numbers = _plain(said), _numbers(said)
    return bool(plain) and any(_echoes(plain, _plain(word)) or numbers & _numbers(word) for word in erased)


def _echoes(plain: str, word: str) -> bool:
    if min(len(plain), len(word)) < FEW:
        return plain == word
    windows = (word[at : at + TELLING] for at in range(len(word) - TELLING + 1))
    return plain in word or word in plain or any(window in plain for window in windows)


def _plain(text: str) -> str:
    return "".join(text.split())


def _numbers(text: str) -> set[str]:
    return {re.sub(r"\D", "", found) for found in _NUMBER.findall(text)}
