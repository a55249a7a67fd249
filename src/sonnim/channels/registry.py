"""Every channel there is: one line each."""

from sonnim.channels.base import Channel
from sonnim.channels.kinds import webchat

CHANNELS: dict[str, Channel] = {
    channel.kind: channel
    for channel in (
        webchat.CHANNEL,
    )
}  # fmt: skip
