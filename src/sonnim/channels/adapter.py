"""What a channel whose provider is elsewhere has to do: carry answers out, and read what came in.

A channel has these in its folder's module `adapter`:

    def carry(outgoing: Outgoing) -> Carried
    def receive(arrived: Arrived) -> Filed | Ignored
    def erase(entry_ids: Sequence[int]) -> None    what it keeps of messages whose wording is erased

One that brings much at once may have `begin(arrived: Arrived) -> Begun` too: `receive` in two steps, see `Begun`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sonnim.conversations.actions.delivering import Outgoing


class NotSent(Exception):
    """The provider has certainly not taken a message.

    Args:
        note: why, in the provider's own words; agents read it.
        permanent: trying again would fail the same way.
    """

    def __init__(self, note: str, *, permanent: bool) -> None:
        super().__init__(note)
        self.note, self.permanent = note, permanent


class Unsure(Exception):
    """The provider fell silent after it was given a message: it may have taken it."""


class Quarantine(Exception):
    """What arrived cannot be read, or must not be believed: a person has to look at it."""


class Later(Exception):
    """Nobody can say yet where it belongs, such as word of a message whose name is not written down yet: it is read
    again for some minutes, and then forgotten.
    """


@dataclass(frozen=True, slots=True)
class Carried:
    """A message is with the provider.

    Attributes:
        state: how far it has certainly come: sent, or already delivered.
    """

    state: str = "sent"


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something that a channel brought. Receiving it again must do nothing more: `id` stays the same."""

    id: int
    shop_id: int
    kind: str
    source_id: int
    key: str
    raw: bytes
    attempt: int
    meta: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filed:
    """It is in a timeline."""

    conversation_id: int
    entry_id: int | None


@dataclass(frozen=True, slots=True)
class Ignored:
    """It was read, and is nothing for a timeline, such as a delivery report."""

    reason: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What arrived has been read, which may have taken long.

    Attributes:
        finish: puts it where it belongs, quickly: with writes to the database alone, so that it can be undone with
            others in one transaction, and be done again. Raises: as `receive`.
        alone: it must not be undone with others; what it writes is to stay even when it raises.
    """

    finish: Callable[[], Filed | Ignored]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Glance:
    """What the beginning of something raw says of itself; none of it is proven.

    A channel answers it in its folder's module `glance`: `glance(head: bytes) -> Glance`, and
    `source_names(shop_id: int) -> dict[int, str]`, what its own accounts are called.

    Attributes:
        sender: a name, an address, or both.
        about: its subject.
    """

    sender: str = ""
    about: str = ""


class Adapter(Protocol):
    """A channel's module `adapter`."""

    def carry(self, outgoing: Outgoing) -> Carried:
        """Give a message to the provider, within a minute or what it says by `outbox.extend_lease`.

        Raises:
            NotSent, Unsure: anything else is taken for Unsure.
        """

    def receive(self, arrived: Arrived) -> Filed | Ignored:
        """Put what arrived where it belongs. Raises: Quarantine, Later; anything else is tried again some times."""

    def erase(self, entry_ids: Sequence[int]) -> None:
        """Forget what the channel itself keeps of these messages: their wording is erased."""
