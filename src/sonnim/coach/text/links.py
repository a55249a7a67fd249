"""Links in a text, and whether two addresses are the same page."""

import re
from urllib.parse import parse_qsl, urlsplit

from sonnim.coach.text.spans import Span

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”‘’「」『』（）()가-힣一-鿿，。！？；：、]{2,500}"
    r"|(?<![\w@.])(?:[a-z0-9-]{2,40}\.){1,3}(?:com|net|org|shop|store|kr|cn|io|co|me|app)"
    r"(?:/[^\s<>\"'“”‘’（）()가-힣一-鿿，。！？；：、]*)?(?![\w@])",
    re.IGNORECASE,
)
_HINT = re.compile(r"\.[A-Za-z0-9]|://")
_AFTER = ".,;:!?…~)]}'\""
_NOISE = ("utm", "fbclid", "gclid", "ref", "spm", "from", "source", "tab", "section", "scroll")


def links(text: str) -> tuple[Span, ...]:
    """The addresses of pages; the full stop after one is not part of it."""
    if not _HINT.search(text):
        return ()
    found = []
    for match in _LINK.finditer(text):
        address = match.group().rstrip(_AFTER)
        found.append(Span(match.start(), match.start() + len(address)))
    return tuple(found)


def same_page(one: str, other: str) -> bool:
    """Whether two addresses lead to one page, whatever campaign, fragment, `www.` or final slash they carry."""
    key = _page(one)
    return key is not None and key == _page(other)


def _page(address: str) -> tuple[str, str, tuple[tuple[str, str], ...]] | None:
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if not host:
        return None
    query = sorted((name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith(_NOISE))
    return host, parts.path.rstrip("/").removesuffix("/index.html").lower(), tuple(query)
