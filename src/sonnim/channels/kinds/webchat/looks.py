"""The look of a shop's chat: the saved one, or one that its owner is trying on."""

from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import Http404

from sonnim.accounts.models import Shop
from sonnim.channels.kinds.webchat.appearance import Appearance, appearance_of

SALT = "widget-preview"
PREVIEW_S = 600


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a shop's chat that can be seen from outside."""

    name: str
    locale: str
    color: str
    appearance: Appearance
    tried: str = ""
    greeting: dict[str, list[str]] | None = None
    """What the chat would say by itself, where that is tried on; else it is what the scripts say."""

    def titled(self) -> dict[str, Any]:
        """What the chat itself must know of it."""
        look = self.appearance
        return {
            "name": self.name,
            "color": self.color,
            "theme": look.theme,
            "titles": look.titles,
            "closed": look.closed,
        }


def look_of(shop: Shop, *, tried: str = "") -> Look:
    """A shop's look.

    Args:
        tried: the key of a look that is being tried on. Without one of ours anybody could have our pages say anything.

    Raises:
        Http404: the key is none of ours, of another shop, or too old.
    """
    found: dict[str, Any] = {}
    if tried:
        try:
            found = signing.loads(tried, salt=SALT, max_age=PREVIEW_S)
        except signing.BadSignature:
            raise Http404 from None
        if found["shop"] != shop.pk:
            raise Http404
    return Look(
        name=shop.name,
        locale=shop.locale,
        color=found.get("color", shop.color),
        appearance=appearance_of(found.get("appearance", shop.appearance)),
        tried=tried,
        greeting=found.get("greeting"),
    )
