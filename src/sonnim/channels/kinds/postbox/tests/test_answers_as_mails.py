"""An answer as a mail: readable for every program, in the right thread, and with no header that somebody typed."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.actions import change_settings
from sonnim.accounts.models import Agent
from sonnim.channels.adapter import NotSent
from sonnim.channels.kinds.postbox import composing, threads, tokens
from sonnim.channels.kinds.postbox.actions.signatures import set_own_signatures
from sonnim.channels.kinds.postbox.mail import Mail
from sonnim.channels.kinds.postbox.models import BadAddress, Mailbox
from sonnim.channels.kinds.postbox.tests.correspondence import ADDRESS, Correspondence
from sonnim.channels.kinds.postbox.wire import as_bytes
from sonnim.contacts.models import Contact
from sonnim.conversations.actions.delivering import Outgoing
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid
from sonnim.letters.letter import read as read_letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people: People) -> Correspondence:
    return Correspondence.begin(people)


def compose(desk: Correspondence, outgoing: Outgoing) -> Mail:
    thread = threads.thread_of(outgoing.conversation_id, before_entry=outgoing.entry_id)
    agent = Agent.objects.select_related("user").get(pk=outgoing.agent_id)
    return composing.compose(outgoing, source=desk.source, thread=thread, agent=agent)


def on_the_wire(mail: Mail) -> EmailMessage:
    raw = as_bytes(mail)
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    assert raw.isascii()
    return message_from_bytes(raw, policy=policy.default)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_an_answer_says_who_writes_and_answers_what_was_written(desk: Correspondence) -> None:
    desk.they_write("언제 오나요?", message_id="<1@x.example>")
    outgoing = desk.outgoing()
    message = on_the_wire(compose(desk, outgoing))
    assert str(message["From"]) == "Agent · 온기 <help@ongi.example>"
    assert str(message["To"]) == f"김민지 <{ADDRESS}>"
    assert message["Subject"] == "Re: 배송 문의"
    assert (message["In-Reply-To"], message["References"]) == ("<1@x.example>", "<1@x.example>")
    assert message["Auto-Submitted"] is None
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["List-Unsubscribe"] is None
    mark = tokens.read(str(message["Message-ID"]), shop_id=outgoing.shop_id)
    assert mark == tokens.Mark("e", outgoing.conversation_id, outgoing.entry_id)
    back = tokens.read(str(message["Reply-To"]), shop_id=outgoing.shop_id)
    assert back == tokens.Mark("c", outgoing.conversation_id, desk.contact.pk)


def test_text_and_page_say_the_same_and_our_own_reader_parts_the_new_from_the_quoted(desk: Correspondence) -> None:
    desk.they_write("언제 오나요?\n급해요", message_id="<1@x.example>")
    desk.source.signatures = {"ko": "{{agent}} 드림\n{{ shop }} 고객센터 {{nobody}}"}
    mail = compose(desk, desk.outgoing("네, 곧 보내 드릴게요.\n\n감사합니다"))
    for kind in ("plain", "html"):
        text = body(on_the_wire(mail), kind)
        for said in ("네, 곧 보내 드릴게요.", "감사합니다", "Agent 드림", "Ongi 고객센터 {{nobody}}", "급해요"):
            assert said in text
        assert "김민지 님이 작성:" in text
    found = read_letter(as_bytes(mail))
    assert found.reply == "네, 곧 보내 드릴게요.\n\n감사합니다"
    assert "언제 오나요?" in found.quoted


def test_an_agent_s_own_lines_stand_above_those_of_the_mailbox(desk: Correspondence) -> None:
    desk.source.signatures = {"en": "{{shop}}"}
    agent = desk.people.agent
    set_own_signatures(
        shop_id=agent.shop_id,
        agent_id=agent.pk,
        signatures={"ko": "{{agent}} 드림", "zh": " ", "en": "Yours, {{agent}}"},
    )
    mail = compose(desk, desk.outgoing("네"))
    assert "-- \nAgent 드림\nOngi\n" in mail.text
    assert "Agent 드림<br>Ongi" in mail.html
    with pytest.raises(Invalid):
        set_own_signatures(shop_id=agent.shop_id, agent_id=agent.pk, signatures={"ko": "x" * 1_001})


@pytest.mark.parametrize(
    ("locale", "intro"),
    [
        ("ko", "2026년 11월 22일 14:03에 김민지 님이 작성:"),
        ("zh", "在 2026年11月22日 13:03，김민지 写道："),
        ("en", "On 22 Nov 2026, 05:03, 김민지 wrote:"),
    ],
)
def test_the_quotation_is_introduced_in_the_language_and_the_hour_of_its_reader(
    desk: Correspondence, locale: str, intro: str
) -> None:
    zone = {"ko": "Asia/Seoul", "zh": "Asia/Shanghai", "en": "UTC"}[locale]
    Contact.objects.filter(pk=desk.contact.pk).update(timezone=zone)
    with clock.standing_at(clock.from_ms(1_795_323_780_000)):
        ack = desk.they_write("언제 오나요?", message_id="<1@x.example>")
    outgoing = desk.outgoing("OK")
    mail = compose(desk, replace(outgoing, locale=locale))
    assert f"{intro}\n> 언제 오나요?" in mail.text
    assert ack.seq == 1


RICH = [
    {"type": "paragraph", "content": [{"type": "text", "text": "굵게 <b>", "bold": True}]},
    {"type": "bullets", "items": [[{"type": "text", "text": "하나"}], [{"type": "text", "text": "둘"}]]},
    {"type": "code", "text": "if a < b:\n  ok"},
    {"type": "paragraph", "content": [{"type": "text", "text": "여기", "link": "https://ongi.example/?a=1&b=2"}]},
]


def test_rich_text_arrives_as_it_was_written_and_runs_nothing(desk: Correspondence) -> None:
    mail = compose(desk, desk.outgoing("굵게", rich=RICH))
    assert "<b>굵게 &lt;b&gt;</b>" in mail.html
    assert 'href="https://ongi.example/?a=1&amp;b=2"' in mail.html
    assert "<li>하나</li><li>둘</li>" in mail.html
    assert "if a &lt; b:\n  ok" in mail.html
    assert 'style="color: #0F766E;"' in mail.html
    assert "<img" not in mail.html
    assert "@import" not in mail.html


def test_a_thread_keeps_its_first_mail_and_the_last_ones_and_ends_with_what_is_answered(desk: Correspondence) -> None:
    for number in range(1, 31):
        desk.they_write("또 저예요", message_id=f"<{number}@x.example>")
    message = on_the_wire(compose(desk, desk.outgoing()))
    references = str(message["References"]).split()
    assert len(references) == 20
    assert (references[0], references[-1]) == ("<1@x.example>", "<30@x.example>")
    assert message["In-Reply-To"] == "<30@x.example>"


def test_mails_that_we_have_not_seen_stay_in_the_thread(desk: Correspondence) -> None:
    desk.they_write("전달드려요", message_id="<2@x.example>", references="<0@partner.example> <1@partner.example>")
    message = on_the_wire(compose(desk, desk.outgoing()))
    assert message["References"] == "<0@partner.example> <1@partner.example> <2@x.example>"


def test_an_absence_notice_is_not_what_is_answered(desk: Correspondence) -> None:
    desk.they_write("언제 오나요?", message_id="<1@x.example>")
    desk.they_write("부재중입니다", message_id="<2@x.example>", subject="자동 응답", automatic=True)
    message = on_the_wire(compose(desk, desk.outgoing()))
    assert message["In-Reply-To"] == "<1@x.example>"


def test_a_first_mail_answers_nothing_and_has_the_subject_that_was_chosen(desk: Correspondence) -> None:
    message = on_the_wire(compose(desk, desk.outgoing("안녕하세요", subject="주문하신 달항아리")))
    assert message["Subject"] == "주문하신 달항아리"
    assert message["In-Reply-To"] is None
    assert message["References"] is None


def test_a_mail_that_nobody_gave_a_subject_has_one_all_the_same(desk: Correspondence) -> None:
    assert compose(desk, desk.outgoing("안녕하세요")).subject == "Ongi에서 보내는 메시지"


@pytest.mark.parametrize("subject", ["RE: 배송 문의", "회신: 배송 문의", "Aw: Lieferung", "回复：发货"])
def test_an_answer_is_marked_once(desk: Correspondence, subject: str) -> None:
    desk.they_write("언제 오나요?", message_id="<1@x.example>", subject=subject)
    assert compose(desk, desk.outgoing()).subject == subject


EVIL = 'Kim"\r\nBcc: victim@y.example\r\n<evil@y.example>, "x'


def test_no_name_and_no_subject_adds_a_header_or_a_recipient(people: People) -> None:
    desk = Correspondence.begin(people)
    desk.source.name = EVIL
    Contact.objects.filter(pk=desk.contact.pk).update(name=EVIL)
    Agent.objects.filter(pk=people.agent.pk).update(name=EVIL)
    desk.they_write(
        "x", message_id="<1@x.example>", subject="a\r\nBcc: victim@y.example",
        references="<a@b>\r\nBcc:<victim@y.example> <0@x.example>",
    )  # fmt: skip
    mail = compose(desk, desk.outgoing())
    message = on_the_wire(mail)
    assert message["Bcc"] is None
    assert mail.recipients == [ADDRESS]
    assert [each.addr_spec for each in message["To"].addresses] == [ADDRESS]
    assert [each.addr_spec for each in message["From"].addresses] == ["help@ongi.example"]
    assert message["Subject"] == "Re: a Bcc: victim@y.example"


def test_a_domain_in_one_s_own_letters_is_written_as_servers_know_it(desk: Correspondence) -> None:
    desk.source.address = "help@온기.example"
    message = on_the_wire(compose(desk, desk.outgoing()))
    for header in ("From", "Reply-To", "Message-ID"):
        assert "@xn--ok0bn86b.example" in str(message[header])


def test_blind_copies_are_in_no_header(desk: Correspondence) -> None:
    mail = compose(desk, desk.outgoing(to=["a@x.example"], cc=["b@x.example"], bcc=["c@x.example"]))
    assert mail.recipients == ["a@x.example", "b@x.example", "c@x.example"]
    assert b"c@x.example" not in as_bytes(mail)


def test_files_go_with_it_and_too_many_of_them_do_not(desk: Correspondence, monkeypatch: pytest.MonkeyPatch) -> None:
    files = (desk.file("달항아리 사진.txt", "그림".encode()), desk.file("evil.eml", b"Subject: x\n\ny"))
    outgoing = desk.outgoing("보세요", files=files)
    parts = list(on_the_wire(compose(desk, outgoing)).iter_attachments())
    assert [part.get_filename() for part in parts] == ["달항아리 사진.txt", "evil.eml"]
    assert parts[0].get_payload(decode=True) == "그림".encode()
    monkeypatch.setattr(composing, "MAX_FILES_BYTES", 10)
    with pytest.raises(NotSent) as refused:
        compose(desk, outgoing)
    assert refused.value.permanent


def test_an_answer_goes_to_the_address_they_last_wrote_from(desk: Correspondence) -> None:
    desk.they_write("여기로 주세요", message_id="<1@x.example>", sender="second@x.example")
    assert compose(desk, desk.outgoing()).recipients == ["second@x.example"]


def test_an_address_that_refuses_mail_for_good_gets_none(desk: Correspondence) -> None:
    shop = desk.people.shop
    BadAddress.objects.create(shop=shop, address=ADDRESS, status="5.1.1", reason="no such user", at=clock.now())
    with pytest.raises(NotSent, match=r"kim@x\.example refused mail for good on .*5\.1\.1 no such user") as refused:
        compose(desk, desk.outgoing())
    assert refused.value.permanent


def test_a_contact_without_an_address_gets_none(desk: Correspondence) -> None:
    Contact.objects.filter(pk=desk.contact.pk).update(email="")
    with pytest.raises(NotSent, match="no e-mail address"):
        compose(desk, desk.outgoing())


def test_a_stranger_in_the_conversation_is_neither_answered_nor_quoted(desk: Correspondence) -> None:
    desk.they_write("언제 오나요?", message_id="<1@x.example>")
    desk.somebody_else_writes("your verification code is 1", address="bank@y.example")
    mail = compose(desk, desk.outgoing())
    assert mail.recipients == [ADDRESS]
    assert "verification code" not in mail.text


@pytest.mark.parametrize(
    ("address", "imap", "marked"),
    [
        ("help@ongi.example", {"host": "mail.ongi.example"}, True),
        ("ongi@naver.com", {"host": "imap.naver.com"}, False),
        ("help@ongi.example", {"host": "imap.exmail.qq.com"}, False),
        ("help@notnaver.com", {}, True),
    ],
)
def test_a_mark_stands_in_the_address_only_where_mail_to_it_arrives(
    desk: Correspondence, address: str, imap: dict[str, Any], marked: bool
) -> None:
    desk.source = Mailbox(pk=desk.source.pk, shop=desk.people.shop, address=address, imap=imap)
    mail = compose(desk, desk.outgoing())
    assert (mail.reply_to != address) is marked


def test_a_mail_that_no_person_wrote_says_so_and_how_to_end_its_kind(desk: Correspondence) -> None:
    mail = replace(
        compose(desk, desk.outgoing()), automatic=True, unsubscribe="https://ongi.example/unsubscribe?key=" + "x" * 90
    )
    message = on_the_wire(mail)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["List-Unsubscribe"] == f"<{mail.unsubscribe}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read_letter(as_bytes(mail)).automatic
    assert not read_letter(as_bytes(replace(mail, automatic=False, unsubscribe=""))).automatic


def test_who_answers_for_the_shop_stands_below_and_is_no_word_of_the_answer(desk: Correspondence) -> None:
    desk.they_write("언제 오나요?", message_id="<1@x.example>")
    outgoing = desk.outgoing()
    assert "상호" not in compose(desk, outgoing).text
    change_settings(actor=desk.people.actor(desk.people.owner), business={"name": "온기", "phone": "02-5550-0100"})
    message = on_the_wire(compose(desk, outgoing))
    for kind in ("plain", "html"):
        text = body(message, kind)
        assert text.index(outgoing.text) < text.index("상호 온기 · 전화 02-5550-0100") < text.index("언제 오나요?")
    assert "상호" not in read_letter(message.as_bytes()).reply
