"""What a channel lets the desk do beyond answering: said by that channel itself when it is installed."""

from collections.abc import Callable

from sonnim.kernel.errors import Conflict

_offered: list[str] = []
_carried: set[str] = set()
_calling_back: set[str] = set()
_following: list[Callable[[int], bool]] = []


def offer(kind: str) -> None:
    """Let the desk begin conversations on this channel, with contacts who have none yet."""
    if kind not in _offered:
        _offered.append(kind)


def channel_to_begin_on(wanted: str = "") -> str:
    """The channel for a conversation that the desk begins: the wanted one, else the first that lets it.

    Raises:
        Conflict: no channel lets the desk write first, or not this one.
    """
    if not _offered or (wanted and wanted not in _offered):
        raise Conflict("This channel does not let you write first; wait for the shopper's message.")
    return wanted or _offered[0]


def offer_carrying(kind: str) -> None:
    """Have the answers in conversations on this channel carried by it: their shoppers are not with us."""
    _carried.add(kind)


def carried() -> tuple[str, ...]:
    """The channels whose answers go through the outbox."""
    return tuple(sorted(_carried))


def is_carried(kind: str) -> bool:
    """Whether answers on this channel go through the outbox."""
    return kind in _carried


def offer_calling_back(kind: str) -> None:
    """Let the desk take back what it has just sent on this channel: the shopper's copy is ours to take away."""
    _calling_back.add(kind)


def calls_back(kind: str) -> bool:
    """Whether what was sent on this channel a moment ago can be taken back."""
    return kind in _calling_back


def offer_following(can: Callable[[int], bool]) -> None:
    """Say which shops (by id) have what a shopper of a live channel has not seen follow them to where they are."""
    if can not in _following:
        _following.append(can)


def follows(shop_id: int) -> bool:
    """Whether answers follow a shopper who has left an address."""
    return any(can(shop_id) for can in _following)
