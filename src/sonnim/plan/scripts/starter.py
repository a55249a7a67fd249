"""The scripts that ship with the product: every stage, three languages, warm and short."""

from collections.abc import Collection
from functools import cache
from itertools import count
from pathlib import Path

import msgspec

from sonnim.plan.scripts.wanted import Text, Wanted

CONTENT = Path(__file__).with_name("starter.json")


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A script before it belongs to a shop: its word and its name are those of the shop's language."""

    key: str
    stage: str
    shortcut: dict[str, str]
    title: dict[str, str]
    texts: dict[str, list[str]]
    automatic: bool = False

    def wanted(self, *, locale: str, taken: Collection[str] = ()) -> Wanted:
        """The script for a shop of this language; another word where its own is taken."""
        word = self.shortcut[locale]
        free = next(each for n in count(1) if (each := word if n == 1 else f"{word}{n}") not in taken)
        return Wanted(
            shortcut=free,
            title=self.title[locale],
            texts={each: [Text(text) for text in texts] for each, texts in self.texts.items()},
            stage=self.stage,
            automatic=self.automatic,
        )


@cache
def starter_set() -> tuple[Card, ...]:
    """All of them, in the order of a conversation."""
    return msgspec.json.decode(CONTENT.read_bytes(), type=tuple[Card, ...])
