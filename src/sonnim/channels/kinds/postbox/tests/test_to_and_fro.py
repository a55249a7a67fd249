"""A shopper writes, is answered, and answers: one conversation and one thread, in every mail program."""

import uuid
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from tests.people import People
from tests.postbag import SHOPPER, Postbag, flags_of, written

from sonnim.channels import delivery
from sonnim.channels.kinds.postbox import transports
from sonnim.channels.kinds.postbox.tests.posted import Posted
from sonnim.channels.kinds.postbox.wire import as_bytes
from sonnim.contacts.actions.strangers import ensure_stranger
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Post, ensure_posted


@pytest.fixture
def postbag(people: People) -> Postbag:
    return Postbag(people)


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> Posted:
    posted = Posted()
    monkeypatch.setattr(transports, "send", posted)
    return posted


def answered(postbag: Postbag, posted: Posted, conversation: int, text: str) -> EmailMessage:
    """The mail that the shopper gets."""
    agent = postbag.people.agent.pk
    ack = ensure_posted(Post(postbag.shop, "agent", agent, str(uuid.uuid4()), text, "message", conversation))
    delivery.carry({"shop_id": postbag.shop, "entry_id": ack.id})
    return message_from_bytes(as_bytes(posted.mails[-1]), policy=policy.default)


def reply(to: EmailMessage, text: str, quoted: str, *, how: str) -> bytes:
    """What the shopper's mail program makes of an answer to a mail."""
    subject = str(to["Subject"])
    prefix = {"naver": "답장: ", "qq": "回复： ", "outlook": "RE: "}.get(how, "Re: ")
    bare = subject.removeprefix("Re: ")
    return written(
        f"{text}\n\n{quoted}\n",
        to=str(to["Reply-To"] or to["From"]),
        subject=subject if how == "apple" else f"{prefix}{bare}",
        # Some mail programs keep neither: then the address alone says where it belongs.
        refers_to="" if how == "qq" else str(to["Message-ID"]),
    )


QUOTED = {
    "gmail": "2026년 11월 22일 (일) 오전 10:30, Nora <help@ongi.example>님이 작성:\n\n> 내일 도착해요.",
    "outlook": "________________________________\nFrom: Nora <help@ongi.example>\nSent: Sunday, November 22, 2026\n"
    "To: Haneul <haneul@mail.example>\nSubject: Re: 달항아리 배송 문의\n\n내일 도착해요.",
    "apple": "2026. 11. 22. 오전 10:30, Nora <help@ongi.example> 작성:\n\n> 내일 도착해요.",
    "naver": '-----Original Message-----\nFrom: "Nora" <help@ongi.example>\nTo: <haneul@mail.example>\n'
    "Sent: 2026-11-22 (일) 10:30:00 (GMT+09:00)\nSubject: Re: 달항아리 배송 문의\n\n내일 도착해요.",
    "qq": '------------------ 原始邮件 ------------------\n发件人: "Nora" <help@ongi.example>;\n'
    '发送时间: 2026年11月22日(星期天) 上午10:30\n收件人: "Haneul"<haneul@mail.example>;\n'
    "主题: Re: 달항아리 배송 문의\n\n내일 도착해요.",
}


@pytest.mark.parametrize("how", QUOTED)
def test_an_answer_to_our_mail_is_its_new_words_in_the_same_conversation(
    postbag: Postbag, posted: Posted, how: str
) -> None:
    first = postbag.first()
    ours = answered(postbag, posted, first.conversation_id, "내일 도착해요.")
    entry = postbag.file(reply(ours, "고마워요!", QUOTED[how], how=how))
    assert (entry.conversation_id, entry.text, entry.author_id) == (first.conversation_id, "고마워요!", first.author_id)
    assert flags_of(entry) == ["quoted"]


def test_it_goes_to_and_fro_as_often_as_they_like(postbag: Postbag, posted: Posted) -> None:
    first = postbag.first()
    for n in range(4):
        ours = answered(postbag, posted, first.conversation_id, f"답 {n}")
        assert str(ours["To"]).endswith(f"<{SHOPPER}>") or str(ours["To"]) == SHOPPER
        postbag.file(reply(ours, f"질문 {n}", QUOTED["gmail"], how="gmail"))
    said = Entry.objects.filter(conversation=first.conversation_id, kind="message").order_by("seq")
    assert [each.text for each in said][1:] == [text for n in range(4) for text in (f"답 {n}", f"질문 {n}")]
    assert len(postbag.conversations()) == 1


def test_what_a_stranger_said_in_it_is_not_quoted_to_the_shopper(postbag: Postbag, posted: Posted) -> None:
    first = postbag.first()
    ours = answered(postbag, posted, first.conversation_id, "내일 도착해요.")
    postbag.file(
        written("Your code is 471129", sender="saas@other.example", refers_to=str(ours["Message-ID"]), subject="Re: ")
    )
    again = answered(postbag, posted, first.conversation_id, "잘 받으셨나요?")
    words = "".join(part.get_content() for part in again.walk() if part.get_content_maintype() == "text")
    assert "달항아리" in words
    assert "471129" not in words
    assert "saas@other.example" not in str(again["To"])


def test_what_began_with_a_form_goes_on_by_mail_in_the_forms_conversation(postbag: Postbag, posted: Posted) -> None:
    asker = ensure_stranger(shop_id=postbag.shop, kind="form", value=SHOPPER, name="김하늘", email=SHOPPER, locale="ko")
    form = Post(postbag.shop, "contact", asker.pk, str(uuid.uuid4()), "달항아리", channel="webform", afresh=True)
    begun = ensure_posted(form)
    ours = answered(postbag, posted, begun.conversation, "내일 도착해요.")
    entry = postbag.file(reply(ours, "고마워요!", QUOTED["gmail"], how="gmail"))
    assert (entry.conversation_id, entry.author_id, entry.text) == (begun.conversation, asker.pk, "고마워요!")
    assert flags_of(entry) == ["quoted"]
