"""Whether what came as JSON can be read and kept at all. Pure."""

from typing import Any

from sonnim.kernel.errors import Invalid

DEEPEST = 12
"""Rules are half as deep; what is deeper was made to stop whoever reads it."""


def refused(why: str) -> Invalid:
    """That a rule cannot be kept, and why."""
    return Invalid(f"This rule cannot be kept: {why}.", fields={"rule": why})


def check(value: Any, depth: int = 0) -> None:
    """Raises: Invalid, for what is too deep, or has a text that a database or a mail refuses."""
    if depth > DEEPEST:
        raise refused("it is too deep")
    if isinstance(value, str):
        if "\x00" in value or (not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value)):
            raise refused("a text has a character that is none")
    elif isinstance(value, dict):
        for name, each in value.items():
            check(name, depth + 1)
            check(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            check(each, depth + 1)
