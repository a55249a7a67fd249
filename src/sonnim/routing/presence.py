"""Whose line is open: a question whose answer the live side provides (see config/wiring)."""

from collections.abc import Callable, Mapping

Source = Callable[[int], Mapping[int, str]]
_source: Source | None = None


def provide(source: Source) -> None:
    """Have `lines` ask `source`: shop id → agent id → online, or away where nobody sits before it."""
    global _source
    _source = source


def lines(shop_id: int) -> Mapping[int, str]:
    """The agents whose line is open, over all nodes; nobody, in a process that serves no sockets."""
    return _source(shop_id) if _source is not None else {}
