"""What a change of a conversation is, in the words that rules listen to. Pure; the replay of the past asks it too."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from sonnim.automation.conditions import Was
from sonnim.conversations.state import State


class Told(msgspec.Struct):
    """What an event entry says, as far as rules ask."""

    what: str = ""
    strike: str = ""
    added: list[int] = []


class Line(NamedTuple):
    """A line of a timeline, as far as rules ask."""

    kind: str
    author_kind: str
    text: str
    data: str
    public: bool


class Happened(NamedTuple):
    """What happened: the words for it, what was written, which tags came."""

    keys: list[str]
    text: str = ""
    added: Sequence[int] = ()


_read = msgspec.json.Decoder(Told)
_SAME = {"assigned": "assigned", "tagged": "tagged", "priority": "priority"}


def now_of(about: State) -> Was:
    """What it is, to be asked afterwards."""
    return Was(about.status, about.assignee_id, about.team_id, about.priority)


def was_of(about: State) -> Was:
    """What it was when it was loaded; what has just begun was open and nobody's."""
    if about.queued is None or about.labelled is None:
        return Was()
    return Was(about.queued[0], about.queued[1], about.queued[2], about.labelled[6])


def happened(about: State, was: Was, lines: Iterable[Line], *, begun: bool) -> Happened:
    """What became of a conversation. What machines wrote, and what a third party did, sets nothing off.

    Args:
        lines: or tuples of the same values: every message comes through here.
    """
    keys = ["begun"] if begun else []
    text = ""
    added: list[int] = []
    for kind, author, words, data, public in lines:
        if kind == "message":
            if author == "agent" or (author == "contact" and public):
                keys.append("message:agent" if author == "agent" else "message:contact")
                text = words
        elif kind == "note":
            keys.append("note")
            text = words
        else:
            told = _read.decode(data)
            if told.what == "clock":
                keys.append(f"clock:{told.strike}")
            elif told.what in _SAME:
                keys.append(_SAME[told.what])
                added += told.added
    if about.status != was.status:
        keys.append("status")
    return Happened(keys, text, added)
