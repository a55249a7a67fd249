"""When people who are not here are written to, and where a mail may lead: pure functions."""

from collections.abc import Collection
from typing import Literal
from urllib.parse import urlsplit

AWAY_MS = 2 * 60 * 1000
BETWEEN_MS = 15 * 60 * 1000
AGAIN_MS = 60 * 1000
STALE_MS = 24 * 3600 * 1000
MAX_LINK = 500


def due(*, since: int, mailed_at: int | None) -> int:
    """When what has not been seen since a moment is mailed: all of it together, and no mail too soon after another."""
    return max(since + AWAY_MS, 0 if mailed_at is None else mailed_at + BETWEEN_MS)


def desk_fate(*, age_ms: int, at_desk: bool, quiet: bool) -> Literal["wait", "drop", "send"]:
    """What becomes of a mail to an agent. Whoever is at the desk has been told there; quiet hours only put it off."""
    if at_desk or age_ms >= STALE_MS:
        return "drop"
    return "wait" if quiet else "send"


def page_to_return_to(page: str, *, origins: Collection[str]) -> str:
    """The page on which the shopper talked, if it is one of the store's own: the address is a visitor's word.

    Args:
        origins: `https://shop.example`, in lower case.
    """
    try:
        parts = urlsplit(page)
        known = f"{parts.scheme}://{parts.netloc}".lower() in origins
    except ValueError:
        return ""
    plain = page.isascii() and page.isprintable() and " " not in page and len(page) <= MAX_LINK
    return parts._replace(fragment="").geturl() if known and plain else ""
