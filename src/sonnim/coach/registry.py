"""The rules: one line each, in the order in which their marks are shown where they begin at one place."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the names of the rules are asked for at every start, the rules seldom
    from sonnim.coach.rule import Rule

RULES = (
    "greet-back",
    "curt",
    "bare-link",
    "blame",
    "rhetorical",
    "cold",
    "taboo",
    "look-yourself",
    "unanswered-question",
    "no-apology",
    "over-apology",
    "over-thanks",
    "number-mismatch",
    "date-without-weekday",
    "beyond-plan",
    "sensitive",
    "look-alike-digits",
    "chit-chat",
    "too-long",
    "wall-of-text",
    "jargon",
    "abbreviation",
    "foreign-word",
    "same-page-link",
    "refusal-without-reason",
    "refusal-without-alternative",
    "promise-without-date",
    "contradiction",
    "register-mixed",
    "repeated-text",
    "machine-like",
    "wrong-name",
    "wrong-language",
    "missing-closing",
    "missing-next-step",
)

INSTEAD_OF: dict[str, tuple[str, ...]] = {
    "curt": ("look-alike-digits",),
    "date-without-weekday": ("number-mismatch",),
    "foreign-word": ("wrong-language",),
    "look-yourself": ("bare-link", "same-page-link", "cold"),
    "missing-next-step": ("promise-without-date", "machine-like", "blame", "cold", "rhetorical", "contradiction"),
    "no-apology": ("curt", "bare-link", "look-yourself", "blame", "rhetorical", "taboo", "cold"),
    "promise-without-date": ("machine-like",),
    "refusal-without-reason": ("curt", "contradiction", "cold", "taboo"),
    "refusal-without-alternative": ("curt", "contradiction", "cold", "taboo"),
    "unanswered-question": ("curt", "bare-link", "look-yourself", "machine-like", "cold"),
}
"""A rule that keeps silent → where one of these has spoken: one fault is said once."""


@cache
def rules() -> "tuple[Rule, ...]":
    """All rules; their modules are imported by the first who asks."""
    return tuple(import_module(f"sonnim.coach.rules.{name.replace('-', '_')}").RULE for name in RULES)
