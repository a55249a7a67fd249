"""Who sits at the desk. The live side knows, and is above this domain; config/wiring hands it down."""

from collections.abc import Callable

Source = Callable[[int], set[int]]
_source: Source | None = None


def provide(source: Source) -> None:
    """Have `at_desk` ask `source`: shop id → ids of the agents who look at the console."""
    global _source
    _source = source


def at_desk(shop_id: int) -> set[int]:
    """The agents who look at the console now; nobody, in a process that serves no sockets."""
    return _source(shop_id) if _source is not None else set()
