"""What the coach says of a draft: marks, each on a piece of the text."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """How much a mark matters when the shop has not said otherwise."""

    NOTE = "note"
    WARNING = "warning"
    SERIOUS = "serious"


class Mark(msgspec.Struct, frozen=True):
    """One remark.

    Attributes:
        rule: the rule's ID, such as `bare-link`.
        start: where the marked piece begins, in code points of the draft.
        end: where it ends, exclusively; never before `start`, never after the text.
        message: why, in one line, in the agent's language.
        suggestion: what can stand in place of the piece, or nothing if only the agent can know.
    """

    rule: str
    severity: Severity
    start: int
    end: int
    message: str
    suggestion: str | None = None


class Review(msgspec.Struct, frozen=True):
    """All that is said of a draft: its marks in order of the text, its level of speech, and how polite it is (0…1)."""

    marks: list[Mark]
    register: str | None
    politeness: float
