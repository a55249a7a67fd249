"""E-mail: mailboxes of a shop, read over IMAP or from a provider's webhooks, answered over SMTP or a provider."""

from sonnim.channels.base import Channel

CHANNEL = Channel(
    kind="postbox",
    names={"ko": "이메일", "zh": "电子邮件", "en": "E-mail"},
    icon="mail",
    max_text=200_000,
    max_files=10,
    typing=False,
    read_receipts=False,
    live=False,
    rich="basic",
    letters=True,
)
