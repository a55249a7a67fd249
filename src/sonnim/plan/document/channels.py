"""How channels are called: a question whose answer the channels' own layer provides (see config/wiring)."""

from collections.abc import Mapping

_names: Mapping[str, Mapping[str, str]] = {}


def provide(names: Mapping[str, Mapping[str, str]]) -> None:
    """Have `channel_name` answer from these: kind → locale → name."""
    global _names
    _names = names


def channel_name(kind: str, locale: str) -> str:
    """What people call a channel; its key, where nobody has told."""
    return _names.get(kind, {}).get(locale, kind)
