"""A delivery report is the state of the message that it is about: no conversation, no answer, no further mail."""

import uuid

import msgspec
import pytest
from tests.people import People
from tests.postbag import ADDRESS, SHOPPER, Postbag, written

from sonnim.channels.adapter import Ignored
from sonnim.channels.kinds.postbox import tokens
from sonnim.channels.kinds.postbox.models import BadAddress, Letter
from sonnim.contacts import actions as contacts
from sonnim.conversations.actions.delivering import begin_carrying, mark_delivery
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Post, ensure_posted


@pytest.fixture
def postbag(people: People) -> Postbag:
    return Postbag(people)


@pytest.fixture
def ours(postbag: Postbag) -> str:
    """The Message-ID of an answer that was given to the shopper's server."""
    message_id = postbag.answer(postbag.first().conversation_id)
    entry = _answer()
    begin_carrying(shop_id=postbag.shop, entry_id=entry.pk)
    mark_delivery(shop_id=postbag.shop, entry_id=entry.pk, state="sent")
    return message_id


def _answer() -> Entry:
    return Entry.objects.get(author_kind="agent", kind="message")


def report(
    *, about: str = "", status: str = "5.1.1", said: str = "550 5.1.1 User unknown", action: str = "failed",
    recipient: str = SHOPPER,
) -> bytes:  # fmt: skip
    parts = [
        "--b", "Content-Type: text/plain", "", "Your message could not be delivered.",
        "--b", "Content-Type: message/delivery-status", "", "Reporting-MTA: dns; mx.mail.example", "",
        f"Final-Recipient: rfc822; {recipient}", f"Action: {action}", f"Status: {status}",
        f"Diagnostic-Code: smtp; {said}",
    ]  # fmt: skip
    if about:
        parts += [
            "--b",
            "Content-Type: message/rfc822",
            "",
            f"From: {ADDRESS}",
            f"Message-ID: {about}",
            "",
            "내일 도착해요.",
        ]
    head = "Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b"
    body = "\r\n".join([*parts, "--b--"])
    return written(
        body, sender="MAILER-DAEMON@mx.mail.example", subject="Undelivered Mail Returned to Sender", head=head
    )


def _events() -> list[dict[str, str]]:
    told = Entry.objects.filter(kind="event").order_by("seq").values_list("data", flat=True)
    return [msgspec.json.decode(data) for data in told]


def _state() -> dict[str, str]:
    found: dict[str, str] = msgspec.json.decode(_answer().delivery)
    return found


def test_a_failure_is_shown_at_its_message_in_the_servers_own_words(postbag: Postbag, ours: str) -> None:
    assert isinstance(postbag.bring(report(about=ours)), Ignored)
    assert _state()["state"] == "failed"
    assert "550 5.1.1 User unknown" in _state()["note"]
    assert len(postbag.conversations()) == 1


def test_a_failure_for_good_stops_further_mail_to_that_address(postbag: Postbag, ours: str) -> None:
    postbag.bring(report(about=ours))
    [bad] = BadAddress.objects.all()
    assert (bad.address, bad.status) == (SHOPPER, "5.1.1")


def test_who_writes_again_may_be_written_to_again(postbag: Postbag, ours: str) -> None:
    postbag.bring(report(about=ours))
    postbag.file(written("다시 됩니다", head="Auto-Submitted: auto-generated"))
    assert BadAddress.objects.exists()
    postbag.file(written("이제 됩니다"))
    assert not BadAddress.objects.exists()


def test_a_full_mailbox_may_be_written_to_again(postbag: Postbag, ours: str) -> None:
    postbag.bring(report(about=ours, status="5.2.2", said="552 5.2.2 Mailbox full"))
    assert _state()["state"] == "failed"
    assert not BadAddress.objects.exists()


def test_a_delay_changes_nothing(postbag: Postbag, ours: str) -> None:
    postbag.bring(report(about=ours, status="4.4.1", said="connect timed out", action="delayed"))
    assert _state()["state"] == "sent"


