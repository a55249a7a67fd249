"""A settled conversation as it is scored: what was said, by whom, and how it ended. Made of lines; pure."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from sonnim.coach.context import Turn

MOST_TURNS = 30
LONGEST_TURN = 4_000
"""As many as the coach looks back at while somebody writes."""


class Row(NamedTuple):
    """A line of the timeline: a message that the shopper sees, or an event."""

    id: int
    seq: int
    kind: str
    author_kind: str
    author_id: int | None
    text: str
    data: str
    at: int
    edited_at: int | None = None


class Reply(msgspec.Struct, frozen=True):
    """What an agent wrote; `turns` is how much had been said before it, `resolving` whether it was
    the last word."""

    entry_id: int
    seq: int
    agent_id: int
    text: str
    turns: int
    at: int
    resolving: bool = False
    edited_at: int | None = None


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """All that a score looks at.

    Attributes:
        seq: the line that it is scored up to; what comes after it bears on nothing here.
        last_seq: the conversation's last line when it was read.
        ended: agent → clocks kept, clocks late.
        reopened: agent → how often it came back after them, and somebody had to answer again.
        langs: agent → the language of their console, in which a word such as "ok" is read.
    """

    id: int
    shop_id: int
    seq: int
    last_seq: int
    resolved_at: int
    channel: str
    turns: list[Turn]
    replies: list[Reply]
    solved: bool | None = None
    reopened: dict[int, int] = {}
    ended: dict[int, tuple[int, int]] = {}
    names: list[str] = []
    speaks: list[str] = []
    langs: dict[int, str] = {}

    def before(self, reply: Reply) -> list[Turn]:
        """What had been said last when this was written."""
        return self.turns[max(0, reply.turns - MOST_TURNS) : reply.turns]


class Read(NamedTuple):
    """What the lines of a timeline say."""

    seq: int
    resolved_at: int | None
    turns: list[Turn]
    replies: list[Reply]
    solved: bool | None
    reopened: dict[int, int]


def read(rows: Iterable[Row]) -> Read:
    """Read a timeline, its lines in order, up to now.

    That a shopper writes again after the end counts only where somebody had to answer: "thank you" reopens too.
    """
    turns: list[Turn] = []
    replies: list[Reply] = []
    seq, resolved_at, solved = 0, None, None
    came_back = said_no = False
    reopened: dict[int, int] = {}
    answering: dict[int, int] = {}
    last_word = False
    for row in rows:
        if row.kind == "message":
            if not row.text.strip():
                continue
            if row.author_kind == "agent" and row.author_id is not None:
                replies.append(
                    Reply(row.id, row.seq, row.author_id, row.text, len(turns), row.at, edited_at=row.edited_at)
                )
                turns.append(Turn("agent", row.text[:LONGEST_TURN]))
                if came_back:
                    reopened, came_back = _added(reopened, answering), False
                last_word = True
            elif row.author_kind == "contact":
                turns.append(Turn("customer", row.text[:LONGEST_TURN]))
                last_word = False
            else:
                continue
        else:
            told = _told(row.data)
            what = told.get("what")
            if what == "resolved":
                resolved_at, solved, came_back = row.at, None, False
                if last_word:
                    replies[-1] = msgspec.structs.replace(replies[-1], resolving=True)
            elif what == "solved":
                solved = bool(told.get("solved"))
                if not solved:
                    # Whoever says no has come back with it, answered or not; the next line reopens it.
                    reopened = _added(reopened, dict.fromkeys((each.agent_id for each in replies), 1))
                    said_no = True
            elif what == "reopened":
                if said_no:
                    said_no = False
                elif told.get("by") == "contact":
                    came_back = True
                    answering = dict.fromkeys((each.agent_id for each in replies), 1)
            else:
                continue
        seq = row.seq
    return Read(seq, resolved_at, turns, replies, solved, reopened)


def _added(one: Mapping[int, int], other: Mapping[int, int]) -> dict[int, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in one.keys() | other.keys()}


def _told(data: str) -> dict[str, Any]:
    found = msgspec.json.decode(data)
    return found if isinstance(found, dict) else {}
