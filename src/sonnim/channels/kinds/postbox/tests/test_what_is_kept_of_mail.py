"""Of a mail are kept its words, its form, its files, from whom and to whom; some mail is nothing for the desk."""

import base64
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import override_settings
from tests.people import People
from tests.postbag import ADDRESS, SHOPPER, Postbag, flags_of, written

from sonnim.accounts import actions as accounts
from sonnim.channels import delivery, inbound
from sonnim.channels.adapter import Filed, Ignored, Quarantine
from sonnim.channels.kinds.postbox import adapter, recipients
from sonnim.channels.kinds.postbox.models import Letter, Mailbox
from sonnim.channels.models import Inbound
from sonnim.contacts import actions as contacts
from sonnim.conversations.models import Attachment, Conversation, Entry, Envelope
from sonnim.kernel import clock

PIXEL = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
).decode()


@pytest.fixture
def postbag(people: People) -> Postbag:
    return Postbag(people)


def with_files(*files: tuple[str, str, str]) -> bytes:
    """A mail with HTML and files: of each its name, its content-id, and its content in base64."""
    parts = ["--b", "Content-Type: text/html; charset=utf-8", "", '<p>사진이에요 <img src="cid:pot"></p>']
    for name, cid, content in files:
        parts += [
            "--b", f'Content-Type: application/octet-stream; name="{name}"', "Content-Transfer-Encoding: base64",
            f"Content-Disposition: {'inline' if cid else 'attachment'}; filename=\"{name}\"",
            *([f"Content-ID: <{cid}>"] if cid else []), "", content,
        ]  # fmt: skip
    return written("\r\n".join([*parts, "--b--"]), head="Content-Type: multipart/related; boundary=b")


def test_its_envelope_says_from_whom_to_whom_and_through_which_mailbox(postbag: Postbag) -> None:
    entry = postbag.first(to=f"Ongi <{ADDRESS}>, mother@mail.example", head="Cc: father@mail.example")
    kept = Envelope.objects.get(entry=entry).data
    assert kept["subject"] == "달항아리 배송 문의"
    assert kept["sender"] == {"name": "김하늘", "address": SHOPPER}
    assert [each["address"] for each in kept["to"]] == [ADDRESS, "mother@mail.example"]
    assert [each["address"] for each in kept["cc"]] == ["father@mail.example"]
    assert kept["source_id"] == postbag.mailbox.pk


def test_where_its_writer_wants_answers_is_kept_beside_it_and_changes_nobody_s_address(postbag: Postbag) -> None:
    elsewhere = f"Reply-To: Desk <desk@works.example>, {SHOPPER.upper()}"
    entry = postbag.first(head=elsewhere)
    assert Envelope.objects.get(entry=entry).data["reply_to"] == [{"name": "Desk", "address": "desk@works.example"}]
    about = Conversation.objects.select_related("contact").get()
    assert about.contact.email == SHOPPER
    assert recipients.contact_address(about.contact, conversation_id=about.pk) == SHOPPER


def test_pictures_within_and_files_beside_are_the_contacts_attachments(postbag: Postbag) -> None:
    entry = postbag.file(with_files(("pot.png", "pot", PIXEL), ("영수증.txt", "", base64.b64encode(b"4,000").decode())))
    files = {each.name: each for each in Attachment.objects.filter(entry=entry)}
    assert set(files) == {"pot.png", "영수증.txt"}
    assert files["pot.png"].type == "image/png"
    letter = Letter.objects.get(entry_id=entry.pk)
    assert letter.parts == {"pot": files["pot.png"].pk}
    assert "cid:pot" in letter.html
    assert flags_of(entry) == ["html"]


def test_more_than_ten_files_come_along_and_a_file_that_is_too_large_is_told_of(postbag: Postbag) -> None:
    small = [(f"{n}.txt", "", base64.b64encode(str(n).encode()).decode()) for n in range(12)]
    large = ("large.bin", "", base64.b64encode(b"x" * 5000).decode())
    with override_settings(ATTACHMENT_MAX_BYTES=4096):
        entry = postbag.file(with_files(*small, large))
    assert Attachment.objects.filter(entry=entry).count() == 12
    assert "files_left_out" in flags_of(entry)


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "a/b\\c.exe", "\u202egpj.exe", "."])
def test_a_file_of_any_name_is_kept_under_one_that_means_no_place(postbag: Postbag, name: str) -> None:
    entry = postbag.file(with_files((name, "", base64.b64encode(b"text").decode())))
    [file] = Attachment.objects.filter(entry=entry)
    assert "/" not in file.name
    assert not file.name.startswith(".")
    assert "\u202e" not in file.name


def test_a_mail_of_a_subject_alone_says_its_subject(postbag: Postbag) -> None:
    assert postbag.first(text="", subject="오늘 문 여나요?").text == "오늘 문 여나요?"


