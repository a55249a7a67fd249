"""Each message is stored once, in order, in the right conversation, or refused alone."""

from datetime import timedelta
from typing import Any

import pytest
from tests.people import People

from sonnim.conversations import actions
from sonnim.conversations.models import Attachment, Conversation, Entry
from sonnim.conversations.posting import Ack, ensure_posted
from sonnim.conversations.tests.shop_day import (
    client_id,
    conversation,
    post_of,
    say,
    say_all,
    shopper,
    texts,
    timeline,
)
from sonnim.eventlog.models import Event, Head
from sonnim.kernel import clock
from sonnim.kernel.errors import AttachmentsInvalid, Blocked, Conflict, Forbidden, NotFound


def test_a_repeat_is_answered_with_the_first_acknowledgement(people: People) -> None:
    who, sent = shopper(people), client_id()
    first = say(who, "하나", client_id=sent)
    with clock.moved(timedelta(days=400)):
        again = say(who, "하나", client_id=sent)
    assert (again.id, again.seq, again.at, again.conversation) == (first.id, first.seq, first.at, first.conversation)
    assert (first.repeat, again.repeat) == (False, True)
    assert texts(first.conversation) == ["하나"]


def test_a_repeat_within_one_batch_is_stored_once(people: People) -> None:
    post = post_of(shopper(people))
    first, again = say_all(post, post)
    assert isinstance(first, Ack)
    assert isinstance(again, Ack)
    assert (first.id, again.repeat) == (again.id, True)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("change", [{"text": "둘"}, {"attachments": (5,)}])
def test_the_same_client_id_with_other_content_is_a_conflict(people: People, change: dict[str, Any]) -> None:
    who, sent = shopper(people), client_id()
    say(who, "하나", client_id=sent)
    with pytest.raises(Conflict):
        say(who, client_id=sent, **{"text": "하나", **change})
    assert Entry.objects.count() == 1


def test_two_people_may_use_the_same_client_id(people: People) -> None:
    sent = client_id()
    assert say(shopper(people), client_id=sent).id != say(shopper(people), client_id=sent).id


def test_a_bad_one_in_a_batch_leaves_the_others_and_no_gap(people: People) -> None:
    mine, other = shopper(people), shopper(people)
    foreign = say(other).conversation
    outcomes = say_all(
        post_of(mine, "하나"),
        post_of(mine, "남의 대화로", conversation_id=foreign),
        post_of(mine, "쪽지", kind="note"),
        post_of(mine, "파일", attachments=(999,)),
        post_of(people.agent, "어디로?"),
        post_of(mine, "둘"),
    )
    assert [type(outcome) for outcome in outcomes] == [Ack, NotFound, Forbidden, AttachmentsInvalid, NotFound, Ack]
    [ack, *_, last] = outcomes
    assert isinstance(ack, Ack)
    assert isinstance(last, Ack)
    assert texts(ack.conversation) == ["하나", "둘"]
    assert [entry.seq for entry in timeline(ack.conversation)] == [1, 2]
    positions = list(Event.objects.filter(shop_id=people.shop.pk).order_by("pos").values_list("pos", flat=True))
    assert positions == list(range(1, Head.objects.get(shop_id=people.shop.pk).pos + 1))


def test_a_batch_keeps_the_order_in_which_it_was_given(people: People) -> None:
    who = shopper(people)
    say_all(*(post_of(who, str(number)) for number in range(250)))
    [only] = Conversation.objects.all()
    assert texts(only.pk) == [str(number) for number in range(250)]
    ids = [entry.pk for entry in timeline(only.pk)]
    assert ids == sorted(ids)


def test_a_contact_has_one_running_conversation(people: People) -> None:
    who = shopper(people)
    first = say(who).conversation
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=first, by=people.agent.pk)
    assert say(who, "하나 더요").conversation == first
    assert conversation(first).status == "open"
    events = [entry.data for entry in timeline(first) if entry.kind == "event"]
    assert '"what":"reopened"' in events[-1]
    assert '"by":"contact"' in events[-1]


def test_a_week_after_it_was_settled_a_new_conversation_begins(people: People) -> None:
    who = shopper(people)
    first = say(who).conversation
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=first, by=people.agent.pk)
    with clock.moved(timedelta(days=8)):
        assert say(who).conversation != first
    assert conversation(first).status == "resolved"


def test_a_message_wakes_a_snoozed_conversation(people: People) -> None:
    who = shopper(people)
    first = say(who).conversation
    until = clock.now() + timedelta(days=1)
    actions.snooze_conversation(shop_id=people.shop.pk, conversation_id=first, by=people.agent.pk, until=until)
    say(who, "저기요")
    assert (conversation(first).status, conversation(first).snoozed_until) == ("open", None)
    assert '"what":"unsnoozed"' in timeline(first)[-2].data
    assert '"why":"contact"' in timeline(first)[-2].data


def test_a_note_changes_neither_the_wait_nor_what_the_shopper_sees(people: People) -> None:
    who = shopper(people)
    first = say(who).conversation
    before = conversation(first)
    say(people.agent, "까다로운 손님", kind="note", conversation_id=first)
    after = conversation(first)
    assert (after.waiting_since, after.last_text, after.desk_seen_seq, after.assignee_id) == (
        before.waiting_since, before.last_text, before.desk_seen_seq, None,
    )  # fmt: skip
    event = Event.objects.filter(shop_id=people.shop.pk).order_by("-pos")[0]
    assert event.contact_id is None
    assert "까다로운" not in event.public


def test_an_answer_takes_an_unassigned_conversation_and_says_so(people: People) -> None:
    first = say(shopper(people)).conversation
    say(people.agent, "네", conversation_id=first)
    say(people.lead, "저도", conversation_id=first)
    assert conversation(first).assignee_id == people.agent.pk
    assert [entry.kind for entry in timeline(first)] == ["message", "event", "message", "message"]


def attachment(people: People, owner: tuple[str, int], key: str) -> Attachment:
    return Attachment.objects.create(
        shop=people.shop, owner_kind=owner[0], owner_id=owner[1], key=key, name="cup.png", type="image/png", size=7
    )


def test_a_file_is_taken_once_by_its_owner(people: People) -> None:
    who, other = shopper(people), shopper(people)
    file = attachment(people, ("contact", who.pk), "a")
    with pytest.raises(AttachmentsInvalid):
        say(other, "훔친 파일", attachments=(file.pk,))
    first, second = say_all(post_of(who, "", attachments=(file.pk,)), post_of(who, "또", attachments=(file.pk,)))
    assert isinstance(first, Ack)
    assert isinstance(second, AttachmentsInvalid)
    file.refresh_from_db()
    assert (file.entry_id, file.conversation_id) == (first.id, first.conversation)
    assert conversation(first.conversation).last_text == "cup.png"
    with pytest.raises(AttachmentsInvalid):
        say(who, "다시", attachments=(file.pk,))


def test_a_repeat_with_files_is_a_repeat(people: People) -> None:
    who = shopper(people)
    file = attachment(people, ("contact", who.pk), "a")
    post = post_of(who, "파일", attachments=(file.pk,))
    assert ensure_posted(post).id == ensure_posted(post).id


def test_a_blocked_contact_writes_nothing_and_opens_nothing(people: People) -> None:
    new, old = shopper(people), shopper(people)
    first = say(old).conversation
    for who in (new, old):
        type(who).objects.filter(pk=who.pk).update(blocked=True)
        with pytest.raises(Blocked):
            say(who)
    with pytest.raises(Blocked):
        say(old, conversation_id=first)
    assert Conversation.objects.count() == 1
    assert Entry.objects.count() == 1
