"""Every channel there is: one line each. What a channel has in its folder is found by the name of the module."""

from importlib.util import find_spec

from sonnim.channels import kinds
from sonnim.channels.base import Channel
from sonnim.channels.kinds import webchat

CHANNELS: dict[str, Channel] = {
    channel.kind: channel
    for channel in (
        webchat.CHANNEL,
    )
}  # fmt: skip
LIVE = next(channel for channel in CHANNELS.values() if channel.live)
"""The channel whose shoppers hold a line to the gateway itself."""


def modules(name: str) -> list[str]:
    """Dotted names of the modules called `name` (apps, api, urls) in the channels' folders."""
    wanted = (f"{kinds.__name__}.{kind}.{name}" for kind in CHANNELS)
    return [module for module in wanted if find_spec(module) is not None]
