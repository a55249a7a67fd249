"""Which page of the store a shopper is on: a question whose answer the live side provides (see config/wiring)."""

from collections.abc import Callable

Source = Callable[[int, int], str | None]
_source: Source | None = None


def provide(source: Source) -> None:
    """Have `page_of` ask `source`: shop id, contact id → the address of the page."""
    global _source
    _source = source


def page_of(shop_id: int, contact_id: int) -> str | None:
    """The page that a shopper looks at; None if nobody knows, as in a process that serves no sockets."""
    return _source(shop_id, contact_id) if _source is not None else None
