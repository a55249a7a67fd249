"""Looks on while conversations change hands, so that what was promised in them changes hands too; and is taken back."""

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db.backends.utils import CursorWrapper

from sonnim.conversations.change import ENTRY_COLUMNS
from sonnim.conversations.state import State
from sonnim.eventlog.log import Unit
from sonnim.plan.promises.actions.moving import (
    drop_unsaid,
    forget_words,
    move_promises,
    return_promises,
    split_promises,
)

_WHERE, _SEQ, _KIND, _DATA = map(list(ENTRY_COLUMNS).index, ("conversation_id", "seq", "kind", "data"))
_ASSIGNED = '"what":"assigned"'
_PROMISE = '"what":"promise"'
_RARE = frozenset(
    {"conversation.merged", "conversation.unmerged", "conversation.split", "entry.retracted", "entry.redacted"}
)
_Entries = Sequence[tuple[Any, ...]]


class Follower:
    """Looks on at one shop's changes within one transaction; asks the database only where something moved."""

    def __init__(self, shop_id: int) -> None:
        self._shop = shop_id
        self._agents: dict[int, int] = {}
        self._merged: dict[int, int] = {}
        self._apart: list[tuple[int, int]] = []
        self._carried: list[tuple[int, int, int, int]] = []
        self._unsaid: list[tuple[int, int]] = []
        self._erased: dict[int, str] = {}

    def turn(self, about: State, type: str, entries: _Entries, at: int) -> None:
        """Note who has it now. What is nobody's stays with whoever promised it."""
        if type in _RARE:
            self._note(about, type, entries)
        if about.assignee_id is not None and any(row[_KIND] == "event" and _ASSIGNED in row[_DATA] for row in entries):
            self._agents[about.id] = about.assignee_id

    def end(self, work: Unit) -> None:
        """Let the promises follow."""
        if self._agents or self._merged:
            move_promises(work=work, shop_id=self._shop, agents=self._agents, merged=self._merged)
        if self._apart:
            return_promises(work=work, shop_id=self._shop, apart=self._apart)
        if self._carried:
            split_promises(work=work, shop_id=self._shop, carried=self._carried)
        if self._unsaid:
            drop_unsaid(work=work, shop_id=self._shop, places=self._unsaid)
        if self._erased:
            forget_words(work=work, shop_id=self._shop, lines=self._erased)

    def _note(self, about: State, type: str, entries: _Entries) -> None:
        if type == "entry.retracted":
            self._unsaid += [(row[_WHERE], row[_SEQ]) for row in entries]
        elif type == "conversation.merged" and about.merged_into_id is not None:
            self._merged[about.id] = about.merged_into_id
        for row in entries:
            if row[_KIND] != "event":
                continue
            if type == "conversation.unmerged":
                self._apart.append((about.id, msgspec.json.decode(row[_DATA])["conversation_id"]))
            elif type == "conversation.split":
                told = msgspec.json.decode(row[_DATA])
                self._carried.append((about.id, told["conversation_id"], told["from_seq"], told["to_seq"]))
            elif type == "entry.redacted" and _PROMISE in row[_DATA]:
                told = msgspec.json.decode(row[_DATA])
                self._erased[told["promise_id"]] = told["done"]


def attend(_cursor: CursorWrapper, shop_id: int) -> Follower:
    """The follower of a shop's promises."""
    return Follower(shop_id)
