"""Live chat on the store's own pages."""

from sonnim.channels.base import Channel

CHANNEL = Channel(
    kind="webchat",
    names={"ko": "실시간 채팅", "zh": "在线聊天", "en": "Live chat"},
    icon="message-circle",
    max_text=20_000,
    max_files=10,
    typing=True,
    read_receipts=True,
    live=True,
    rich="basic",
)
