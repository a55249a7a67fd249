"""By which channel the desk writes first: said by that channel itself when it is installed."""

from sonnim.kernel.errors import Conflict

_offered: list[str] = []


def offer(kind: str) -> None:
    """Let the desk begin conversations on this channel, with contacts who have none yet."""
    if kind not in _offered:
        _offered.append(kind)


def channel_to_begin_on() -> str:
    """The channel for a conversation that the desk begins.

    Raises:
        Conflict: no channel lets the desk write first.
    """
    if not _offered:
        raise Conflict("No channel lets you write first; wait for the shopper's message.")
    return _offered[0]
