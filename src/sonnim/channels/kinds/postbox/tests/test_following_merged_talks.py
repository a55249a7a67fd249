"""What was said in a talk that goes on in another one follows its shopper by mail until they have seen it there."""

from datetime import timedelta

import pytest
from tests.people import People

from sonnim.channels.kinds.postbox.afar import queries
from sonnim.channels.kinds.postbox.tests.left_behind import Desk
from sonnim.channels.kinds.webchat.actions import leave_address
from sonnim.contacts.actions import create_visitor
from sonnim.conversations.actions import mark_seen, resolve_conversation
from sonnim.conversations.actions.merging import merge_conversations
from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import say
from sonnim.kernel import clock


@pytest.mark.django_db
def test_what_was_merged_is_mailed_unless_its_shopper_has_looked_at_where_it_goes_on(
    people: People,
) -> None:
    guest, _ = create_visitor(shop_id=people.shop.pk, locale="ko")
    leave_address(contact=guest, changes={"email": "jiwoo@people.test", "name": "Jiwoo"})
    desk, shop = Desk(people, guest), people.shop.pk
    desk.answer("먼저 한 답변")
    resolve_conversation(shop_id=shop, conversation_id=desk.conversation, by=desk.people.agent.pk)
    with clock.moved(timedelta(days=30)):
        later = say(desk.guest, "다른 질문이에요", locale="ko").conversation
    assert later != desk.conversation
    merge_conversations(shop_id=shop, conversation_id=desk.conversation, into_id=later, by=desk.people.agent.pk)
    merged = Conversation.objects.get(pk=desk.conversation)
    assert [each.text for each in queries.answers_after(merged, after=0)] == ["먼저 한 답변"]
    answer = say(desk.people.agent, "나중에 한 답변", conversation_id=later)
    mark_seen(shop_id=shop, conversation_id=later, seq=answer.seq, contact_id=desk.guest.pk)
    merged = Conversation.objects.get(pk=desk.conversation)
    assert queries.answers_after(merged, after=0) == []
