"""What somebody else, or a machine, says in a shopper's conversation is for the desk alone."""

import uuid
from typing import Any

import pytest
from tests.people import People

from sonnim.contacts import actions as contacts
from sonnim.conversations.models import Conversation, Entry
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.eventlog.models import Event


@pytest.fixture
def chat(people: People) -> int:
    """A shopper's conversation that an agent has answered; its id."""
    shopper, _ = contacts.create_visitor(shop_id=people.shop.pk, locale="ko")
    first = ensure_posted(post(people, "contact", shopper.pk, "안녕하세요", channel="webchat"))
    ensure_posted(
        post(people, "agent", people.agent.pk, "네, 무엇을 도와드릴까요?", conversation_id=first.conversation)
    )
    return first.conversation


def post(people: People, kind: str, author: int, text: str, **more: Any) -> Post:
    return Post(people.shop.pk, kind, author, str(uuid.uuid4()), text, **more)


def said_to_shopper(chat: int) -> str:
    events = Event.objects.filter(conversation_id=chat, contact_id__isnull=False)
    return "".join(events.values_list("public", flat=True))


def test_a_third_persons_words_wait_for_the_desk_and_are_not_shown_to_the_shopper(people: People, chat: int) -> None:
    other, _ = contacts.create_visitor(shop_id=people.shop.pk, locale="en")
    seen = Conversation.objects.get(pk=chat).contact_seen_seq
    ack = ensure_posted(post(people, "contact", other.pk, "Code 4711", conversation_id=chat, by_proxy=True))
    about = Conversation.objects.get(pk=chat)
    assert not Entry.objects.get(pk=ack.id).public
    assert about.waiting_since is not None
    assert about.contact_seen_seq == seen
    assert "4711" not in said_to_shopper(chat)


def test_a_machines_words_are_there_to_be_read_and_make_nobody_wait(people: People, chat: int) -> None:
    shopper = Conversation.objects.get(pk=chat).contact_id
    seen = Conversation.objects.get(pk=chat).contact_seen_seq
    ack = ensure_posted(post(people, "contact", shopper, "I am away.", conversation_id=chat, automatic=True))
    about = Conversation.objects.get(pk=chat)
    assert (about.waiting_since, about.last_by, about.contact_seen_seq) == (None, "agent", seen)
    assert not Entry.objects.get(pk=ack.id).public
    assert "away" not in said_to_shopper(chat)


def test_a_conversation_that_a_machine_begins_shows_its_words_in_the_list(people: People) -> None:
    shop, _ = contacts.create_visitor(shop_id=people.shop.pk, locale="en")
    begun = ensure_posted(post(people, "contact", shop.pk, "Your invoice", channel="webchat", automatic=True))
    about = Conversation.objects.get(pk=begun.conversation)
    assert (about.last_text, about.waiting_since) == ("Your invoice", None)
