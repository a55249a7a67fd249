"""What people said in events, and in what was taken back, can be erased like any message."""

import json
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import AuditEntry
from sonnim.contacts.models import Contact
from sonnim.conversations.actions import questions, resolve_conversation
from sonnim.conversations.actions.checklist import add_checklist_item, change_checklist_item, erase_checklist_item
from sonnim.conversations.actions.retracting import retract_entry
from sonnim.conversations.actions.settled import record_solved
from sonnim.conversations.models import Entry, Question
from sonnim.conversations.posting import Ack
from sonnim.conversations.tests.test_wording import SECRET, WORD, edit, everything_in_the_database, redact, say
from sonnim.eventlog.models import Event
from sonnim.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopper(people: People) -> Contact:
    return Contact.objects.create(shop=people.shop, locale="ko", name="손님")


def test_what_was_asked_answered_and_said_of_a_settled_conversation_can_be_redacted(
    people: People, shopper: Contact
) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    where: dict[str, Any] = {"shop_id": people.shop.pk, "conversation_id": there}
    asked = questions.ask_decider(**where, by=people.agent.pk, text=f"asked {SECRET}", to_role="lead")
    questions.answer_question(
        shop_id=people.shop.pk, question_id=asked["id"], by=people.lead.pk, role="lead", text=f"answered {SECRET}"
    )
    resolve_conversation(**where, by=people.agent.pk)
    record_solved(**where, contact_id=shopper.pk, solved=True, words=f"said {SECRET}")
    spoken = list(Entry.objects.filter(conversation_id=there, kind="event").exclude(text="").order_by("seq"))
    assert len(spoken) == 3
    for entry in spoken:
        redact(people, Ack("", entry.pk, there, entry.seq, 0))
    assert WORD not in everything_in_the_database()
    assert [Entry.objects.get(pk=each.pk).hidden for each in spoken] == ["redacted"] * 3
    kept = json.loads(Entry.objects.get(pk=spoken[0].pk).data)
    assert (kept["what"], kept["hidden_by"]) == ("asked", people.lead.pk)
    question = Question.objects.get(pk=asked["id"])
    assert (question.text, question.answer, question.answered_by_id) == ("", "", people.lead.pk)
    told = Event.objects.filter(type="entry.redacted").order_by("-pos")[1]
    assert json.loads(told.desk)["put"]["questions"][str(asked["id"])]["answer"] == ""


def test_an_event_without_words_has_nothing_to_redact(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    resolve_conversation(shop_id=people.shop.pk, conversation_id=there, by=people.agent.pk)
    event = Entry.objects.get(conversation_id=there, kind="event")
    with pytest.raises(NotFound):
        redact(people, Ack("", event.pk, there, event.seq, 0))


def test_an_item_of_a_checklist_is_erased_with_all_that_it_said(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    where: dict[str, Any] = {"shop_id": people.shop.pk, "conversation_id": there, "by": people.agent.pk}
    add_checklist_item(**where, text="사진 받기")
    item = add_checklist_item(**where, text=f"call {SECRET}")["items"][1]["id"]
    change_checklist_item(**where, item_id=item, text=f"call again {SECRET}")
    left = erase_checklist_item(actor=people.actor(people.lead), conversation_id=there, item_id=item, reason="a card")
    assert [each["text"] for each in left["items"]] == ["사진 받기"]
    assert WORD not in everything_in_the_database()
    assert "사진 받기" in everything_in_the_database()
    assert AuditEntry.objects.filter(action="conversation.redacted").count() == 1


def test_what_is_taken_back_leaves_none_of_its_wordings(people: People, shopper: Contact) -> None:
    there = say(people, "안녕하세요", by=shopper).conversation
    ack = say(people, f"first {SECRET}", to=there)
    edit(people, ack, f"second {SECRET}")
    edit(people, ack, "third")
    retract_entry(shop_id=people.shop.pk, conversation_id=there, seq=ack.seq, agent_id=people.agent.pk)
    assert WORD not in everything_in_the_database()
