"""Pictures that never come hold up nobody but themselves."""

from contextlib import ExitStack

import pytest
from tests.people import People

from sonnim.channels.kinds.postbox import reading
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.contacts.actions import create_visitor
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.kernel.errors import Throttled

pytestmark = pytest.mark.django_db


def test_no_more_than_three_are_fetched_at_a_time(people: People) -> None:
    shop = people.shop
    contact, _ = create_visitor(shop_id=shop.pk, locale="ko")
    ack = ensure_posted(
        Post(shop.pk, "agent", people.agent.pk, "5b0f2f5e-6c0e-4d0e-9d0e-0123456789ab", "안녕하세요", channel="postbox",
             contact_id=contact.pk)
    )  # fmt: skip
    html = '<img src="https://pictures.example/slow.png">'
    Letter.objects.create(
        shop=shop, conversation_id=ack.conversation, entry_id=ack.id, message_id="<slow@example>", html=html
    )
    with ExitStack() as busy:
        for _ in range(3):
            busy.enter_context(reading._fetching)
        with pytest.raises(Throttled):
            reading.picture(shop_id=shop.pk, conversation_id=ack.conversation, seq=ack.seq, number=0)
