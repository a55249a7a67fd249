"""Every channel there is: one line each. What a channel has in its folder is found by the name of the module."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

from sonnim.channels import kinds
from sonnim.channels.base import Channel
from sonnim.channels.kinds import postbox, webchat, webform

CHANNELS: dict[str, Channel] = {
    channel.kind: channel
    for channel in (
        webchat.CHANNEL,
        postbox.CHANNEL,
        webform.CHANNEL,
    )
}  # fmt: skip

if TYPE_CHECKING:
    from sonnim.channels.adapter import Adapter
    from sonnim.channels.samples import LetterSample, Sample

LIVE = next(channel for channel in CHANNELS.values() if channel.live)
"""The channel whose shoppers hold a line to the gateway itself."""
LETTERS = next(channel for channel in CHANNELS.values() if channel.letters)
"""The channel that carries letters: its own, and those of the channels that answer by letter."""
FORMS = next(channel for channel in CHANNELS.values() if channel.by_letter)
"""The channel through which shoppers write in fields."""


def modules(name: str) -> list[str]:
    """Dotted names of the modules called `name` (apps, api, urls) in the channels' folders."""
    wanted = (f"{kinds.__name__}.{kind}.{name}" for kind in CHANNELS)
    return [module for module in wanted if find_spec(module) is not None]


def duties() -> list[Any]:
    """The channels' modules `duties`: rows of the tables of config/wiring that only one channel needs."""
    return [import_module(name) for name in modules("duties")]


def adapter(kind: str) -> "Adapter":
    """What carries and receives for a channel.

    Raises:
        LookupError: there is no such channel, or none whose provider is elsewhere.
    """
    if kind not in CHANNELS or find_spec(f"{kinds.__name__}.{kind}.adapter") is None:
        raise LookupError(f"nothing carries for {kind!r}")
    return cast("Adapter", import_module(f"{kinds.__name__}.{kind}.adapter"))


def adapters() -> "list[Adapter]":
    """Those of all channels that have one."""
    return [adapter(name.rsplit(".", 2)[1]) for name in modules("adapter")]


def carrier(kind: str) -> "Adapter":
    """What carries the answers of a channel: its own adapter, or that of the channel of letters.

    Raises:
        LookupError: as `adapter`.
    """
    known = CHANNELS.get(kind)
    return adapter(LETTERS.kind if known is not None and known.by_letter else kind)


def sample(kind: str) -> "Sample":
    """What a channel has to show while nobody is connected; see samples."""
    return cast("Sample", import_module(f"{kinds.__name__}.{kind}.sample"))


def sample_letters() -> "LetterSample":
    """That of the channel which carries letters."""
    return cast("LetterSample", sample(LETTERS.kind))