def test_a_report_of_success_is_a_tick(postbag: Postbag, ours: str) -> None:
    postbag.bring(report(about=ours, status="2.0.0", said="250 ok", action="delivered"))
    assert _state()["state"] == "delivered"


def test_a_receipt_says_that_it_was_read(postbag: Postbag, ours: str) -> None:
    body = "--b\n\nread\n--b\nContent-Type: message/disposition-notification\n\nDisposition: displayed\n--b--"
    head = "Content-Type: multipart/report; report-type=disposition-notification; boundary=b"
    assert isinstance(postbag.bring(written(body, refers_to=ours, subject="Read: 배송", head=head)), Ignored)
    assert _state()["state"] == "read"


def test_a_report_without_a_trace_of_our_mail_is_a_hint_to_the_desk_and_changes_nothing(
    postbag: Postbag, ours: str
) -> None:
    for _ in range(2):
        assert isinstance(postbag.bring(report()), Ignored)
    postbag.bring(report(about="<sonnim.e1.1.aaaaaaaaaaaaaaaaaaaaaaaaaa@ongi.example>"))
    assert _state()["state"] == "sent"
    assert not BadAddress.objects.exists()
    [hint] = [data for data in _events() if data["what"] == "mailed"]
    assert (hint["state"], hint["address"]) == ("hint", SHOPPER)
    assert "550 5.1.1 User unknown" in hint["note"]


@pytest.mark.parametrize("action", ["delivered", "delayed"])
def test_what_is_said_without_a_trace_of_our_mail_is_no_tick(postbag: Postbag, ours: str, action: str) -> None:
    postbag.bring(report(action=action, status="2.0.0" if action == "delivered" else "4.4.1"))
    assert _state()["state"] == "sent"
    assert not [data for data in _events() if data["what"] == "mailed"]


def test_a_report_about_somebody_to_whom_we_have_not_written_does_nothing(postbag: Postbag, ours: str) -> None:
    assert isinstance(postbag.bring(report(recipient="nobody@elsewhere.example")), Ignored)
    assert _state()["state"] == "sent"


def test_a_report_with_our_mark_does_not_bar_an_address_that_we_did_not_write_to(postbag: Postbag, ours: str) -> None:
    postbag.bring(report(about=ours, recipient="victim@mail.example"))
    assert not BadAddress.objects.exists()


def test_what_has_arrived_is_not_taken_back_by_a_late_report(postbag: Postbag, ours: str) -> None:
    mark_delivery(shop_id=postbag.shop, entry_id=_answer().pk, state="delivered")
    postbag.bring(report(about=ours))
    assert _state()["state"] == "delivered"


def test_a_report_is_told_even_where_the_provider_has_renamed_our_mail(postbag: Postbag, ours: str) -> None:
    Letter.objects.filter(out=True).update(provider_id="0102018c")
    postbag.bring(report(about="<0102018c@email.amazonses.com>"))
    assert BadAddress.objects.filter(address=SHOPPER).exists()


def test_that_a_mail_which_followed_a_shopper_came_back_is_told_once(postbag: Postbag) -> None:
    visitor, _ = contacts.create_visitor(shop_id=postbag.shop, locale="ko")
    said = ensure_posted(Post(postbag.shop, "contact", visitor.pk, str(uuid.uuid4()), "계신가요?", channel="webchat"))
    answer = ensure_posted(
        Post(
            postbag.shop, "agent", postbag.people.agent.pk, str(uuid.uuid4()), "네!", conversation_id=said.conversation
        )
    )
    where = {"shop_id": postbag.shop, "conversation_id": said.conversation, "entry_id": answer.id}
    ours = tokens.message_id(ADDRESS, **where)
    Letter.objects.create(**where, message_id=ours, recipient=SHOPPER, out=True, automatic=True)
    for _ in range(2):
        postbag.bring(report(about=ours))
    [told] = Entry.objects.filter(conversation=said.conversation, kind="event", data__contains="mailed")
    assert "550 5.1.1 User unknown" in told.data
    assert SHOPPER in told.data