def test_characters_that_no_database_keeps_are_left_out(postbag: Postbag) -> None:
    assert postbag.first(text="a\x00b").text == "ab"


def test_its_team_is_its_mailboxs(postbag: Postbag) -> None:
    team = accounts.create_team(actor=postbag.people.actor(postbag.people.owner), name="Mail", agent_ids=[])
    Mailbox.objects.filter(pk=postbag.mailbox.pk).update(team=team)
    assert Conversation.objects.get(pk=postbag.first().conversation_id).team_id == team.pk


@pytest.mark.parametrize("head", ["X-Spam-Flag: YES", "X-Spam-Status: Yes, score=9.1", "X-Mailgun-Sflag: Yes"])
def test_what_its_server_calls_spam_waits_for_nobody(postbag: Postbag, head: str) -> None:
    about = Conversation.objects.get(pk=postbag.first(head=head).conversation_id)
    assert (about.status, about.waiting_since) == ("spam", None)
    [told] = Entry.objects.filter(conversation=about, kind="event")
    assert head.split(":")[0] in told.data


def test_what_its_server_does_not_call_spam_is_none(postbag: Postbag) -> None:
    entry = postbag.first(head="X-Spam-Flag: NO\nX-Spam-Status: No, score=-1")
    assert Conversation.objects.get(pk=entry.conversation_id).status == "open"


def test_a_mail_that_its_server_disowns_is_marked_and_takes_no_part(postbag: Postbag) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    forged = written(
        "계좌를 바꿔 주세요", refers_to=ours, subject="Re: 달항아리 배송 문의",
        head="Authentication-Results: mx.ongi.example; spf=fail; dkim=none; dmarc=fail (p=REJECT)",
    )  # fmt: skip
    assert flags_of(postbag.file(forged))[:2] == ["unverified", "spoofed"]
    assert Letter.objects.filter(out=False).order_by("-id")[0].sender == ""


def test_whom_the_shop_has_blocked_is_not_heard(postbag: Postbag) -> None:
    first = postbag.first()
    contacts.block_contact(actor=postbag.people.actor(postbag.people.owner), contact_id=first.author_id or 0)
    assert isinstance(postbag.bring(written()), Ignored)
    assert isinstance(postbag.bring(written(refers_to=postbag.answer(first.conversation_id))), Ignored)


def test_a_notice_of_absence_stands_beside_what_it_answers_and_makes_nobody_wait(postbag: Postbag) -> None:
    first = postbag.first()
    ours = postbag.answer(first.conversation_id)
    head = "Return-Path: <>\nAuto-Submitted: auto-replied"
    entry = postbag.file(written("휴가 중입니다.", subject="자동 회신: 부재중", refers_to=ours, head=head))
    assert (entry.conversation_id, flags_of(entry)) == (first.conversation_id, ["automatic"])
    assert Conversation.objects.get(pk=first.conversation_id).waiting_since is None


@pytest.mark.parametrize(
    "head", ["Auto-Submitted: auto-replied", "Return-Path: <>\nIn-Reply-To: <x@y.example>", "X-Autoreply: yes"]
)
def test_a_notice_that_answers_nothing_of_ours_is_nothing_for_the_desk(postbag: Postbag, head: str) -> None:
    assert isinstance(postbag.bring(written("휴가 중입니다.", head=head)), Ignored)
    assert postbag.conversations() == []


def test_what_a_page_of_the_store_sends_without_a_sender_on_its_envelope_is_not_lost(postbag: Postbag) -> None:
    assert "automatic" in flags_of(postbag.first(head="Return-Path: <>", sender="web@store.example"))


@pytest.mark.parametrize("sender", ["no-reply@forms.example", ADDRESS], ids=["a form service", "the store's own page"])
def test_what_a_page_sends_for_a_person_is_the_persons(postbag: Postbag, sender: str) -> None:
    entry = postbag.first(sender=f"Web form <{sender}>", head=f"Reply-To: 김하늘 <{SHOPPER}>")
    about = Conversation.objects.select_related("contact").get(pk=entry.conversation_id)
    assert (about.contact.email, about.contact.name) == (SHOPPER, "김하늘")
    assert about.waiting_since is not None
    assert flags_of(entry) == ["unverified"]


def test_a_mail_handed_on_for_a_shopper_takes_no_part_in_what_the_shopper_has_written(postbag: Postbag) -> None:
    first = postbag.first(message_id="<one@mail.example>")
    head = f"Reply-To: {SHOPPER}"
    raw = written(
        sender="no-reply@evil.example", head=head, refers_to="<one@mail.example>", subject="Re: 달항아리 배송 문의"
    )
    assert postbag.file(raw).conversation_id != first.conversation_id


