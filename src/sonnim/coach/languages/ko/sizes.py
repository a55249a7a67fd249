"""How much, how long, when: the figures of a Korean sentence that another may have otherwise."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

_KEPT = 256
_DAYS = "월화수목금토일"


class Known(msgspec.Struct):
    """`sizes.json`: words for numbers, lengths that are one word, units, and patterns."""

    words: dict[str, int]
    alone: dict[str, tuple[int, str]]
    units: dict[str, tuple[int, str]]
    days: list[tuple[str, str]]
    patterns: dict[str, str]


class Size(NamedTuple):
    """A figure, or a range, in the smallest unit of its kind; the kind tells of days what is on them."""

    kind: str
    low: float
    high: float
    text: str


@lru_cache(maxsize=_KEPT)
def sizes(text: str) -> tuple[Size, ...]:
    """The figures of a text, in order."""
    plain = _pattern("date").sub(lambda match: " " * len(match.group()), text)
    return tuple(_sizes(plain))


def _sizes(text: str) -> Iterator[Size]:
    for match in _pattern("found").finditer(text):
        after, piece = text[match.end() :], match.group()
        if match["day"]:
            value, kind = float(_DAYS.index(match["day"])), f"weekday {_of_day(text, match.end())}"
            yield Size(kind, value, value, piece)
        elif match["alone"]:
            value, kind = _known().alone[match["alone"]]
            yield Size(_role(kind, after), value, value, piece)
        elif match["u"]:
            yield from _measured(match, after)
        else:
            value = _won(match)
            yield Size("won from" if _pattern("least").match(after) else "won", value, value, piece)


def _measured(match: re.Match[str], after: str) -> Iterator[Size]:
    factor, kind = _known().units[match["u"]]
    if match["u"] == "분" and match["n"] in _known().words:
        kind = "person"
    low = _number(match["n"])
    high = _number(match["m"]) if match["m"] else low
    yield Size(_role(kind, after), low * factor, high * factor, match.group())


def _role(kind: str, after: str) -> str:
    if kind == "hour":
        return "hour from" if _pattern("start").match(after) else "hour to" if _pattern("end").match(after) else kind
    return f"{kind} before" if _pattern("before").match(after) else kind


def _of_day(text: str, end: int) -> str:
    """What is on that day, by the first word after it that tells, else by any."""
    found = [(match.start(), name) for name, pattern in _of_days() if (match := pattern.search(text, end))]
    if found:
        return min(found)[1]
    return next((name for name, pattern in _of_days() if pattern.search(text)), "")


def _won(match: re.Match[str]) -> float:
    if match["won"] or match["only"]:
        return _number(match["won"]) if match["won"] else 1000 * _number(match["only"])
    return 10_000 * _number(match["ten"] or "1") + 1000 * _number(match["thousand"] or "0")


def _number(text: str) -> float:
    return float(_known().words.get(text) or text.replace(",", ""))


@cache
def _known() -> Known:
    return msgspec.json.decode(Path(__file__).with_suffix(".json").read_bytes(), type=Known)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_known().patterns[name])


@cache
def _of_days() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in _known().days)
