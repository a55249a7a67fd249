"""Drafts a line, reviews a line: the form in which the coach is asked by anybody who has a file of drafts."""

from collections.abc import Iterable

import msgspec

from sonnim.coach.context import Line
from sonnim.coach.marks import Review
from sonnim.coach.review import judge

MAX_TURNS = 1_000
_LINES = msgspec.json.Decoder(Line)


class Unread(msgspec.Struct, frozen=True):
    """What is answered to a line that makes no sense."""

    error: str


def answer(line: str) -> Review | Unread:
    """The review of one line; it never raises, whatever the line is."""
    try:
        asked = _LINES.decode(line)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError) as error:
        return Unread(str(error))
    if len(asked.turns) > MAX_TURNS:
        return Unread(f"The conversation has {len(asked.turns)} turns; {MAX_TURNS} is the limit.")
    return judge(asked.draft, asked)


def answers(lines: Iterable[str]) -> list[bytes]:
    """The reviews of many lines as JSON, in their order."""
    return [msgspec.json.encode(answer(line)) for line in lines]
