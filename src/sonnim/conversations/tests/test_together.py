"""Following, linking, checking off, being named, handing over."""

from typing import Any

import pytest
from tests.people import People

from sonnim.conversations.actions import mentions
from sonnim.conversations.actions.checklist import (
    MAX_ITEMS,
    add_checklist_item,
    change_checklist_item,
    remove_checklist_item,
)
from sonnim.conversations.actions.following import follow_conversation, unfollow_conversation
from sonnim.conversations.actions.linking import link_conversations, unlink_conversations
from sonnim.conversations.actions.transferring import transfer_conversation
from sonnim.conversations.change import Change
from sonnim.conversations.idlists import ids_of
from sonnim.conversations.models import Follower, Link, Mention
from sonnim.conversations.tests.shop_day import conversation, say, shopper, timeline
from sonnim.conversations.together import mentions_of
from sonnim.eventlog import log
from sonnim.eventlog.models import Event
from sonnim.kernel.errors import Invalid, NotFound, TextInvalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def where(people: People) -> int:
    return say(shopper(people)).conversation


def test_who_follows_is_named_with_the_conversation_until_they_let_go(people: People, where: int) -> None:
    for _ in range(2):
        follow_conversation(shop_id=people.shop.pk, conversation_id=where, agent_id=people.lead.pk)
    assert ids_of(conversation(where).follower_ids) == [people.lead.pk]
    assert Follower.objects.count() == 1
    for _ in range(2):
        unfollow_conversation(shop_id=people.shop.pk, conversation_id=where, agent_id=people.lead.pk)
    assert ids_of(conversation(where).follower_ids) == []
    assert Follower.objects.count() == 0


def test_a_link_stands_at_both_ends_and_is_taken_away_at_both(people: People, where: int) -> None:
    other = say(shopper(people)).conversation
    for one, two in ((where, other), (other, where)):
        link_conversations(shop_id=people.shop.pk, conversation_id=one, other_id=two, by=people.agent.pk)
    assert [ids_of(conversation(each).linked_ids) for each in (where, other)] == [[other], [where]]
    assert Link.objects.count() == 1
    unlink_conversations(shop_id=people.shop.pk, conversation_id=other, other_id=where)
    assert [ids_of(conversation(each).linked_ids) for each in (where, other)] == [[], []]
    assert Link.objects.count() == 0


def test_a_conversation_is_not_linked_with_itself_or_with_another_shops(people: People, where: int) -> None:
    shop = people.shop.pk
    with pytest.raises(Invalid):
        link_conversations(shop_id=shop, conversation_id=where, other_id=where, by=people.agent.pk)
    with pytest.raises(NotFound):
        link_conversations(shop_id=shop, conversation_id=where, other_id=10**9, by=people.agent.pk)


def test_a_checklist_keeps_its_order_and_who_did_what(people: People, where: int) -> None:
    here: dict[str, Any] = {"shop_id": people.shop.pk, "conversation_id": where}
    add_checklist_item(**here, by=people.agent.pk, text="  사진   받기 ")
    shown = add_checklist_item(**here, by=people.agent.pk, text="택배사에 전화")
    first, second = shown["items"]
    assert [first["text"], second["text"]] == ["사진 받기", "택배사에 전화"]
    shown = change_checklist_item(**here, item_id=first["id"], by=people.lead.pk, done=True)
    assert [item["done_by_id"] for item in shown["items"]] == [people.lead.pk, None]
    shown = change_checklist_item(**here, item_id=first["id"], by=people.agent.pk, done=True, text="사진 두 장 받기")
    assert (shown["items"][0]["done_by_id"], shown["items"][0]["text"]) == (people.lead.pk, "사진 두 장 받기")
    shown = change_checklist_item(**here, item_id=first["id"], by=people.agent.pk, done=False)
    assert shown["items"][0]["done_at"] is None
    shown = remove_checklist_item(**here, item_id=first["id"])
    assert [item["id"] for item in shown["items"]] == [second["id"]]
    assert conversation(where).v == shown["v"]
    told = "".join(f"{event.public}{event.desk}" for event in Event.objects.all())
    assert "사진" not in told
    assert "택배사에 전화" in told


