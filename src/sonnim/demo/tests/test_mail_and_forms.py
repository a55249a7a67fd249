"""The demo's mail and forms are there from the first minute, and reach nobody."""

import socket
from typing import Any

import pytest
from django.core import mail
from pytest_django.fixtures import Settings

from sonnim.accounts.models import Agent, Shop
from sonnim.channels.delivery import carry
from sonnim.channels.kinds.postbox.afar import queries
from sonnim.channels.kinds.postbox.models import Letter, Mailbox
from sonnim.channels.kinds.postbox.service import Supervisor
from sonnim.conversations.models import Conversation, ConversationTag, Entry, View
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.demo.actions import ensure_demo
from sonnim.demo.tests.test_creating_and_removing import own_folder
from sonnim.eventlog.models import Outbox
from sonnim.eventlog.outbox import OutboxError

pytestmark = pytest.mark.django_db
__all__ = ["own_folder"]


@pytest.fixture
def demo(own_folder: Any, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """The demo of an installation that could send mail, with every way to another machine cut."""
    settings.EMAIL_HOST = "mail.shop.test"

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something wanted to leave the machine")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return Shop.objects.get(pk=ensure_demo().shop_id)


def test_mails_with_html_and_folded_quotations_are_there(demo: Shop) -> None:
    letters = Letter.objects.filter(shop=demo, out=False)
    assert letters.exclude(html="").count() >= 5
    folded = letters.exclude(quoted="")
    assert folded.count() >= 3
    for letter in folded:
        entry = Entry.objects.get(pk=letter.entry_id or 0)
        assert letter.quoted.strip() not in entry.text
    assert set(Conversation.objects.filter(channel="postbox").values_list("locale", flat=True)) == {"ko", "zh", "en"}


def test_an_answer_came_back_and_the_others_arrived(demo: Shop) -> None:
    states = list(Entry.objects.exclude(delivery="").values_list("delivery", flat=True))
    assert sum('"failed"' in state and "5.1.1" in state for state in states) == 1
    assert sum('"delivered"' in state for state in states) >= 4
    assert all('"failed"' in state or '"delivered"' in state for state in states)


def test_forms_have_their_cards_tags_are_used_and_two_views_are_shared(demo: Shop) -> None:
    forms = Conversation.objects.filter(channel="webform")
    assert forms.count() == 3
    for form in forms:
        assert '"card"' in Entry.objects.get(conversation=form, seq=1).data
    assert ConversationTag.objects.filter(shop=demo).count() >= 12
    assert View.objects.filter(shop=demo, audience="shop").count() == 2
    assert demo.business["name"]


def test_what_waits_to_be_done_sends_nothing(demo: Shop) -> None:
    """Whatever the making of the demo left in the outbox, doing it reaches nobody."""
    assert set(Outbox.objects.values_list("kind", flat=True)) <= {
        "carry",
        "clocks.reset",
        "hours.changed",
        "quality.score",
    }
    for row in Outbox.objects.filter(kind="carry"):
        carry(row.payload)
    assert mail.outbox == []
    assert not queries.can_follow(demo.pk)
    assert queries.source_for(demo) is None


def test_an_answer_written_now_says_that_the_demo_sends_nothing(demo: Shop) -> None:
    about = Conversation.objects.filter(channel="postbox", status="open").order_by("pk").first()
    assert about is not None
    agent = Agent.objects.select_related("user").get(shop=demo, role="lead")
    ack = ensure_posted(
        Post(demo.pk, "agent", agent.pk, "00000000-0000-4000-8000-000000000001", "Hello", channel="postbox",
             conversation_id=about.pk)
    )  # fmt: skip
    with pytest.raises(OutboxError) as refused:
        carry({"shop_id": demo.pk, "entry_id": ack.id})
    assert refused.value.permanent
    entry = Entry.objects.get(pk=ack.id)
    assert '"failed"' in entry.delivery
    assert "데모" in entry.delivery


def test_nobody_reads_the_mailbox_of_the_demo(demo: Shop) -> None:
    box = Mailbox.objects.get(shop=demo)
    assert (box.state, box.way_in, box.way_out) == ("sample", "nowhere", "nowhere")
    supervisor = Supervisor()
    supervisor.look()
    box.refresh_from_db()
    assert box.lease_by == ""
