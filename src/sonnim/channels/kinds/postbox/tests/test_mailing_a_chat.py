"""A chat that a shopper asked for by mail goes out as a letter beside it, with its files, after a moment to undo it."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.people import People

from sonnim.channels.kinds.postbox.mailed_chats.actions import mail_chat, send_due_chats, withdraw_chat_mail
from sonnim.channels.kinds.postbox.models import ChatMail, Mailbox
from sonnim.conversations.files import store_attachment
from sonnim.conversations.models import Attachment, Conversation, Entry, Envelope
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.conversations.tests.shop_day import client_id, say, shopper
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound, TextInvalid

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "말씀하신 상담 기록을 보내 드립니다."
ADDRESS = "jiwoo@people.test"


@pytest.fixture
def chat(people: People) -> int:
    Mailbox.objects.create(shop=people.shop, address="help@ongi.test", way_in="pipe", way_out="house")
    guest = shopper(people)
    conversation = say(guest, "영수증을 메일로 보내 주세요.", locale="ko").conversation
    upload = SimpleUploadedFile("receipt.txt", b"3,000 won")
    file = store_attachment(shop_id=people.shop.pk, owner=("agent", people.agent.pk), upload=upload)
    say(people.agent, "여기 있습니다.", conversation_id=conversation, attachments=(file.pk,))
    note = Post(
        people.shop.pk, "agent", people.agent.pk, client_id(), "단골이에요", kind="note", conversation_id=conversation
    )
    ensure_posted(note)
    return conversation


def mailed(people: People, chat: int, **more: object) -> ChatMail:
    asked = {"client_id": client_id(), "address": ADDRESS, "words": WORDS, **more}
    return mail_chat(agent=people.actor(people.agent).agent, conversation_id=chat, **asked)  # type: ignore[arg-type]


def after(seconds: float) -> int:
    with clock.moved(timedelta(seconds=seconds)):
        return send_due_chats()


def told(chat: int) -> dict[str, object]:
    events = Entry.objects.filter(conversation_id=chat, kind="event").order_by("-seq")
    return dict(msgspec.json.decode(events[0].data))


def test_it_waits_ten_seconds_and_goes_out_as_a_letter_beside_the_chat(people: People, chat: int) -> None:
    mailed(people, chat)
    assert after(8) == 0
    assert after(11) == 1
    letter = Conversation.objects.exclude(pk=chat).get()
    assert (letter.channel, letter.contact_id) == ("postbox", Conversation.objects.get(pk=chat).contact_id)
    assert letter.linked_ids == f"[{chat}]"
    said = Entry.objects.get(conversation=letter, kind="message")
    assert said.text == WORDS
    assert msgspec.json.decode(said.delivery)["state"] == "queued"
    assert [each["address"] for each in Envelope.objects.get(entry=said).data["to"]] == [ADDRESS]
    assert told(chat) == {"what": "mailed", "state": "chat", "address": ADDRESS}
    assert after(30) == 0


def test_the_transcript_and_the_files_go_along_and_notes_do_not(people: People, chat: int) -> None:
    mailed(people, chat)
    after(11)
    said = Entry.objects.exclude(conversation_id=chat).get(kind="message")
    page, receipt = Attachment.objects.filter(entry=said).order_by("id")
    with default_storage.open(page.key) as file:
        text = file.read().decode()
    assert "영수증을 메일로 보내 주세요." in text
    assert "단골" not in text
    assert page.name.startswith("상담 기록")
    with default_storage.open(receipt.key) as file:
        assert file.read() == b"3,000 won"
    assert Attachment.objects.get(entry__conversation_id=chat).key != receipt.key


def test_without_words_of_its_own_it_says_the_usual_ones_in_the_shoppers_language(people: People, chat: int) -> None:
    mailed(people, chat, words="")
    after(11)
    assert "상담 기록" in Entry.objects.exclude(conversation_id=chat).get(kind="message").text


def test_what_is_withdrawn_in_time_is_not_sent(people: People, chat: int) -> None:
    waiting = mailed(people, chat)
    with pytest.raises(NotFound):
        withdraw_chat_mail(agent=people.lead, chat_mail_id=waiting.pk)
    withdraw_chat_mail(agent=people.agent, chat_mail_id=waiting.pk)
    assert after(11) == 0
    with pytest.raises(NotFound):
        withdraw_chat_mail(agent=people.agent, chat_mail_id=waiting.pk)


def test_the_same_wish_twice_is_one_mail(people: People, chat: int) -> None:
    once = client_id()
    assert mailed(people, chat, client_id=once).pk == mailed(people, chat, client_id=once).pk
    after(11)
    with pytest.raises(Conflict):
        mailed(people, chat, client_id=once)
    assert Conversation.objects.count() == 2


def test_an_address_put_right_before_asking_again_is_where_it_goes(people: People, chat: int) -> None:
    once = client_id()
    first = mailed(people, chat, client_id=once, address="jiwo@people.test")
    again = mailed(people, chat, client_id=once)
    assert (again.pk, again.address) == (first.pk, ADDRESS)
    after(11)
    [envelope] = Envelope.objects.filter(entry__author_kind="agent").exclude(conversation_id=chat)
    assert [each["address"] for each in envelope.data["to"]] == [ADDRESS]


def test_a_file_that_is_gone_holds_nothing_up(people: People, chat: int) -> None:
    default_storage.delete(Attachment.objects.get(conversation_id=chat).key)
    mailed(people, chat)
    after(11)
    said = Entry.objects.exclude(conversation_id=chat).get(kind="message")
    assert Attachment.objects.filter(entry=said).count() == 1
    assert after(30) == 0


def test_a_chat_that_is_too_large_is_told_and_holds_no_other_up(people: People, chat: int, settings: Any) -> None:
    mailed(people, chat)
    settings.ATTACHMENT_MAX_BYTES = 10
    after(11)
    assert told(chat)["state"] == "failed"
    assert after(60) == 0


def test_what_cannot_be_mailed_is_refused_at_once(people: People, chat: int) -> None:
    with pytest.raises(Invalid):
        mailed(people, chat, address="jiwoo@people.test\r\nBcc: x@people.test")
    with pytest.raises(TextInvalid):
        mailed(people, chat, words="nul \x00")
    with pytest.raises(NotFound):
        mailed(people, 10**9)
    Mailbox.objects.all().delete()
    with pytest.raises(Conflict):
        mailed(people, chat)


def test_a_refusal_at_the_last_moment_is_told_in_the_timeline(people: People, chat: int) -> None:
    mailed(people, chat)
    people.agent.role = "reader"
    people.agent.save(update_fields=["role"])
    after(11)
    assert told(chat)["state"] == "failed"
    assert after(60) == 0
