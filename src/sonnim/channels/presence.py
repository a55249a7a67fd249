"""Who of the desk is online: a question whose answer the live side provides (see config/wiring)."""

from collections.abc import Callable

Source = Callable[[int], set[int]]
_source: Source | None = None


def provide(source: Source) -> None:
    """Have `agents_online` ask `source`: shop id → ids of the agents online."""
    global _source
    _source = source


def agents_online(shop_id: int) -> set[int]:
    """The agents online in a shop; nobody, in a process that serves no sockets."""
    return _source(shop_id) if _source is not None else set()
