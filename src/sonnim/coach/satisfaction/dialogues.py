"""A conversation as a model of satisfaction reads it: who said what, and how content the customer was, if known."""

import math

import msgspec

MAX_TURNS = 1_000
MAX_TEXT = 4_000
"""Characters of a turn that are read."""
LEAST, MOST = -2.0, 2.0

_CUSTOMERS = frozenset({"customer", "contact", "shopper", "client", "user", "visitor"})


class Said(msgspec.Struct, frozen=True):
    """One turn. Whoever is not called a customer speaks for the shop."""

    sender: str
    text: str

    @property
    def by_customer(self) -> bool:
        return self.sender.lower() in _CUSTOMERS


class Dialogue(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a file of dialogues.

    Attributes:
        id: whatever the file calls it; it is only handed back.
        mean: from -2, unhappy, to 2, happy; None if nobody was asked.
    """

    id: str | int | None = None
    turns: list[Said]
    mean: float | None = msgspec.field(default=None, name="S_mean")


class Unreadable(Exception):
    """A line is no dialogue; the text says why."""


_LINES = msgspec.json.Decoder(Dialogue)


def read_dialogue(line: str) -> Dialogue:
    """The dialogue of a line.

    Raises:
        Unreadable: it is none.
    """
    try:
        found = _LINES.decode(line)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError) as error:
        raise Unreadable(str(error)) from error
    if not found.turns:
        raise Unreadable("The dialogue has no turns.")
    if len(found.turns) > MAX_TURNS:
        raise Unreadable(f"The dialogue has {len(found.turns)} turns; {MAX_TURNS} is the limit.")
    if found.mean is not None and not (math.isfinite(found.mean) and LEAST <= found.mean <= MOST):
        raise Unreadable(f"S_mean is from {LEAST:g} to {MOST:g}.")
    return found
