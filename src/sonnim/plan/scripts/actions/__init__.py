"""Writes of scripts: `writing` one of them, `sets` many at once, `using` what became of what was said."""

from sonnim.plan.scripts.actions.sets import add_starter_set, import_scripts
from sonnim.plan.scripts.actions.using import count_use, forget_old_uses, note_outcomes
from sonnim.plan.scripts.actions.writing import (
    change_canned_response,
    create_canned_response,
    delete_canned_response,
)

__all__ = [
    "add_starter_set",
    "change_canned_response",
    "count_use",
    "create_canned_response",
    "delete_canned_response",
    "forget_old_uses",
    "import_scripts",
    "note_outcomes",
]
