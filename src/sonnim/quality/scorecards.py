"""The scorecard that ships, and what one may look like."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from sonnim.coach.registry import RULES
from sonnim.kernel.errors import Invalid
from sonnim.quality.rules import FULL, Criterion, Points

MOST_CRITERIA = 20
MOST_PER_WEEK = 50
MAX_WORDS = 2_000
LOCALES = ("ko", "zh", "en")
LONGEST_NAME = 80
_ID = re.compile(r"[a-z][a-z0-9-]{0,39}")


class Card(NamedTuple):
    """A scorecard; `n` is 0 for the one that ships, which nobody has written."""

    n: int
    criteria: Sequence[Criterion]
    per_week: int
    author_id: int | None = None
    at: datetime | None = None


class _Shipped(msgspec.Struct, forbid_unknown_fields=True):
    per_week: int
    criteria: list[Criterion]


@cache
def shipped() -> Card:
    """The scorecard of a shop that has made none."""
    read = msgspec.json.decode(Path(__file__).with_name("scorecard.json").read_bytes(), type=_Shipped)
    return Card(0, tuple(read.criteria), read.per_week)


def check(criteria: Sequence[Criterion], per_week: int) -> None:
    """Raises: Invalid, naming what is wrong with a scorecard."""
    wrong: dict[str, str] = {}
    if not 1 <= len(criteria) <= MOST_CRITERIA:
        wrong["criteria"] = f"1 to {MOST_CRITERIA} of them"
    if not 0 <= per_week <= MOST_PER_WEEK:
        wrong["per_week"] = f"0 to {MOST_PER_WEEK}"
    seen: set[str] = set()
    taken: set[str] = set()
    for at, each in enumerate(criteria):
        for field, problem in _wrongs(each, seen, taken):
            wrong[f"criteria.{at}.{field}"] = problem
        seen.add(each.id)
        taken.update(each.rules)
    if "criteria" not in wrong and sum(each.weight for each in criteria) != 100:
        wrong["weights"] = "must be 100 together"
    if wrong:
        raise Invalid("This scorecard does not work.", fields=wrong)


def check_points(card: Card, criteria: Mapping[str, Points], notes: Mapping[str, str], words: str) -> None:
    """Raises: Invalid, for criteria that the scorecard does not know, points out of range, or too many words."""
    known = {each.id for each in card.criteria}
    wrong = {f"criteria.{name}": "not on the scorecard" for name in criteria if name not in known}
    wrong |= {f"notes.{name}": "not on the scorecard" for name in notes if name not in known}
    if any(own is not None and not 0 <= own <= FULL for own in criteria.values()):
        wrong["criteria"] = "0 to 100, or null"
    if max([len(words), *map(len, notes.values())]) > MAX_WORDS:
        wrong["words"] = f"at most {MAX_WORDS} characters"
    if wrong:
        raise Invalid("This is not how the scorecard counts.", fields=wrong)


def _wrongs(each: Criterion, seen: set[str], taken: set[str]) -> list[tuple[str, str]]:
    found = []
    if not _ID.fullmatch(each.id) or each.id in seen:
        found.append(("id", "small letters, digits and hyphens, each once"))
    if not 0 <= each.weight <= 100:
        found.append(("weight", "0 to 100"))
    names = [name for name in each.names.values() if name.strip()]
    if not names or not set(each.names) <= set(LOCALES) or any(len(name) > LONGEST_NAME for name in names):
        found.append(("names", f"ko, zh or en, up to {LONGEST_NAME} characters"))
    if (each.kind == "marks") != bool(each.rules):
        found.append(("rules", "some for marks, none for anything else"))
    elif not set(each.rules) <= set(RULES) or len(set(each.rules)) != len(each.rules):
        found.append(("rules", "rules of the coach, each once"))
    elif taken & set(each.rules):
        found.append(("rules", "a rule counts in one criterion"))
    return found
