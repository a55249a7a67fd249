"""Pure rules of what may be kept of a contact."""

import json
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from sonnim.accounts.rules import checked_email
from sonnim.kernel.errors import Invalid

LIMITS = {"name": 120, "email": 254, "phone": 40, "notes": 10_000, "timezone": 60}
MAX_TAGS = 30
PURPOSES = ("news_email", "news_text", "calls", "surveys")
"""What a contact can agree to, and take back."""


def is_timezone(name: str) -> bool:
    """Whether it is a name of the IANA database."""
    return name in _timezones()


@cache
def _timezones() -> frozenset[str]:
    return frozenset(available_timezones())  # which looks through a folder of files each time


def check_changes(changes: dict[str, Any]) -> None:
    """Raises: Invalid, when a field does not exist or a value cannot be kept; fields says which."""
    wrong = {}
    for field, value in changes.items():
        if field in LIMITS:
            if not isinstance(value, str) or len(value) > LIMITS[field] or "\x00" in value:
                wrong[field] = f"must be text of at most {LIMITS[field]:,} characters"
            elif field == "email" and value.strip() and not _is_email(value):
                wrong[field] = "must be an e-mail address"
            elif field == "timezone" and value and not is_timezone(value):
                wrong[field] = "must be an IANA zone such as Asia/Seoul"
        elif field == "locale":
            if value not in {"ko", "zh", "en"}:
                wrong[field] = "must be ko, zh or en"
        elif field == "attributes":
            if not isinstance(value, dict) or len(value) > 50 or len(str(value)) > 10_000:
                wrong[field] = "must be at most 50 short values"
            elif not _is_storable(value):
                wrong[field] = "must be JSON, without NUL characters and without numbers that are none"
        elif field != "blocked" or not isinstance(value, bool):
            wrong[field] = "cannot be changed"
    if wrong:
        raise Invalid("Some of this cannot be saved.", fields=wrong)


def _is_email(value: str) -> bool:
    """Whether it is one address, to which mail can be sent without reaching another one as well."""
    try:
        checked_email(value)
    except Invalid:
        return False
    return True


def _is_storable(value: dict[str, Any]) -> bool:
    """Whether every database takes it: NaN and Infinity are Python's own, and PostgreSQL keeps no NUL."""
    try:
        return "\\u0000" not in json.dumps(value, allow_nan=False)
    except ValueError:
        return False
