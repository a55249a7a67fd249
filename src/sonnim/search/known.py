"""What this process knows to be in the database for good, so that it is not written again with every message."""

import threading
from collections.abc import Iterable
from typing import Any

from django.db import transaction

MAX = 200_000
_known: set[Any] = set()
_lock = threading.Lock()


def unknown(things: Iterable[Any]) -> list[Any]:
    """Those of these that must be written, because nobody here has seen them committed."""
    return [thing for thing in things if thing not in _known]


def remember(things: Iterable[Any]) -> None:
    """Know these as soon as the transaction that writes them is on the disk."""
    written = list(things)
    transaction.on_commit(lambda: _add(written))


def forget(things: Iterable[Any]) -> None:
    """Have these written again when they come."""
    with _lock:
        _known.difference_update(things)


def _add(things: list[Any]) -> None:
    with _lock:
        if len(_known) + len(things) > MAX:
            _known.clear()
        _known.update(things)
