"""What a rule is: an ID, how much it matters, and a function that finds its faults in what was read."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from sonnim.coach.marks import Severity
from sonnim.coach.reading import Reading

NOTHING: Mapping[str, str] = MappingProxyType({})


class Finding(NamedTuple):
    """A fault in the draft.

    Attributes:
        suggestion: replaces the piece; in the draft's language.
        why: key of the message in `languages/<code>/words/<rule>.json`.
        values: what stands in the message's `{placeholders}`.
    """

    start: int
    end: int
    suggestion: str | None = None
    why: str = "why"
    values: Mapping[str, str] = NOTHING


class Rule(NamedTuple):
    """One rule; `find` yields nothing when all is well."""

    id: str
    severity: Severity
    find: Callable[[Reading], Iterable[Finding]]
