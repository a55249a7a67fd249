"""When an agent is told of what: pure functions over preferences, the clock, and who is at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Literal

LISTED = (
    "mention", "late", "missed", "question", "answered", "overdue", "promise", "due", "rule", "assigned", "followed",
    "quieted",
)  # fmt: skip
"""What the bell lists, the most pressing first: of several in one conversation at once only the first is told."""
PUSHED_ALONE = ("message", "new")
"""What the inbox itself shows to whoever is there, so that only a device need tell of it."""
KINDS = (*LISTED, *PUSHED_ALONE)
DEFAULTS = {
    "mention": True,
    "question": True,
    "promise": True,
    "due": True,
    "assigned": True,
    "followed": False,
    "message": True,
    "new": True,
}
_SWITCH = {"answered": "question", "overdue": "question", "late": "promise", "missed": "due", "rule": "due"}
QUIET_FROM, QUIET_UNTIL = "22:00", "08:00"
GATHER_MS = 5_000
BETWEEN_MS = 30_000
AT_DESK_MS = 120_000
STALE_MS = 24 * 3600 * 1000


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours, and whole days (Monday is 0), in which nothing makes itself heard; in the shop's time."""

    on: bool = False
    start: str = QUIET_FROM
    end: str = QUIET_UNTIL
    off_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Preferences:
    """How one agent wants to be told. The list behind the bell is always whole.

    Attributes:
        email: whether messages that wait for an agent who is away are mailed to them, to be answered from there.
    """

    sound: bool = True
    desktop: bool = True
    preview: bool = True
    email: bool = False
    kinds: Mapping[str, bool] = field(default_factory=lambda: dict(DEFAULTS))
    quiet: Quiet = field(default_factory=Quiet)


def preferences_of(kept: Mapping[str, Any]) -> Preferences:
    """Preferences as they were kept; what is missing has its default."""
    quiet = kept.get("quiet", {})
    return Preferences(
        sound=kept.get("sound", True),
        desktop=kept.get("desktop", True),
        preview=kept.get("preview", True),
        email=kept.get("email", False),
        kinds={**DEFAULTS, **kept.get("kinds", {})},
        quiet=Quiet(
            on=quiet.get("on", False),
            start=quiet.get("start", QUIET_FROM),
            end=quiet.get("end", QUIET_UNTIL),
            off_days=tuple(quiet.get("off_days", ())),
        ),
    )


def wants(preferences: Preferences, kind: str) -> bool:
    """Whether a kind of news may make itself heard at all."""
    return preferences.kinds.get(_SWITCH.get(kind, kind), False)


def is_quiet(quiet: Quiet, local: datetime) -> bool:
    """Whether a moment, in the shop's zone, lies in the quiet hours. Equal ends mean the whole day."""
    if not quiet.on:
        return False
    if local.weekday() in quiet.off_days:
        return True
    now, start, end = local.time(), time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    if start < end:
        return start <= now < end
    return now >= start or now < end


def fate(*, age_ms: int, at_desk: bool, quiet: bool, since_push_ms: int | None) -> Literal["wait", "drop", "send"]:
    """What becomes of something that waits to be pushed.

    It is gathered for some seconds, so that several make one push. Whoever is at the desk has been told there, but a
    lid that was closed counts as a desk for a while: therefore it is kept until that would have shown.

    Args:
        since_push_ms: how long ago this agent's devices were pushed to, None for never.
    """
    if age_ms < GATHER_MS:
        return "wait"
    if age_ms >= STALE_MS:
        return "drop"
    if at_desk:
        return "drop" if age_ms >= AT_DESK_MS else "wait"
    if quiet or (since_push_ms is not None and since_push_ms < BETWEEN_MS):
        return "wait"
    return "send"
