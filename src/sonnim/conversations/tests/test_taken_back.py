"""What was sent a moment ago can be taken back, and the conversation is as if it had not been."""

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from tests.people import People

from sonnim.conversations import actions, queries, reach
from sonnim.conversations.actions.retracting import retract_entry
from sonnim.conversations.models import Attachment, Entry, Mention
from sonnim.conversations.posting import Ack
from sonnim.conversations.tests.shop_day import CHANNEL, conversation, kept_counts, say, shopper, true_counts
from sonnim.eventlog.models import Event
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, NotFound


@pytest.fixture(autouse=True)
def chat(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(reach, "_calling_back", {CHANNEL})
    yield


@pytest.fixture
def asked(people: People) -> Ack:
    return say(shopper(people), "언제 오나요?")


def answer(people: People, at: Ack, text: str = "내일요", **more: Any) -> Ack:
    return say(people.agent, text, conversation_id=at.conversation, **more)


def take_back(people: People, sent: Ack, who: Any = None) -> bool:
    agent = who or people.agent
    return retract_entry(shop_id=agent.shop_id, conversation_id=sent.conversation, seq=sent.seq, agent_id=agent.pk)


def queue_part(identity: int) -> tuple[Any, ...]:
    now = conversation(identity)
    return now.status, now.waiting_since, now.last_text, now.last_by, now.last_at, now.last_agent_id, now.rank


def test_the_shopper_waits_again_since_their_first_unanswered_message(people: People, asked: Ack) -> None:
    with clock.moved(timedelta(seconds=2)):
        say(shopper_of(asked), "급해요", conversation_id=asked.conversation)
    before = queue_part(asked.conversation)
    sent = answer(people, asked)
    assert conversation(asked.conversation).waiting_since is None
    assert take_back(people, sent) is False
    assert queue_part(asked.conversation) == before
    assert kept_counts(people.shop.pk) == true_counts(people.shop.pk)


def shopper_of(asked: Ack) -> Any:
    return conversation(asked.conversation).contact


def test_an_answer_that_was_given_before_still_counts(people: People, asked: Ack) -> None:
    first = answer(people, asked, "확인해 볼게요")
    take_back(people, answer(people, asked, "엉뚱한 답"))
    now = conversation(asked.conversation)
    assert (now.waiting_since, now.last_text, now.last_agent_id) == (None, "확인해 볼게요", people.agent.pk)
    assert first.seq < now.last_seq


def test_the_wording_is_gone_and_the_shopper_never_sees_the_line_again(people: People, asked: Ack) -> None:
    sent = answer(people, asked, "남의 주소입니다")
    take_back(people, sent)
    entry = Entry.objects.get(pk=sent.id)
    assert (entry.text, entry.hidden, entry.public) == ("", "retracted", False)
    seen, _ = queries.entries(conversation_id=asked.conversation, public=True)
    assert sent.id not in [line["id"] for line in seen]
    logged = Event.objects.filter(shop_id=people.shop.pk)
    assert not any("남의 주소입니다" in event.public + event.desk for event in logged)
    told = Event.objects.get(type="entry.retracted")
    assert json.loads(told.public)["drop"] == {"entries": [sent.id]}
    assert told.contact_id == shopper_of(asked).pk


def test_it_is_honest_about_what_was_read(people: People, asked: Ack) -> None:
    sent = answer(people, asked)
    actions.mark_seen(
        shop_id=people.shop.pk, conversation_id=sent.conversation, seq=sent.seq, contact_id=shopper_of(asked).pk
    )
    assert take_back(people, sent) is True


def test_a_note_is_taken_back_without_the_shopper_hearing_of_it(people: People, asked: Ack) -> None:
    before = queue_part(asked.conversation)
    sent = answer(people, asked, "@리드 보세요", kind="note", mentions=(people.lead.pk,))
    assert Mention.objects.filter(agent_id=people.lead.pk).exists()
    take_back(people, sent)
    assert not Mention.objects.exists()
    assert Event.objects.get(type="entry.retracted").contact_id is None
    assert Event.objects.get(type="mention.withdrawn").agent_id == people.lead.pk
    assert queue_part(asked.conversation) == before


def test_its_files_can_be_sent_again(people: People, asked: Ack) -> None:
    file = Attachment.objects.create(
        shop=people.shop, owner_kind="agent", owner_id=people.agent.pk, key=str(uuid.uuid4()), name="invoice.pdf",
        type="application/pdf", size=1,
    )  # fmt: skip
    take_back(people, answer(people, asked, attachments=(file.pk,)))
    again = answer(people, asked, "맞는 곳으로", attachments=(file.pk,))
    assert Attachment.objects.get(pk=file.pk).entry_id == again.id


@pytest.mark.parametrize("after", [timedelta(seconds=16), timedelta(days=2)])
def test_after_a_moment_it_is_too_late(people: People, asked: Ack, after: timedelta) -> None:
    sent = answer(people, asked)
    with clock.moved(after), pytest.raises(Conflict):
        take_back(people, sent)


def test_it_is_for_the_author_alone_and_once(people: People, asked: Ack) -> None:
    sent = answer(people, asked)
    with pytest.raises(Forbidden):
        take_back(people, sent, people.lead)
    with pytest.raises(NotFound):
        take_back(people, sent, people.outsider)
    with pytest.raises(Forbidden):
        take_back(people, asked)
    with pytest.raises(NotFound):
        take_back(people, Ack("", 0, sent.conversation, 99, 0))
    take_back(people, sent)
    with pytest.raises(Conflict):
        take_back(people, sent)


def test_what_has_left_by_a_channel_that_cannot_call_back_stays(
    people: People, asked: Ack, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = answer(people, asked)
    monkeypatch.setattr(reach, "_calling_back", set())
    with pytest.raises(Conflict):
        take_back(people, sent)
    take_back(people, answer(people, asked, "안에서만", kind="note"))


def test_a_retry_of_what_was_taken_back_does_not_bring_it_back(people: People, asked: Ack) -> None:
    sent = answer(people, asked, client_id="6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
    take_back(people, sent)
    again = answer(people, asked, client_id="6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
    assert (again.repeat, again.seq) == (True, sent.seq)
    assert Entry.objects.get(pk=sent.id).text == ""
