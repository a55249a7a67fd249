"""What a shopper who has left does not see follows them by mail: in bundles, to their own address, and once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.people import People

from sonnim.channels.adapter import NotSent, Unsure
from sonnim.channels.kinds.postbox import tokens, transports
from sonnim.channels.kinds.postbox.afar import actions, delivery, queries
from sonnim.channels.kinds.postbox.models import BadAddress, FollowUp, Letter, Mailbox
from sonnim.channels.kinds.postbox.tests.left_behind import Desk
from sonnim.channels.kinds.postbox.tests.posted import Posted
from sonnim.channels.kinds.webchat.actions import leave_address
from sonnim.contacts.actions import block_contact, create_visitor
from sonnim.contacts.models import Contact
from sonnim.conversations.actions import mark_seen
from sonnim.conversations.actions.contact_merging import merge_contacts
from sonnim.eventlog import outbox
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "jiwoo@people.test"


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Posted:
    taken = Posted()
    monkeypatch.setattr(transports, "send", taken)
    monkeypatch.setitem(outbox.HANDLERS, actions.FOLLOW_UP, delivery.deliver_follow_up)
    monkeypatch.setitem(outbox.GIVEN_UP, actions.FOLLOW_UP, delivery.give_up_following)
    return taken


@pytest.fixture
def source(people: People) -> Mailbox:
    return Mailbox.objects.create(shop=people.shop, address="help@ongi.test", name="Ongi", way_in="pipe")


@pytest.fixture
def guest(people: People) -> Contact:
    contact, _ = create_visitor(shop_id=people.shop.pk, locale="ko")
    leave_address(contact=contact, changes={"email": ADDRESS, "name": "Jiwoo"})
    return Contact.objects.get(pk=contact.pk)


@pytest.fixture
def desk(people: People, guest: Contact) -> Desk:
    return Desk(people, guest)


def test_what_was_not_seen_in_two_minutes_is_mailed_together(desk: Desk, posted: Posted, source: Mailbox) -> None:
    desk.answer("네, 여기 있습니다.")
    desk.pass_by(seconds=90)
    assert posted.mails == []
    desk.answer("내일 보내 드릴게요.")
    desk.pass_by(seconds=35)
    [mail] = posted.mails
    assert mail.recipients == [ADDRESS]
    assert mail.text.index("네, 여기 있습니다.") < mail.text.index("내일 보내 드릴게요.")
    assert "아직 계세요?" not in mail.text
    assert mail.automatic
    [told] = desk.told()
    assert (told["state"], told["address"]) == ("sent", ADDRESS)


def test_an_answer_to_the_mail_finds_the_chat_and_its_shopper(desk: Desk, posted: Posted, source: Mailbox) -> None:
    desk.answer("네.")
    desk.pass_by(minutes=3)
    [mail] = posted.mails
    found = tokens.read(mail.reply_to, shop_id=source.shop_id)
    assert found == tokens.Mark("c", desk.conversation, desk.guest.pk)
    named = tokens.read(mail.message_id, shop_id=source.shop_id)
    assert named is not None
    assert named.conversation_id == desk.conversation
    assert Letter.objects.get(message_id=mail.message_id).recipient == ADDRESS
    where = {"shop_id": source.shop_id, "conversation_id": desk.conversation}
    assert queries.writer_of(**where, sender=" Jiwoo@People.test") == desk.guest.pk
    assert queries.writer_of(**where, sender="somebody@people.test") is None


def test_what_was_sent_along_is_in_the_mail_as_far_as_there_is_room(
    desk: Desk, posted: Posted, source: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "MAX_FILES_BYTES", 100)
    desk.answer("설명서입니다.", ("guide.txt", b"wash by hand"), ("large.txt", b"x" * 101))
    desk.pass_by(minutes=3)
    [mail] = posted.mails
    assert [(part.name, part.content) for part in mail.files] == [("guide.txt", b"wash by hand")]
    assert "large.txt" in mail.text


def test_who_has_seen_it_gets_no_mail(desk: Desk, posted: Posted, source: Mailbox) -> None:
    seq = desk.answer("네.")
    desk.pass_by(seconds=60)
    mark_seen(shop_id=source.shop_id, conversation_id=desk.conversation, seq=seq, contact_id=desk.guest.pk)
    desk.pass_by(minutes=5)
    assert posted.mails == []
    assert FollowUp.objects.get().due_at is None


def test_a_second_mail_keeps_its_distance_and_has_only_what_is_new(desk: Desk, posted: Posted, source: Mailbox) -> None:
    desk.answer("하나")
    desk.pass_by(minutes=3)
    desk.answer("둘")
    desk.pass_by(minutes=10)
    desk.answer("셋")
    desk.pass_by(minutes=1)
    assert len(posted.mails) == 1
    desk.pass_by(minutes=5)
    [first, second] = posted.mails
    assert "하나" not in second.text
    assert "둘" in second.text
    assert "셋" in second.text
    assert first.subject == second.subject
    assert first.message_id in second.references


def test_without_an_address_of_their_own_nobody_is_mailed(people: People, posted: Posted, source: Mailbox) -> None:
    stranger, _ = create_visitor(shop_id=people.shop.pk, locale="ko")
    Contact.objects.filter(pk=stranger.pk).update(email="noted@people.test")  # by the desk
    desk = Desk(people, stranger)
    desk.answer("네.")
    desk.pass_by(minutes=5)
    assert posted.mails == []


def test_a_belief_that_two_are_one_person_sends_no_chat_to_the_other_address(
    people: People, guest: Contact, posted: Posted, source: Mailbox
) -> None:
    stranger, _ = create_visitor(shop_id=people.shop.pk, locale="ko")
    desk = Desk(people, stranger)
    merge_contacts(actor=people.actor(people.agent), kept_id=guest.pk, gone_id=stranger.pk)
    desk.answer("네.")
    desk.pass_by(minutes=5)
    assert posted.mails == []
    assert queries.writer_of(shop_id=people.shop.pk, conversation_id=desk.conversation, sender=ADDRESS) is None


def test_a_chat_that_came_along_in_a_merge_goes_on_to_its_own_address(
    people: People, guest: Contact, posted: Posted, source: Mailbox
) -> None:
    other, _ = create_visitor(shop_id=people.shop.pk, locale="en")
    leave_address(contact=other, changes={"email": "other@people.test"})
    desk = Desk(people, other)
    merge_contacts(actor=people.actor(people.agent), kept_id=guest.pk, gone_id=other.pk)
    desk.answer("Yes.")
    desk.pass_by(minutes=5)
    assert [mail.recipients for mail in posted.mails] == [["other@people.test"]]


def test_nothing_follows_who_is_blocked_or_whose_address_refuses_mail(
    people: People, desk: Desk, posted: Posted, source: Mailbox
) -> None:
    desk.answer("네.")
    BadAddress.objects.create(shop=people.shop, address=ADDRESS)
    desk.pass_by(minutes=3)
    BadAddress.objects.all().delete()
    desk.answer("또 있어요.")
    block_contact(actor=people.actor(people.owner), contact_id=desk.guest.pk)
    desk.pass_by(minutes=30)
    assert posted.mails == []


def test_one_click_ends_the_mails_and_a_look_at_the_link_does_not(desk: Desk, posted: Posted, source: Mailbox) -> None:
    desk.answer("네.")
    desk.pass_by(minutes=3)
    [mail] = posted.mails
    path = mail.unsubscribe[mail.unsubscribe.index("/mail/") :]
    assert mail.unsubscribe in mail.text
    assert mail.headers()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    client = Client(enforce_csrf_checks=True)
    assert "그만 받기" in client.get(path).content.decode()
    assert not FollowUp.objects.get().stopped
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(f"{path[:-2]}xx").status_code == 404
    desk.answer("또 있어요.")
    desk.pass_by(minutes=30)
    assert len(posted.mails) == 1


def test_what_the_server_refuses_for_now_is_tried_again_and_once(desk: Desk, posted: Posted, source: Mailbox) -> None:
    posted.failing = NotSent("450 later", permanent=False)
    desk.answer("네.")
    desk.pass_by(minutes=3)
    assert desk.told() == []
    posted.failing = None
    desk.pass_by(minutes=10)
    desk.pass_by(minutes=10)
    assert len(posted.mails) == 1
    assert [told["state"] for told in desk.told()] == ["sent"]


def test_what_cannot_be_sent_is_told_in_the_servers_words(desk: Desk, posted: Posted, source: Mailbox) -> None:
    posted.failing = NotSent("550 no such user", permanent=True)
    desk.answer("네.")
    desk.pass_by(minutes=3)
    [told] = desk.told()
    assert (told["state"], told["note"]) == ("failed", "550 no such user")


def test_a_mail_that_may_have_gone_is_not_sent_twice(desk: Desk, posted: Posted, source: Mailbox) -> None:
    desk.answer("네.")
    desk.pass_by(seconds=1)
    with clock.moved(timedelta(minutes=3)):
        actions.follow_due()
    row = Outbox.objects.get(kind=actions.FOLLOW_UP)
    # The process ends between the server's yes and our note of it.
    actions.begin_mailing(shop_id=source.shop_id, conversation_id=desk.conversation, up_to=row.payload["up_to"])
    with clock.moved(timedelta(minutes=3)):
        outbox.deliver_due()
    assert posted.mails == []
    assert [told["state"] for told in desk.told()] == ["unsure"]


def test_silence_after_the_mail_is_told_as_unsure(desk: Desk, posted: Posted, source: Mailbox) -> None:
    posted.failing = Unsure("timed out")
    desk.answer("네.")
    desk.pass_by(minutes=3)
    posted.failing = None
    desk.pass_by(minutes=30)
    assert [told["state"] for told in desk.told()] == ["unsure"]
    assert posted.mails == []


def test_the_way_back_is_only_a_page_of_the_store(people: People, desk: Desk, posted: Posted, source: Mailbox) -> None:
    people.shop.allowed_origins = ["https://ongi.test"]
    people.shop.save(update_fields=["allowed_origins"])
    page = "https://ongi.test/bowl?no=12#top"
    leave_address(contact=desk.guest, changes={"email": ADDRESS}, page=page)
    desk.answer("하나")
    desk.pass_by(minutes=3)
    leave_address(contact=desk.guest, changes={"email": ADDRESS}, page="https://evil.test/ongi.test")
    desk.answer("둘")
    desk.pass_by(minutes=30)
    [first, second] = posted.mails
    assert "https://ongi.test/bowl?no=12" in first.html
    assert "evil" not in second.html
    assert "evil" not in second.text


def test_without_a_mailbox_the_installations_own_server_carries_it_and_takes_no_answers(
    desk: Desk, posted: Posted, settings: Any
) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.test", "Sonnim <noreply@desk.test>"
    desk.answer("네.")
    desk.pass_by(minutes=3)
    [mail] = posted.mails
    assert (mail.sender.addr_spec, mail.reply_to) == ("noreply@desk.test", "")
    assert "답장하시면" not in mail.text


def test_where_nothing_can_send_mail_nothing_waits_for_ever(desk: Desk, posted: Posted, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    desk.answer("네.")
    desk.pass_by(minutes=3)
    assert posted.mails == []
    assert FollowUp.objects.get().due_at is None
