"""What the packs share: times that stand side by side are one, and what overlaps is said once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields, replace

from sonnim.plan.promises.detection.found import Timed, When

Reading = Callable[[re.Match[str]], When | None]
Rule = tuple[re.Pattern[str], Reading]
"""How a time is said, and what it means; None where it is none after all."""
_NAMES = [each.name for each in fields(When)]
_DAY = {"day", "weekday", "weeks", "month", "month_day"}
_HOUR = {"part", "minute", "twelve"}


def times_of(text: str, rules: Iterable[Rule], gap: re.Pattern[str]) -> list[Timed]:
    """All times in a text, in order; a day and an hour with no more than `gap` between them are one."""
    found = [
        Timed(match.start(), match.end(), when)
        for pattern, reading in rules
        for match in pattern.finditer(text)
        if (when := reading(match)) is not None
    ]
    found.sort(key=lambda each: (each.start, each.start - each.end))
    joined: list[Timed] = []
    for each in found:
        last = joined[-1] if joined else None
        if last is None:
            joined.append(each)
        elif each.start >= last.end:
            both = _both(last.when, each.when) if gap.fullmatch(text[last.end : each.start]) else None
            if both is None:
                joined.append(each)
            else:
                joined[-1] = Timed(last.start, each.end, both)
    return joined


def _said(when: When) -> set[str]:
    return {name for name in _NAMES if getattr(when, name) not in (None, False)}


def _both(first: When, second: When) -> When | None:
    """A day and an hour, in either order, or two halves of one; None where they do not go together."""
    one, two = _said(first), _said(second)
    if "soon" in one and len(one) == 1:
        return second
    if "soon" in two and len(two) == 1:
        return first
    if not (one | two) <= _DAY | _HOUR:
        return None
    if one & two:
        # "Friday 28 November": the date says it all. "this afternoon at 3": so does the hour.
        return None
    whole = replace(first, **{name: getattr(second, name) for name in two})
    return _halved(whole)


def _halved(when: When) -> When:
    """The half of the day that a part of it tells of an hour: `afternoon` and 3 is 15:00."""
    if when.minute is None or when.part is None:
        return when
    minute, late = when.minute, when.part in ("afternoon", "evening", "night", "close")
    if when.twelve and late and minute < 12 * 60:
        minute += 12 * 60
    return replace(when, minute=minute, part=None, twelve=False)
