"""Pieces of a text, by code points."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """From `start` up to, not including, `end`."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


def overlapping(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether a piece shares a character with any of the others."""
    start, end = span
    for other, last in others:  # noqa: SIM110 - any() takes several times as long over so few
        if start < last and other < end:
            return True
    return False


def blanked(text: str, spans: Iterable[Span]) -> str:
    """A text with some of its pieces replaced by spaces, so that nothing else moves."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def trimmed(text: str, start: int, end: int) -> Span:
    """A piece without the white space around it."""
    piece = text[start:end]
    if piece and not (piece[0].isspace() or piece[-1].isspace()):
        return Span(start, end)
    return Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))
