"""Which pages may hold a page of ours in a frame."""

from urllib.parse import urlsplit

from django.conf import settings


def framing_origins(allowed: list[str]) -> list[str]:
    """What the shop allows, and on a loopback desk every loopback page."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    own = ["http://localhost:*", "http://127.0.0.1:*"] if host in {"localhost", "127.0.0.1"} else []
    return [*own, *allowed]
