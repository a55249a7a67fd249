"""Fills a shop with settled conversations, quickly; run as a program on a database of its own.

`python -m tests.commands.history SHOPS CONVERSATIONS`
"""

import sys
from itertools import count

REPLIES = (
    "안녕하세요, 손님. 네, 흰색 머그컵은 재고가 있어서 오늘 주문하시면 바로 보내드릴게요.",
    "네",
    "홈페이지에서 직접 찾아보세요.",
    "Hello! Yes, it is in stock, and it ships today. May I help you with anything else?",
    "您好！有货的，今天下单今天就能发出，请您放心。",
)


def fill(shop_id: int, agent_ids: list[int], conversations: int) -> list[int]:
    """Conversations with two questions and two replies each, settled a minute apart until now; answers their ids."""
    from sonnim.contacts.models import Contact
    from sonnim.conversations.models import Conversation, Entry
    from sonnim.conversations.rules import NEWEST_FIRST
    from sonnim.kernel import clock

    contact = Contact.objects.create(shop_id=shop_id, name="김손님", locale="ko")
    now = clock.now_ms()
    made = Conversation.objects.bulk_create(
        Conversation(
            shop_id=shop_id, contact=contact, channel="webchat", status="resolved", last_seq=5,
            last_at=clock.from_ms(now - n * 60_000), rank=NEWEST_FIRST - (now - n * 60_000),
        )
        for n in range(conversations)
    )  # fmt: skip
    said = count()
    rows = []
    for each in made:
        agent = agent_ids[each.pk % len(agent_ids)]
        talk = [
            ("contact", "안녕하세요, 흰색 머그컵 재고 있나요?"),
            ("agent", ""),
            ("contact", "배송은 언제 되나요?"),
            ("agent", ""),
        ]
        for seq, (who, text) in enumerate(talk, 1):
            rows.append(
                Entry(
                    shop_id=shop_id, conversation=each, seq=seq, kind="message", public=True, author_kind=who,
                    author_id=agent if who == "agent" else contact.pk, at=each.last_at,
                    text=text or REPLIES[next(said) % len(REPLIES)],
                )
            )  # fmt: skip
        rows.append(
            Entry(
                shop_id=shop_id, conversation=each, seq=5, kind="event", public=True, author_kind="agent",
                author_id=agent, data='{"what":"resolved"}', at=each.last_at,
            )
        )  # fmt: skip
    Entry.objects.bulk_create(rows, batch_size=500)
    return [each.pk for each in made]


def main(shops: int, conversations: int) -> None:
    import django

    django.setup()
    from sonnim.accounts.actions import create_shop

    for n in range(shops):
        made = create_shop(
            name=f"Shop {n}", locale="ko", owner_email=f"owner{n}@people.test", owner_name="Owner",
            owner_password="celadon bows meet twice", timezone="Asia/Seoul",
        )  # fmt: skip
        fill(made.shop.pk, [made.owner.pk], conversations)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
