"""Cards for links in messages: only for the store's own pages, fetched by us, as text.

What a stranger links to is nobody's errand of ours: neither the shopper's browser nor this server goes there by itself.
"""

import hashlib
from html.parser import HTMLParser
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.cache import cache

from sonnim.accounts.models import Shop
from sonnim.accounts.queries import shop_by_id
from sonnim.contacts.models import Contact
from sonnim.conversations.models import Entry
from sonnim.kernel import http

KEEP_S, KEEP_FAILURE_S = 3600, 300
TIMEOUT_S = 3.0
MAX_PAGE = 256 * 1024
LONGEST = {"title": 120, "description": 200}
_NAMES = {"og:title": "title", "og:description": "description", "description": "description"}


def card_of(*, contact: Contact, entry_id: int) -> dict[str, str] | None:
    """The card of the first link of a message that this shopper may read, if it leads to the store itself."""
    entry = Entry.objects.filter(
        pk=entry_id, conversation__contact=contact, public=True, kind="message", hidden=""
    ).first()
    if entry is None:
        return None
    own = _own_origins(shop_by_id(contact.shop_id))
    url = first_link(entry.text, own)
    return _card(url, contact.locale, own) if url else None


def _own_origins(shop: Shop) -> set[str]:
    # The demo store stands on the desk itself.
    return {*shop.allowed_origins, settings.PUBLIC_URL} if shop.is_demo else set(shop.allowed_origins)


def first_link(text: str, origins: set[str]) -> str | None:
    """The first address in a text that is a page of one of these origins."""
    for word in text.split():
        start = word.find("http")
        candidate = word[start:].rstrip(".,;:!?)]}'\"") if start >= 0 else ""
        try:
            parts = urlsplit(candidate)
        except ValueError:
            continue
        if _origin(parts) in origins and len(candidate) <= http.MAX_URL:
            return candidate
    return None


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}".lower()


def _card(url: str, locale: str, own: set[str]) -> dict[str, str] | None:
    key = f"card:{locale}:{hashlib.sha256(url.encode()).hexdigest()}"
    kept: dict[str, str] | None = cache.get(key)
    if kept is None:
        # Whoever asks meanwhile is told that there is none, instead of asking the store too.
        if not cache.add(key, {}, timeout=KEEP_FAILURE_S):
            return None
        kept = _fetched(url, locale, own)
        cache.set(key, kept, timeout=KEEP_S if kept else KEEP_FAILURE_S)
    return {"url": url, "description": "", **kept} if kept else None


def _fetched(url: str, locale: str, own: set[str]) -> dict[str, str]:
    headers = {"Accept": "text/html", "Accept-Language": locale}
    try:
        answer = http.fetch(
            url, timeout_s=TIMEOUT_S, max_bytes=MAX_PAGE, cut=True, headers=headers, trusted=_trusted(own)
        )
    except (http.Refused, http.Unreachable):
        return {}
    if _origin(urlsplit(answer.url)) not in own:
        return {}  # the store sent us elsewhere, and that page says nothing of the store
    if answer.status != 200 or not answer.headers.get("content-type", "").startswith("text/html"):
        return {}
    return read_page(answer.body)


def _trusted(own: set[str]) -> set[str]:
    """What the operator trusts; and the desk itself where the demo store is asked for."""
    parts = urlsplit(settings.PUBLIC_URL)
    itself = {f"{parts.hostname}:{parts.port or http.PORTS[parts.scheme]}"} if settings.PUBLIC_URL in own else set()
    return {*settings.OUTGOING_TRUSTED, *itself}


def read_page(page: bytes) -> dict[str, str]:
    """Title and description of a page, as plain text; empty when it has no title."""
    reader = _Head()
    reader.feed(page.decode("utf-8", errors="replace"))
    found = {"title": reader.title.strip(), **reader.found}
    card = {name: _shortened(found.get(name, ""), limit) for name, limit in LONGEST.items()}
    return card if card["title"] else {}


def _shortened(text: str, limit: int) -> str:
    line = " ".join(text.replace("\x00", "").split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


class _Head(HTMLParser):
    """Reads what a page says of itself; nothing of its body."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.found: dict[str, str] = {}
        self._inside = False
        self._over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._over = self._over or tag == "body"
        self._inside = tag == "title" and not self._over
        if tag == "meta" and not self._over:
            values: dict[str, Any] = dict(attrs)
            name = _NAMES.get(values.get("property") or values.get("name") or "")
            if name and values.get("content"):
                self.found.setdefault(name, values["content"])

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and len(self.title) < 500:
            self.title += data