@pytest.mark.parametrize(
    "head",
    [
        "Reply-To: support@market.example",
        f"Reply-To: {SHOPPER}\nList-Unsubscribe: <https://market.example>",
        f"Reply-To: {SHOPPER}, other@mail.example",
        f"Reply-To: {ADDRESS}",
    ],
)
def test_a_notice_that_names_its_own_house_is_not_taken_for_a_persons(postbag: Postbag, head: str) -> None:
    entry = postbag.first(sender="no-reply@market.example", head=head)
    about = Conversation.objects.select_related("contact").get(pk=entry.conversation_id)
    assert (about.contact.email, about.waiting_since) == ("no-reply@market.example", None)


def test_what_a_machine_sends_by_itself_is_there_but_nobody_waits(postbag: Postbag) -> None:
    entry = postbag.first(head="Auto-Submitted: auto-generated", sender="orders@market.example", text="새 주문 1건")
    about = Conversation.objects.get(pk=entry.conversation_id)
    assert (about.status, about.waiting_since, about.last_text) == ("open", None, "새 주문 1건")


@pytest.mark.parametrize(
    "raw",
    [
        written(sender=f"Ongi <{ADDRESS}>"),
        written(sender="help+anything@ongi.example"),
        written(head="\n".join(f"Received: from a{n} by b{n}" for n in range(26))),
    ],
    ids=["our own address", "our own address with a plus", "26 servers"],
)
def test_what_goes_round_is_stopped(postbag: Postbag, raw: bytes) -> None:
    assert isinstance(postbag.bring(raw), Ignored)


def test_a_mail_of_ours_that_comes_back_is_stopped(postbag: Postbag) -> None:
    ours = postbag.answer(postbag.first().conversation_id)
    assert isinstance(postbag.bring(written(sender="list@mail.example", message_id=ours)), Ignored)


@pytest.mark.parametrize(
    "sender",
    ["alice@shop.com)bob@evil.com", "alice@shop.com\r\nFrom: bob@evil.com", "<alice@shop.com>@evil.com", "김하늘"],
)
def test_a_mail_that_does_not_say_who_wrote_it_is_set_aside(postbag: Postbag, sender: str) -> None:
    with pytest.raises(Quarantine):
        postbag.bring(written(sender=sender))
    assert postbag.conversations() == []


def test_mail_of_before_the_mailbox_was_connected_has_its_own_time(postbag: Postbag) -> None:
    before = clock.now() - timedelta(days=12)
    entry = postbag.file(written(), backlog=True, received_at=clock.to_ms(before))
    assert abs(entry.at - before) < timedelta(seconds=1)


def test_erased_words_leave_nothing_of_their_letter_but_that_it_was_there(postbag: Postbag) -> None:
    raw = with_files(("pot.png", "pot", PIXEL))
    entry = postbag.file(raw)
    adapter.erase([entry.pk])
    letter = Letter.objects.get(entry_id=entry.pk)
    assert (letter.html, letter.quoted, letter.subject, letter.references, letter.parts) == ("", "", "", "", {})
    assert letter.message_id


def test_an_erased_mail_that_comes_again_stays_erased(postbag: Postbag) -> None:
    raw = written()
    entry = postbag.file(raw)
    adapter.erase([entry.pk])
    assert postbag.bring(raw) == Filed(entry.conversation_id, entry.pk)


def test_an_erasing_that_was_cut_is_finished_the_next_time(postbag: Postbag, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = postbag.file(written())
    stored, _ = inbound.store(shop_id=entry.shop_id, kind="postbox", key="1:1", raw=written())
    Inbound.objects.filter(pk=stored).update(state="done", entry_id=entry.pk)

    def cut(**_: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as locked, pytest.raises(OperationalError):
        locked.setattr(adapter, "forget_words", cut)
        delivery.erase({"entry_id": entry.pk})
    delivery.erase({"entry_id": entry.pk})
    assert Inbound.objects.get(pk=stored).file == ""
    assert Letter.objects.get(entry_id=entry.pk).subject == ""


def test_an_erased_subject_is_erased_where_answers_repeat_it(postbag: Postbag) -> None:
    entry = postbag.first()
    first = Letter.objects.get(entry_id=entry.pk)
    again = {"shop": first.shop, "conversation_id": first.conversation_id, "message_id": "<2@x.example>"}
    answer = Letter.objects.create(**again, subject=f"Re: {first.subject}", out=True, entry_id=entry.pk + 1)
    other = Letter.objects.create(**again, subject="Fired on Tuesday")
    adapter.erase([entry.pk + 1])
    first.refresh_from_db()
    assert first.subject == "달항아리 배송 문의"
    Letter.objects.filter(pk=answer.pk).update(subject=f"Re: {first.subject}")
    adapter.erase([entry.pk])
    assert dict(Letter.objects.values_list("pk", "subject")) == {
        first.pk: "",
        answer.pk: "",
        other.pk: "Fired on Tuesday",
    }
