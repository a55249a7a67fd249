"""What a channel may have in its module `sample`: things to look at while nobody is connected. See the demo."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from sonnim.accounts.callers import Actor


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that a shopper is made to send.

    Attributes:
        conversation_id: the one that it goes on with; None for the first.
        page: of the store, where they write from one.
        content: what only the channel understands.
        files: names and contents of what is enclosed.
    """

    shop_id: int
    name: str
    address: str
    locale: str
    text: str
    conversation_id: int | None = None
    page: dict[str, str] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()


class Sample(Protocol):
    """A channel's module `sample`. Nothing of what it makes fetches or sends anything."""

    def furnish(self, *, actor: Actor, content: dict[str, Any]) -> None:
        """Set up the accounts of the channel that arrivals come to."""

    def arrive(self, *, arrival: Arrival) -> int:
        """Put it where it belongs, as if it had come; answers its conversation."""


class LetterSample(Sample, Protocol):
    """That of the channel which carries letters."""

    def go_out(self, *, shop_id: int, entry_id: int, refused: str) -> None:
        """Let an answer have been delivered; or returned, with these words of a mail server."""
