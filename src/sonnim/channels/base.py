"""What a channel is to the rest of the desk: a description that screens and rules ask, never a name they test for."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which shoppers and the desk reach each other.

    Attributes:
        kind: the stable key that conversations carry.
        names: locale → what people call it.
        icon: name of an icon of the console's icon set.
        max_text: characters in one message.
        max_files: files in one message.
        typing: whether typing can be shown.
        read_receipts: whether the channel tells when the shopper has read.
        live: whether delivery is the event log itself; other channels are delivered through the outbox.
        letters: whether a message has a subject and several recipients; see conversations.envelopes.
        by_letter: whether answers go out through the channel that has `letters`, as letters of that one.
        rich: "basic" when its readers see rich text as it was written; "none" when they read its plain form.
    """

    kind: str
    names: dict[str, str]
    icon: str
    max_text: int
    max_files: int
    typing: bool
    read_receipts: bool
    live: bool
    rich: Literal["none", "basic"] = "none"
    letters: bool = False
    by_letter: bool = False
