"""Two conversations of one shopper become one, and nothing that anybody sends gets lost on the way."""

from datetime import timedelta
from typing import NamedTuple

import pytest
from tests.people import People

from sonnim.accounts.models import Agent
from sonnim.contacts.models import Contact
from sonnim.conversations.actions import assign_conversation, mark_seen, resolve_conversation
from sonnim.conversations.actions.merging import merge_conversations, unmerge_conversation
from sonnim.conversations.models import Entry
from sonnim.conversations.talks import talk_entries, talk_of
from sonnim.conversations.tests.shop_day import (
    client_id,
    conversation,
    kept_counts,
    post_of,
    say,
    say_all,
    shopper,
    texts,
    timeline,
    true_counts,
)
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound

pytestmark = pytest.mark.django_db


class Pair(NamedTuple):
    people: People
    contact: Contact
    old: int
    new: int

    def merge(self, source: int, into: int) -> None:
        merge_conversations(shop_id=self.people.shop.pk, conversation_id=source, into_id=into, by=self.people.agent.pk)

    def unmerge(self, source: int) -> None:
        unmerge_conversation(shop_id=self.people.shop.pk, conversation_id=source, by=self.people.agent.pk)

    def answer(self, where: int, text: str = "네") -> None:
        say(self.people.agent, text, conversation_id=where)

    def seen_by_shopper(self) -> list[str]:
        talk = talk_of(shop_id=self.people.shop.pk, contact_id=self.contact.pk)
        assert talk is not None
        return [entry["text"] for entry in talk_entries(ids=talk.ids)[0] if entry["kind"] == "message"]

    def current(self) -> int:
        talk = talk_of(shop_id=self.people.shop.pk, contact_id=self.contact.pk)
        assert talk is not None
        return talk.current.id


@pytest.fixture
def pair(people: People) -> Pair:
    """An old conversation that was settled, and a new one of the same shopper, who waits in it."""
    contact = shopper(people)
    old = say(contact, "지난번 주문은요?").conversation
    say(people.agent, "보냈어요", conversation_id=old)
    resolve_conversation(shop_id=people.shop.pk, conversation_id=old, by=people.agent.pk)
    with clock.moved(timedelta(days=8)):
        new = say(contact, "아직 안 왔어요").conversation
    assert old != new
    return Pair(people, contact, old, new)


def test_the_shoppers_next_message_goes_into_the_one_that_is_left(pair: Pair) -> None:
    pair.merge(pair.new, pair.old)
    assert say(pair.contact, "그래서요?").conversation == pair.old
    assert conversation(pair.new).status == "merged"
    assert texts(pair.new) == ["아직 안 왔어요"]
    assert texts(pair.old)[-1] == "그래서요?"


def test_a_message_that_names_the_merged_one_arrives_in_the_other_and_is_known_there_when_it_is_sent_again(
    pair: Pair,
) -> None:
    late = post_of(pair.people.agent, "곧 갑니다", client_id=client_id(), conversation_id=pair.new)
    pair.merge(pair.new, pair.old)
    [first] = say_all(late)
    [again] = say_all(late)
    assert (first.conversation, first.repeat, again.repeat) == (pair.old, False, True)  # type: ignore[union-attr]
    assert again.id == first.id  # type: ignore[union-attr]
    assert texts(pair.old).count("곧 갑니다") == 1


def test_what_was_acknowledged_before_the_merge_is_acknowledged_the_same_after_it(pair: Pair) -> None:
    sent = post_of(pair.contact, "한 번만", client_id=client_id())
    [first] = say_all(sent)
    pair.merge(pair.new, pair.old)
    [again] = say_all(sent)
    assert (again.id, again.seq, again.repeat) == (first.id, first.seq, True)  # type: ignore[union-attr]


def test_who_waits_goes_on_waiting_where_it_was_merged_into(pair: Pair) -> None:
    since = conversation(pair.new).waiting_since
    pair.merge(pair.new, pair.old)
    found = conversation(pair.old)
    assert (found.status, found.waiting_since) == ("open", since)
    assert kept_counts(pair.people.shop.pk)["waiting"] == 1
    counted = {key: n for key, n in kept_counts(pair.people.shop.pk).items() if key in true_counts(pair.people.shop.pk)}
    assert counted == true_counts(pair.people.shop.pk)


def test_the_shopper_sees_one_talk_before_and_after(pair: Pair) -> None:
    pair.merge(pair.new, pair.old)
    pair.answer(pair.old, "알아볼게요")
    said = ["지난번 주문은요?", "보냈어요", "아직 안 왔어요", "알아볼게요"]
    assert pair.seen_by_shopper() == said
    assert pair.current() == pair.old
    pair.unmerge(pair.new)
    assert pair.seen_by_shopper() == said


