"""What a shop's decisions mean for a review, and when a rule falls quiet. Pure: no Django."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from sonnim.coach.marks import Severity

Reason = Literal["wrong", "not_here", "on_purpose", "other"]
WINDOW = timedelta(days=30)
ENOUGH = 3
"""So many dismissals of one rule by one agent within WINDOW, and it keeps silent for them."""
MAX_TERMS = 500
OTHERS_WAIT = 2
"""So many others who wait make it busy: one is there most of the time, and no reason to hurry anybody."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a shop wants of a rule; `severity` None is the rule's own."""

    severity: Severity | None = None
    on: bool = True
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Taste:
    """What a shop wants of all rules that it has decided something about."""

    rules: Mapping[str, Wanted]

    @property
    def severities(self) -> dict[str, Severity]:
        """How much rules matter here, where that is not as the coach has it."""
        return {rule: wanted.severity for rule, wanted in self.rules.items() if wanted.severity is not None}

    @property
    def off(self) -> frozenset[str]:
        """The rules that the shop does without."""
        return frozenset(rule for rule, wanted in self.rules.items() if not wanted.on)

    def of(self, rule: str) -> Wanted:
        """What is wanted of one rule."""
        return self.rules.get(rule, USUAL)


USUAL = Wanted()


def taste_of(kept: Mapping[str, Mapping[str, Any]]) -> Taste:
    """Decisions as they were kept."""
    return Taste({rule: wanted_of(each) for rule, each in kept.items()})


def wanted_of(kept: Mapping[str, Any]) -> Wanted:
    """One of them; what is missing is as usual."""
    severity = kept.get("severity")
    return Wanted(Severity(severity) if severity else None, kept.get("on", True), kept.get("strict", False))


def piece_key(piece: str) -> str:
    """What tells a marked piece again: neither blanks nor case make it another."""
    return hashlib.sha256("".join(piece.split()).casefold().encode()).hexdigest()


def glossary_of(terms: Sequence[Mapping[str, str]]) -> dict[str, str] | None:
    """The glossary as the coach reads it."""
    return {each["term"]: each["plain"] for each in terms} or None


def is_dismissed(rule: str, piece: str, dismissed: Collection[tuple[str, str]]) -> bool:
    """Whether the agent has waved this very mark away in this conversation."""
    return bool(dismissed) and (rule, piece_key(piece)) in dismissed