def test_a_checklist_refuses_what_is_empty_too_long_too_much_or_elsewhere(people: People, where: int) -> None:
    here: dict[str, Any] = {"shop_id": people.shop.pk, "conversation_id": where}
    for text in ("", " ", "가" * 301, "\x00"):
        with pytest.raises(TextInvalid):
            add_checklist_item(**here, by=people.agent.pk, text=text)
    [item] = add_checklist_item(**here, by=people.agent.pk, text="하나")["items"]
    other = say(shopper(people)).conversation
    with pytest.raises(NotFound):
        remove_checklist_item(shop_id=people.shop.pk, conversation_id=other, item_id=item["id"])
    for n in range(MAX_ITEMS - 1):
        add_checklist_item(**here, by=people.agent.pk, text=f"{n}")
    with pytest.raises(Invalid):
        add_checklist_item(**here, by=people.agent.pk, text="더")


def name(people: People, where: int, *agents: int) -> None:
    with log.unit(people.shop.pk) as work, Change(work) as change:
        change.load([where])
        about = change.get(people.shop.pk, where)
        note = change.entry(about, "note", author=("agent", people.agent.pk), text="@")
        change.record(about, "note.created", entries=[note])
        mentions.record(shop_id=people.shop.pk, note=note, by=people.agent.pk, agent_ids=agents)


def test_a_note_calls_those_it_names_and_nobody_else(people: People, where: int) -> None:
    agents = (people.lead, people.lead, people.agent, people.outsider, people.removed)
    name(people, where, *(agent.pk for agent in agents))
    [found] = mentions_of(shop_id=people.shop.pk, agent_id=people.lead.pk)
    assert (found["conversation_id"], found["seq"], found["by_id"], found["seen"]) == (
        where, conversation(where).last_seq, people.agent.pk, False,
    )  # fmt: skip
    assert Mention.objects.count() == 1
    told = Event.objects.filter(type="mention.created").values_list("agent_id", flat=True)
    assert list(told) == [people.lead.pk]


def test_who_looks_has_seen_all_that_called_them_there(people: People, where: int) -> None:
    other = say(shopper(people)).conversation
    for each in (where, where, other):
        name(people, each, people.lead.pk, people.owner.pk)
    for _ in range(2):
        mentions.mark_mentions_seen(shop_id=people.shop.pk, conversation_id=where, agent_id=people.lead.pk)
    seen = {
        each["conversation_id"]: each["seen"] for each in mentions_of(shop_id=people.shop.pk, agent_id=people.lead.pk)
    }
    assert seen == {where: True, other: False}
    assert Event.objects.filter(type="mention.seen").count() == 1
    assert not any(each["seen"] for each in mentions_of(shop_id=people.shop.pk, agent_id=people.owner.pk))


def hand_over(people: People, where: int, note: str, **to: int) -> None:
    transfer_conversation(
        shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk,
        agent_id=to.get("agent_id"), team_id=to.get("team_id"), note=note,
    )  # fmt: skip


def test_who_takes_over_is_told_why(people: People, where: int) -> None:
    hand_over(people, where, "교환을 원하세요", agent_id=people.lead.pk)
    assert conversation(where).assignee_id == people.lead.pk
    assert [(entry.kind, entry.text) for entry in timeline(where)][1:] == [("note", "교환을 원하세요"), ("event", "")]
    assert len(mentions_of(shop_id=people.shop.pk, agent_id=people.lead.pk)) == 1


def test_a_hand_over_that_fails_leaves_no_note(people: People, where: int) -> None:
    with pytest.raises(NotFound):
        hand_over(people, where, "누구?", agent_id=people.outsider.pk)
    assert len(timeline(where)) == 1
    assert Mention.objects.count() == 0


def test_a_hand_over_needs_no_word(people: People, where: int) -> None:
    hand_over(people, where, "  ", agent_id=people.lead.pk)
    assert [entry.kind for entry in timeline(where)] == ["message", "event"]