def test_the_talk_can_be_read_page_by_page_over_both(pair: Pair) -> None:
    pair.merge(pair.new, pair.old)
    talk = talk_of(shop_id=pair.people.shop.pk, contact_id=pair.contact.pk)
    assert talk is not None
    read: list[str] = []
    before = None
    while True:
        page, before = talk_entries(ids=talk.ids, before=before, limit=1)
        read = [entry["text"] for entry in page if entry["kind"] == "message"] + read
        if before is None:
            break
    assert read == ["지난번 주문은요?", "보냈어요", "아직 안 왔어요"]


def test_a_line_in_the_other_tells_of_it(pair: Pair) -> None:
    pair.merge(pair.new, pair.old)
    told = [entry.data for entry in timeline(pair.old) if entry.kind == "event"][-1]
    assert f'"conversation_id":{pair.new}' in told and '"what":"merged"' in told and '"count":1' in told


def test_taking_it_apart_gives_both_back_as_they_were(pair: Pair) -> None:
    before = [_standing(pair.old), _standing(pair.new)]
    pair.merge(pair.new, pair.old)
    pair.unmerge(pair.new)
    assert [_standing(pair.old), _standing(pair.new)] == before
    assert say(pair.contact, "여기요").conversation == pair.new


def _standing(identity: int) -> tuple[object, ...]:
    found = conversation(identity)
    return found.status, found.waiting_since, found.assignee_id, found.rank, found.merged_into_id


def test_whoever_was_answered_in_the_meantime_does_not_wait_again(pair: Pair) -> None:
    with clock.moved(timedelta(days=9)):
        pair.merge(pair.new, pair.old)
        pair.answer(pair.old)
        pair.unmerge(pair.new)
        assert conversation(pair.new).waiting_since is None
        assert conversation(pair.old).status == "open"
        assert pair.current() == pair.old, "the desk spoke there last"
        assert say(pair.contact, "고마워요").conversation == pair.old


def test_merging_twice_leads_on_to_the_last(pair: Pair) -> None:
    with clock.moved(timedelta(days=16)):
        resolve_conversation(shop_id=pair.people.shop.pk, conversation_id=pair.new, by=pair.people.agent.pk)
    with clock.moved(timedelta(days=30)):
        third = say(pair.contact, "세 번째").conversation
        pair.merge(third, pair.new)
        pair.merge(pair.new, pair.old)
        assert say(pair.contact, "어디로 가나요").conversation == pair.old
        assert pair.seen_by_shopper()[-2:] == ["세 번째", "어디로 가나요"]


def test_what_was_merged_is_not_assigned_or_settled_any_more_but_may_be_read(pair: Pair) -> None:
    pair.merge(pair.new, pair.old)
    shop = pair.people.shop.pk
    with pytest.raises(Conflict):
        assign_conversation(shop_id=shop, conversation_id=pair.new, by=pair.people.agent.pk, agent_id=None)
    with pytest.raises(Conflict):
        resolve_conversation(shop_id=shop, conversation_id=pair.new, by=pair.people.agent.pk)
    with pytest.raises(Conflict):
        pair.merge(pair.new, pair.old)
    mark_seen(shop_id=shop, conversation_id=pair.new, seq=1, contact_id=pair.contact.pk)
    assert conversation(pair.new).contact_seen_seq == 1


def test_conversations_of_different_shoppers_are_not_merged(pair: Pair) -> None:
    other = say(shopper(pair.people), "저는 다른 사람").conversation
    with pytest.raises(Conflict):
        pair.merge(other, pair.new)
    with pytest.raises(Invalid):
        pair.merge(pair.new, pair.new)
    with pytest.raises(NotFound):
        pair.merge(pair.new, 10**9)
    pair.unmerge(pair.new)
    assert not Entry.objects.filter(data__contains='"merged"').exists()


def test_what_is_taken_apart_does_not_wait_for_somebody_who_has_left(pair: Pair) -> None:
    people = pair.people
    assign_conversation(
        shop_id=people.shop.pk, conversation_id=pair.new, by=people.owner.pk, agent_id=people.lead.pk, team_id=None
    )
    pair.merge(pair.new, pair.old)
    Agent.objects.filter(pk=people.lead.pk).update(removed_at=clock.now())
    pair.unmerge(pair.new)
    found = conversation(pair.new)
    assert (found.status, found.assignee_id) == ("open", None)
    assert found.waiting_since is not None
