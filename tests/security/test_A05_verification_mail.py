"""A05: what a third party mails to a reply address of ours is not shown to the shopper of that conversation.

The trick: sign up elsewhere under the address that answers come to, and read the code in the chat.
"""

import uuid

import pytest

from sonnim.channels.kinds.postbox import tokens
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.contacts import actions as contacts
from sonnim.contacts.models import Contact
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.eventlog.models import Event
from tests.people import People
from tests.postbag import ADDRESS, Postbag, flags_of, written

THEIRS = "feedback@saas.example"
CODE = "Your code is 471129"


@pytest.fixture
def postbag(people: People) -> Postbag:
    return Postbag(people)


@pytest.fixture
def visitor(postbag: Postbag) -> Contact:
    return contacts.create_visitor(shop_id=postbag.shop, locale="en")[0]


@pytest.fixture
def chat(postbag: Postbag, visitor: Contact) -> int:
    """A chat whose shopper has left, and whose answers follow them by mail."""
    return ensure_posted(
        Post(postbag.shop, "contact", visitor.pk, str(uuid.uuid4()), "hi", channel="webchat")
    ).conversation


def followed_by_mail(postbag: Postbag, chat: int, to: str) -> str:
    """A mail that followed the shopper; answers its Message-ID."""
    entry = Entry.objects.filter(conversation=chat).latest("id")
    ours = tokens.message_id(ADDRESS, shop_id=postbag.shop, conversation_id=chat, entry_id=entry.pk)
    Letter.objects.create(
        shop_id=postbag.shop, conversation_id=chat, entry_id=entry.pk, message_id=ours, recipient=to, out=True
    )
    return ours


def shown_to_shopper(chat: int) -> str:
    told = Event.objects.filter(conversation_id=chat, contact_id__isnull=False).values_list("public", flat=True)
    return "".join([*told, *Entry.objects.filter(conversation=chat, public=True).values_list("text", flat=True)])


def test_a_code_sent_to_the_reply_address_is_for_the_desk_alone(postbag: Postbag, visitor: Contact, chat: int) -> None:
    to = postbag.reply_address(chat, visitor.pk)
    entry = postbag.file(written(CODE, sender=THEIRS, to=to, subject="Verify your address"))
    assert CODE not in shown_to_shopper(chat)
    assert "unverified" in flags_of(entry) or entry.conversation_id != chat


@pytest.mark.parametrize("mailed", [False, True], ids=["typed only", "typed, and mailed to"])
def test_naming_the_third_partys_address_as_ones_own_changes_nothing(
    postbag: Postbag, visitor: Contact, chat: int, mailed: bool
) -> None:
    contacts.update_contact(shop_id=postbag.shop, contact_id=visitor.pk, changes={"email": THEIRS})
    if mailed:
        followed_by_mail(postbag, chat, THEIRS)
    postbag.file(written(CODE, sender=THEIRS, to=postbag.reply_address(chat, visitor.pk), subject=""))
    assert CODE not in shown_to_shopper(chat)


def test_a_code_that_a_machine_sends_in_answer_to_a_mail_of_ours_is_not_shown(
    postbag: Postbag, visitor: Contact, chat: int
) -> None:
    ours = followed_by_mail(postbag, chat, THEIRS)
    head = "Auto-Submitted: auto-replied"
    postbag.file(written(CODE, sender=THEIRS, refers_to=ours, subject="Your code", head=head))
    assert CODE not in shown_to_shopper(chat)


def test_on_the_channel_of_mail_nothing_is_shown_to_a_visitor_at_all(postbag: Postbag) -> None:
    first = postbag.first()
    to = postbag.reply_address(first.conversation_id, first.author_id or 0)
    postbag.file(written(CODE, sender=THEIRS, to=to, subject=""))
    assert Event.objects.filter(conversation_id=first.conversation_id, contact_id__isnull=False).count() == 0
