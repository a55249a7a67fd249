"""The one place where time is read, so that tests can move it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_offset = timedelta()
_still: datetime | None = None
_EXACT_AS_FLOAT_MS = 2**42  # until 2109 a float of seconds is off by less than half a microsecond


def now() -> datetime:
    """The present as an aware UTC datetime, cut to milliseconds (what the database keeps)."""
    if _still is not None:
        return _still
    moment = datetime.now(UTC) + _offset
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def now_ms() -> int:
    """The present in milliseconds since 1970-01-01 UTC."""
    if _still is not None:
        return to_ms(_still)
    return int(time.time() * 1000) + int(_offset.total_seconds() * 1000)


def monotonic() -> float:
    """Seconds of a clock that never goes back; for waits and ages inside one process."""
    return time.monotonic()


def to_ms(moment: datetime) -> int:
    """An aware datetime as milliseconds since 1970-01-01 UTC."""
    return round(moment.timestamp() * 1000)


@lru_cache(maxsize=4096)
def from_ms(ms: int) -> datetime:
    """Milliseconds since 1970-01-01 UTC as an aware datetime."""
    if 0 <= ms < _EXACT_AS_FLOAT_MS:
        return datetime.fromtimestamp(ms / 1000, UTC)  # a list of 50 makes 200 of these
    return datetime.fromtimestamp(ms // 1000, UTC).replace(microsecond=ms % 1000 * 1000)


@contextmanager
def moved(by: timedelta) -> Iterator[None]:
    """Shift what `now` and `now_ms` answer, as when an operator corrects the machine's clock."""
    global _offset
    _offset += by
    try:
        yield
    finally:
        _offset -= by


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Let `now` and `now_ms` answer this moment until the end, for what is told as if it happened then."""
    global _still
    before, _still = _still, moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    try:
        yield
    finally:
        _still = before
