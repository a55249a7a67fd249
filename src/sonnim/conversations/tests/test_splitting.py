"""A second matter gets a conversation of its own, and the shopper notices nothing."""

import pytest
from tests.people import People

from sonnim.conversations.actions import resolve_conversation
from sonnim.conversations.actions.splitting import split_conversation
from sonnim.conversations.idlists import ids_of
from sonnim.conversations.talks import talk_entries, talk_of
from sonnim.conversations.tests.shop_day import conversation, kept_counts, say, shopper, texts, timeline, true_counts
from sonnim.kernel.errors import Invalid

pytestmark = pytest.mark.django_db


def split(people: People, where: int, seq: int) -> int:
    return split_conversation(shop_id=people.shop.pk, conversation_id=where, from_seq=seq, by=people.agent.pk)


def test_each_part_waits_since_its_own_first_unanswered_message(people: People) -> None:
    contact = shopper(people)
    first = say(contact, "그릇이 깨졌어요")
    second = say(contact, "그리고 컵도 사고 싶어요")
    begun = split(people, first.conversation, second.seq)
    was, new = conversation(first.conversation), conversation(begun)
    assert [entry.at for entry in timeline(was.pk) if entry.seq in (1, 2)] == [was.waiting_since, new.waiting_since]
    assert (new.last_text, new.contact_id, new.split_from_id) == ("그리고 컵도 사고 싶어요", contact.pk, was.pk)
    assert ids_of(was.linked_ids) == [begun] and ids_of(new.linked_ids) == [was.pk]
    counted = {key: n for key, n in kept_counts(people.shop.pk).items() if key in true_counts(people.shop.pk)}
    assert counted == true_counts(people.shop.pk)


def test_what_was_answered_waits_in_neither_part(people: People) -> None:
    contact = shopper(people)
    where = say(contact, "하나").conversation
    second = say(contact, "둘")
    say(people.agent, "둘 다 볼게요", conversation_id=where)
    begun = split(people, where, second.seq)
    assert (conversation(where).waiting_since, conversation(begun).waiting_since) == (None, None)
    assert conversation(begun).assignee_id == people.agent.pk


def test_the_words_stay_where_they_were_said_and_the_new_one_tells_which_they_are(people: People) -> None:
    contact = shopper(people)
    where = say(contact, "하나").conversation
    second = say(contact, "둘")
    begun = split(people, where, second.seq)
    assert texts(where) == ["하나", "둘"]
    [told] = timeline(begun)
    assert '"what":"split_from"' in told.data and f'"from_seq":{second.seq},"to_seq":{second.seq}' in told.data


def test_the_shoppers_next_message_goes_where_the_desk_spoke_last(people: People) -> None:
    contact = shopper(people)
    where = say(contact, "하나").conversation
    begun = split(people, where, say(contact, "둘").seq)
    assert say(contact, "셋").conversation == where, "nobody has spoken in the new one yet"
    say(people.agent, "새 대화에서요", conversation_id=begun)
    assert say(contact, "넷").conversation == begun
    say(people.agent, "여기서도요", conversation_id=where)
    assert say(contact, "다섯").conversation == where
    resolve_conversation(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk)
    assert say(contact, "여섯").conversation == begun, "what is settled is not asked while something is open"


def test_the_shopper_sees_one_talk_in_the_order_in_which_it_was_said(people: People) -> None:
    contact = shopper(people)
    where = say(contact, "하나").conversation
    begun = split(people, where, say(contact, "둘").seq)
    say(people.agent, "셋", conversation_id=begun)
    say(people.agent, "넷", conversation_id=where)
    talk = talk_of(shop_id=people.shop.pk, contact_id=contact.pk)
    assert talk is not None
    said = [entry["text"] for entry in talk_entries(ids=talk.ids)[0]]
    assert said == ["하나", "둘", "셋", "넷"]
    assert {state.id for state in talk.conversations} == {where, begun}


@pytest.mark.parametrize("seq", [1, 99])
def test_a_split_takes_something_and_leaves_something(people: People, seq: int) -> None:
    where = say(shopper(people), "하나").conversation
    with pytest.raises(Invalid):
        split(people, where, seq)
