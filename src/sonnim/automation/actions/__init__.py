"""Writes of automation."""

from sonnim.automation.actions.carrying import bring_in
from sonnim.automation.actions.macros import delete_macro, run_macro, save_macro
from sonnim.automation.actions.runs import begin_day, forget_old_runs, note_lasted, note_run
from sonnim.automation.actions.writing import delete_rule, order_rules, save_rule

__all__ = [
    "begin_day",
    "bring_in",
    "delete_macro",
    "delete_rule",
    "forget_old_runs",
    "note_lasted",
    "note_run",
    "order_rules",
    "run_macro",
    "save_macro",
    "save_rule",
]
