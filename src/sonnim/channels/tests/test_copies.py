"""A copy of the conversation for the shopper: to keep, and by mail."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from tests.people import People

from sonnim.contacts.actions import create_visitor, update_contact
from sonnim.conversations import actions
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.conversations.transcript import deliver_transcript
from sonnim.eventlog.models import Outbox


class Talk:
    """A shopper who has been answered."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.contact, token = create_visitor(shop_id=people.shop.pk, locale="ko")
        self.client = Client(headers={"Authorization": f"Visitor {token}"})
        self.conversation = self.say("contact", self.contact.pk, "달항아리 <script>alert(1)</script> 있나요?")

    def say(self, author: str, who: int, text: str, **more: Any) -> int:
        where = getattr(self, "conversation", None)
        post = Post(
            self.people.shop.pk,
            author,
            who,
            f"{author}{text}"[:36],
            text,
            channel="webchat",
            conversation_id=where,
            **more,
        )
        return ensure_posted(post).conversation

    def answer(self, text: str = "네, 있습니다.", **more: Any) -> None:
        self.say("agent", self.people.agent.pk, text, **more)

    def copy(self, **query: str) -> Any:
        return self.client.get("/api/v1/widget/transcript", query)

    def mail(self) -> Any:
        return self.client.post("/api/v1/widget/transcript", {"locale": "ko"}, content_type="application/json")


@pytest.fixture
def talk(people: People, settings: Any) -> Talk:
    settings.EMAIL_HOST = "mail.example"
    return Talk(people)


def test_a_copy_has_what_both_said_and_no_note(talk: Talk) -> None:
    talk.answer("네, 있습니다.")
    talk.answer("단골이에요", kind="note")
    actions.resolve_conversation(
        shop_id=talk.people.shop.pk, conversation_id=talk.conversation, by=talk.people.agent.pk
    )
    answer = talk.copy(locale="ko")
    text = answer.content.decode()
    assert answer.headers["Content-Disposition"] == "attachment"
    assert [text.index(part) for part in ("달항아리", "네, 있습니다.", "(상담 마무리)")] == sorted(
        text.index(part) for part in ("달항아리", "네, 있습니다.", "(상담 마무리)")
    )
    assert "Agent\n네, 있습니다." in text
    assert "단골이에요" not in text


def test_a_page_runs_nothing_and_loads_nothing(talk: Talk) -> None:
    page = talk.copy(format="html", locale="en").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script" not in page
    assert "http" not in page


def test_times_are_the_shoppers_own_where_the_zone_is_known(talk: Talk) -> None:
    texts = {zone: talk.copy(timezone=zone).content for zone in ("Asia/Seoul", "America/New_York", "../etc/passwd", "")}
    assert texts["Asia/Seoul"] != texts["America/New_York"]
    assert texts["../etc/passwd"] == texts[""]  # the shop's zone here is UTC


def test_before_anything_was_written_there_is_no_copy(people: People) -> None:
    _, token = create_visitor(shop_id=people.shop.pk, locale="ko")
    answer = Client(headers={"Authorization": f"Visitor {token}"}).get("/api/v1/widget/transcript")
    assert answer.status_code == 404


def test_a_mail_goes_to_the_shoppers_own_address_through_the_outbox(talk: Talk) -> None:
    talk.answer()
    update_contact(shop_id=talk.people.shop.pk, contact_id=talk.contact.pk, changes={"email": "jiwoo@example.test"})
    assert talk.mail().status_code == 202
    row = Outbox.objects.get(kind="transcript")
    deliver_transcript(row.payload)
    [sent] = mail.outbox
    assert sent.to == ["jiwoo@example.test"]
    assert "Ongi" in sent.subject
    assert "네, 있습니다." in str(sent.body)
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated", "no machine shall answer it"


def test_the_shop_sends_nobody_what_it_has_not_answered(talk: Talk) -> None:
    update_contact(shop_id=talk.people.shop.pk, contact_id=talk.contact.pk, changes={"email": "victim@example.test"})
    assert talk.mail().status_code == 409
    assert not Outbox.objects.filter(kind="transcript").exists()


def test_without_an_address_or_a_mail_server_there_is_no_mail(talk: Talk, settings: Any) -> None:
    talk.answer()
    assert talk.mail().status_code == 422
    update_contact(shop_id=talk.people.shop.pk, contact_id=talk.contact.pk, changes={"email": "jiwoo@example.test"})
    settings.EMAIL_HOST = ""
    assert talk.mail().status_code == 409


def test_mails_are_few(talk: Talk) -> None:
    talk.answer()
    update_contact(shop_id=talk.people.shop.pk, contact_id=talk.contact.pk, changes={"email": "jiwoo@example.test"})
    assert [talk.mail().status_code for _ in range(3)] == [202, 202, 429]


def test_a_shopper_without_an_address_by_then_gets_none(talk: Talk) -> None:
    talk.answer()
    payload = {"shop_id": talk.people.shop.pk, "contact_id": talk.contact.pk, "locale": "ko", "timezone": ""}
    deliver_transcript(payload)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("ko", "상호 온기 <주> · 대표 김온기 · 사업자등록번호 120-81-47521"),
        ("zh", "经营主体：온기 <주> · 负责人：김온기 · 注册号：120-81-47521"),
        ("en", "온기 <주> · represented by 김온기 · registration number 120-81-47521"),
    ],
)
def test_a_copy_says_at_its_foot_who_answers_for_the_shop(talk: Talk, locale: str, told: str) -> None:
    talk.answer()
    shop = talk.people.shop
    shop.business = {"registration": "120-81-47521", "name": "온기\n<주>", "representative": "김온기"}
    shop.save()
    assert talk.copy(format="text", locale=locale).content.decode().endswith(f"—\n{told}\n")
    page = talk.copy(format="html", locale=locale).content.decode()
    assert told.replace("<", "&lt;").replace(">", "&gt;") in page


def test_a_shop_that_has_told_nothing_of_itself_has_no_foot(talk: Talk) -> None:
    talk.answer()
    assert "<hr>" not in talk.copy(format="html").content.decode()
