"""The writers of the coach in a shop."""

from sonnim.coaching.actions.counting import count_applied, count_seen
from sonnim.coaching.actions.dismissing import dismiss_mark, hear_again
from sonnim.coaching.actions.settings import change_rule, save_glossary

__all__ = ["change_rule", "count_applied", "count_seen", "dismiss_mark", "hear_again", "save_glossary"]
