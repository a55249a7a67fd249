"""Web forms: what shoppers ask in fields, on a page of ours or within the store's; answered by letter."""

from sonnim.channels.base import Channel

CHANNEL = Channel(
    kind="webform",
    names={"ko": "웹 양식", "zh": "网页表单", "en": "Web form"},
    icon="forms",
    max_text=200_000,
    max_files=10,
    typing=False,
    read_receipts=False,
    live=False,
    rich="basic",
    by_letter=True,
)
