"""The demo store gives its word, and its beginning makes no noise about those who have waited since long before."""

from datetime import timedelta

import pytest

from sonnim.conversations.clocks import read
from sonnim.conversations.models import Conversation, Entry
from sonnim.conversations.tests.shop_day import say
from sonnim.demo.actions import ensure_demo
from sonnim.kernel import clock
from sonnim.plan.clocks.actions import renew_clocks
from sonnim.plan.clocks.firing import strike_due
from sonnim.plan.models import Policy


@pytest.mark.django_db
def test_the_demo_promises_and_begins_without_a_storm() -> None:
    begin = clock.now()
    with clock.standing_at(begin):
        shop = ensure_demo().shop_id
        assert [policy.targets["first_reply"] for policy in Policy.objects.order_by("position")] == [30, 14400]
        renew_clocks(shop_id=shop)
    waiting = Conversation.objects.filter(status="open", waiting_since__isnull=False)
    assert all(read(clocks) for clocks in waiting.values_list("clocks", flat=True))
    with clock.standing_at(begin + timedelta(seconds=1)):
        strike_due()
    assert not Entry.objects.filter(kind="event", data__contains='"what":"clock"').exists()
    # Who writes from now on is promised an answer like anybody.
    chat = waiting.filter(channel__in=Policy.objects.earliest("position").fits["channels"]).latest("pk")
    with clock.standing_at(begin + timedelta(seconds=10)):
        say(chat.contact, "아직 계신가요?", conversation_id=chat.pk)
    assert Conversation.objects.get(pk=chat.pk).due_at is not None
