"""Fills the demo shop with a conversation of thousands of lines: `python -m tests.e2e.long_talk 5000`."""

import json
import os
import sys
import uuid

import django

BATCH, DAYS = 400, 40
LINES = (
    "안녕하세요, 주문한 청자 그릇은 언제 도착하나요?",
    "您好，我想问一下这款茶杯还有货吗？最近一直在等补货的消息，如果有的话请告诉我一声。",
    "It left our kiln on Tuesday and should be with you by Friday.\nThe parcel number is 4711-0815.",
    "네.",
    "Thank you! " + "The glaze is even lovelier than in the pictures. " * 6,
    "https://ongi.example/store/products/celadon-bowl/ — this one?",
)
RICH = [
    {"type": "paragraph", "content": [{"type": "text", "text": "Two things", "bold": True}]},
    {"type": "bullets", "items": [[{"type": "text", "text": "one bowl"}], [{"type": "text", "text": "one lid"}]]},
]


def main(count: int) -> None:
    """Prints the conversation's id."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sonnim.config.settings")
    django.setup()
    from sonnim.accounts.models import Agent
    from sonnim.contacts.actions import create_visitor
    from sonnim.conversations.posting import Post, ensure_posted, post_batch
    from sonnim.kernel import clock

    agent = Agent.objects.filter(removed_at=None).order_by("pk")[1]
    contact, _ = create_visitor(shop_id=agent.shop_id, locale="ko")
    began, step = clock.now_ms() - DAYS * 86_400_000, DAYS * 86_400_000 // (count + 1)

    def post(number: int, conversation: int | None) -> Post:
        ours = number % 3 == 2
        sender = ("agent", agent.pk) if ours else ("contact", contact.pk)
        return Post(
            agent.shop_id, *sender, str(uuid.uuid4()), f"#{number + 1} {LINES[number % len(LINES)]}",
            kind="note" if number % 30 == 29 else "message", conversation_id=conversation, channel="webchat",
            at=began + number * step, data=json.dumps({"rich": RICH}) if ours and number % 25 == 5 else "{}",
        )  # fmt: skip

    conversation = ensure_posted(post(0, None)).conversation
    for start in range(1, count, BATCH):
        post_batch([post(number, conversation) for number in range(start, min(start + BATCH, count))])
    sys.stdout.write(str(conversation))


if __name__ == "__main__":
    main(int(sys.argv[1]))
