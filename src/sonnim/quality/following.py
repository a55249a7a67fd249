"""Looks on while conversations are settled, and has them scored after the commit."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.utils import CursorWrapper

from sonnim.conversations.state import State
from sonnim.eventlog.log import Unit
from sonnim.quality.actions.foreseeing import forget_predictions
from sonnim.quality.errands import have_scored

_ANSWERED = "conversation.solved"
_TELLING = frozenset({"conversation.resolved", _ANSWERED})


class Follower:
    """Looks on at one shop's changes within one transaction; asks the database only where a shopper has answered."""

    def __init__(self, shop_id: int) -> None:
        self._shop = shop_id
        self._settled: dict[int, None] = {}
        self._answered: dict[int, None] = {}

    def turn(self, about: State, type: str, entries: Sequence[tuple[Any, ...]], at: int) -> None:
        """Note what is settled, or what its shopper says of it."""
        if type in _TELLING and about.status == "resolved":
            self._settled[about.id] = None
        if type == _ANSWERED:
            self._answered[about.id] = None

    def end(self, work: Unit) -> None:
        """Have them scored; what was predicted of those who spoke is gone with this very transaction."""
        if self._answered:
            forget_predictions(shop_id=self._shop, conversation_ids=self._answered)
        have_scored(work, self._shop, list(self._settled))


def attend(_cursor: CursorWrapper, shop_id: int) -> Follower:
    """The follower of a shop's settled conversations."""
    return Follower(shop_id)
