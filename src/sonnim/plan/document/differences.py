"""What changed between two plans, row by row and field by field. Pure; `wording` puts it into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from sonnim.plan.document.parts import Said
from sonnim.plan.document.schema import SECTIONS, PlanDocument

What = Literal["added", "removed", "moved", "changed"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changed.

    Attributes:
        row: the row as it is now, or as it was when it is gone; None for what belongs to the whole plan.
        field: of what changed; `sentence.ko` for one language of a text.
        before, after: the values, as the schema has them.
    """

    section: str
    what: What
    row: Any = None
    field: str = ""
    before: Any = None
    after: Any = None


def differences(before: PlanDocument, after: PlanDocument) -> list[Difference]:
    """What must be done to `before` to have `after`, in the order of the document."""
    found = []
    if before.languages != after.languages:
        found.append(Difference("", "changed", None, "languages", before.languages, after.languages))
    for section in SECTIONS:
        found += _of_section(section, getattr(before, section), getattr(after, section))
    return found


def _of_section(section: str, before: Sequence[Any], after: Sequence[Any]) -> list[Difference]:
    was = {row.id: row for row in before}
    now = {row.id: row for row in after}
    found = [Difference(section, "removed", row) for row in before if row.id not in now]
    moved = _moved([row.id for row in before if row.id in now], [row.id for row in after if row.id in was])
    for row in after:
        if row.id not in was:
            found.append(Difference(section, "added", row))
            continue
        if row.id in moved:
            found.append(Difference(section, "moved", row))
        found += _of_row(section, was[row.id], row)
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The fewest rows that had to be carried elsewhere to get this order."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {name for block in blocks for name in after[block.b : block.b + block.size]}
    return set(after) - kept


def _of_row(section: str, before: Any, after: Any) -> list[Difference]:
    found = []
    for field in type(after).model_fields:
        was, now = getattr(before, field), getattr(after, field)
        if was == now:
            continue
        if isinstance(was, Said):
            found += [
                Difference(section, "changed", after, f"{field}.{locale}", getattr(was, locale), getattr(now, locale))
                for locale in type(was).model_fields
                if getattr(was, locale) != getattr(now, locale)
            ]
        else:
            found.append(Difference(section, "changed", after, field, was, now))
    return found
