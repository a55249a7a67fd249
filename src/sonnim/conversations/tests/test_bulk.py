"""Many conversations at once: done to those it fits, told of, undone where nobody has gone on; and their table."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from tests.people import People

from sonnim.accounts.models import Agent, AuditEntry, Shop
from sonnim.contacts.actions.tags import create_tag, remove_tag
from sonnim.contacts.models import Contact
from sonnim.conversations import actions, bulk, queues
from sonnim.conversations.actions import bulk as bulk_actions
from sonnim.conversations.actions.bulk import begin_bulk, undo_bulk
from sonnim.conversations.actions.exporting import export_conversations
from sonnim.conversations.bulk import BulkObject, Deed
from sonnim.conversations.export import cell
from sonnim.conversations.models import BulkAction, ConversationTag
from sonnim.conversations.tests.shop_day import conversation, kept_counts, say, shopper, timeline, true_counts
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, Invalid, NotFound


def do(people: People, deed: Deed, ids: list[int]) -> BulkObject:
    return begin_bulk(shop_id=people.shop.pk, by=people.agent.pk, deed=deed, conversation_ids=ids)


def undo(people: People, made: BulkObject) -> BulkObject:
    return undo_bulk(actor=people.actor(people.agent), bulk_id=made["id"])


@pytest.fixture
def three(people: People) -> list[int]:
    return [say(shopper(people)).conversation for _ in range(3)]


def states(ids: list[int]) -> list[tuple[Any, ...]]:
    found = [conversation(each) for each in ids]
    return [
        (each.status, each.assignee_id, each.team_id, each.waiting_since, each.rank, each.tag_ids, each.priority)
        for each in found
    ]


def test_each_deed_is_undone_to_what_was_before(people: People, three: list[int]) -> None:
    before = states(three)
    tag = create_tag(actor=people.actor(people.owner), name="refund")["id"]
    deeds = [
        Deed("assign", agent_id=people.lead.pk),
        Deed("tag", add=(tag,)),
        Deed("resolve"),
        Deed("snooze", until=clock.now() + timedelta(hours=3)),
        Deed("spam"),
        Deed("priority", priority=3),
    ]
    for deed in deeds:
        made = do(people, deed, three)
        assert (made["total"], made["done"], made["changed"]) == (3, 3, 3)
        assert states(three) != before
        assert undo(people, made)["undone"]
        after = states(three)
        if deed.what == "resolve":  # settling counts as the last thing that happened
            after = [(*each[:4], was[4], *each[5:]) for each, was in zip(after, before, strict=True)]
        assert after == before, deed.what
        assert kept_counts(people.shop.pk) == true_counts(people.shop.pk)
    assert not ConversationTag.objects.exists()


def test_what_has_gone_on_since_is_left_alone(people: People, three: list[int]) -> None:
    made = do(people, Deed("resolve"), three)
    actions.reopen_conversation(shop_id=people.shop.pk, conversation_id=three[0], by=people.lead.pk)
    actions.mark_spam(shop_id=people.shop.pk, conversation_id=three[0], by=people.lead.pk)
    undo(people, made)
    assert [conversation(each).status for each in three] == ["spam", "open", "open"]


def test_what_a_shopper_wrote_meanwhile_waits_after_an_undo(people: People) -> None:
    who = shopper(people)
    about = say(who).conversation
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=about, by=people.agent.pk)
    made = do(people, Deed("spam"), [about])
    with clock.moved(timedelta(seconds=5)):
        assert say(who, "아직 안 됐어요").conversation == about
        undo(people, made)
    there = conversation(about)
    assert (there.status, there.waiting_since) == ("open", there.last_at)
    assert kept_counts(people.shop.pk) == true_counts(people.shop.pk)


def test_who_was_answered_meanwhile_does_not_wait_after_an_undo(people: People, three: list[int]) -> None:
    made = do(people, Deed("snooze", until=clock.now() + timedelta(hours=3)), three[:1])
    with clock.moved(timedelta(seconds=5)):
        say(people.agent, "Here you are.", conversation_id=three[0])
        undo(people, made)
    assert (conversation(three[0]).status, conversation(three[0]).waiting_since) == ("open", None)


def test_an_undo_gives_nothing_to_whom_is_no_more(people: People, three: list[int]) -> None:
    here: dict[str, Any] = {"shop_id": people.shop.pk, "by": people.owner.pk}
    actions.assign_conversation(**here, conversation_id=three[0], agent_id=people.lead.pk, team_id=None)
    given = do(people, Deed("assign", agent_id=people.agent.pk), three[:1])
    actions.assign_conversation(**here, conversation_id=three[1], agent_id=people.lead.pk, team_id=None)
    settled = do(people, Deed("resolve"), three[1:2])
    Agent.objects.filter(pk=people.lead.pk).update(removed_at=clock.now())
    undo(people, given)
    undo(people, settled)
    assert [conversation(each).assignee_id for each in three] == [None, None, None]
    page = queues.queue_page(shop_id=people.shop.pk, agent_id=people.agent.pk, queue="waiting")
    assert sorted(state.id for state in page.states) == three


def test_a_deed_passes_over_what_it_does_not_fit(people: People, three: list[int]) -> None:
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=three[0], by=people.agent.pk)
    other = say(Contact.objects.create(shop=people.other_shop, locale="en")).conversation
    made = do(people, Deed("snooze", until=clock.now() + timedelta(hours=1)), [*three, other, 10**9])
    assert (made["total"], made["changed"]) == (5, 2)
    assert conversation(other).status == "open"


def test_batches_tell_how_far_they_are(people: People, three: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk_actions, "BATCH", 2)
    done: list[int] = []
    publish = bulk_actions._publish

    def noted(work: Any, each: BulkAction) -> None:
        done.append(each.done)
        publish(work, each)

    monkeypatch.setattr(bulk_actions, "_publish", noted)
    do(people, Deed("resolve"), three)
    assert done == [2, 3]


def test_too_many_or_none_are_refused(people: People, three: list[int]) -> None:
    for ids in ([], list(range(1, bulk.MOST + 2))):
        with pytest.raises(Invalid):
            do(people, Deed("resolve"), ids)
    with pytest.raises(NotFound):
        do(people, Deed("assign", agent_id=people.outsider.pk), three)
    with pytest.raises(NotFound):
        do(people, Deed("tag", add=(10**9,)), three)
    with pytest.raises(Invalid):
        do(people, Deed("snooze", until=clock.now() - timedelta(hours=1)), three)


def test_undo_is_once_soon_and_for_those_who_may(people: People, three: list[int]) -> None:
    made = do(people, Deed("resolve"), three)
    with pytest.raises(NotFound):
        undo_bulk(actor=people.actor(people.outsider), bulk_id=made["id"])
    Shop.objects.update(role_permissions={"agent": {"conversation.resolve": False}})
    people.agent.refresh_from_db()
    with pytest.raises(Forbidden):
        undo(people, made)
    Shop.objects.update(role_permissions={})
    people.agent.refresh_from_db()
    with clock.moved(timedelta(hours=1)), pytest.raises(Conflict):
        undo(people, made)
    undo(people, made)
    with pytest.raises(Conflict):
        undo(people, made)
    assert BulkAction.objects.get().undone_at is not None


def test_a_conversation_keeps_its_tags_in_order_and_tells_of_them(people: People, three: list[int]) -> None:
    owner = people.actor(people.owner)
    one, other = (create_tag(actor=owner, name=name)["id"] for name in ("a", "b"))
    here: dict[str, Any] = {"shop_id": people.shop.pk, "conversation_id": three[0], "by": people.agent.pk}
    actions.tag_conversation(**here, add=[other, one, other], remove=[])
    assert conversation(three[0]).tag_ids == f"[{other},{one}]"
    actions.tag_conversation(**here, add=[one], remove=[other])
    assert conversation(three[0]).tag_ids == f"[{one}]"
    assert "tagged" in timeline(three[0])[-1].data
    lines = len(timeline(three[0]))
    actions.tag_conversation(**here, add=[one], remove=[other])
    assert len(timeline(three[0])) == lines
    remove_tag(actor=owner, tag_id=other)
    with pytest.raises(NotFound):
        actions.tag_conversation(**here, add=[other], remove=[])
    with pytest.raises(Conflict):
        create_tag(actor=owner, name=" a ")


def test_spam_waits_for_nobody_until_it_is_none(people: People) -> None:
    who = shopper(people)
    about = say(who).conversation
    here: dict[str, Any] = {"shop_id": people.shop.pk, "conversation_id": about, "by": people.agent.pk}
    actions.mark_spam(**here)
    assert say(who, "다시 스팸").conversation == about
    assert (conversation(about).status, conversation(about).waiting_since) == ("spam", None)
    assert kept_counts(people.shop.pk) == {"spam": 1}
    actions.unmark_spam(**here)
    assert conversation(about).waiting_since == conversation(about).last_at
    page = queues.queue_page(shop_id=people.shop.pk, agent_id=people.agent.pk, queue="waiting")
    assert [state.id for state in page.states] == [about]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1+1", "@x", "\t=1", " =1", "\r=1", "＝1", "\u3000=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell("값 = 3") == "값 = 3"


def test_the_table_holds_the_list_and_the_audit_log_knows(people: People, three: list[int]) -> None:
    Contact.objects.update(name="=HYPERLINK(1)")
    lines = bulk.in_queue(shop_id=people.shop.pk, agent_id=people.lead.pk, queue="all")
    table = "".join(
        export_conversations(actor=people.actor(people.lead), lines=lines, queue="all", view=None, filter=None)
    )
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [int(row["id"]) for row in rows] == three
    assert {row["contact_name"] for row in rows} == {"'=HYPERLINK(1)"}
    assert AuditEntry.objects.get(action="conversation.exported").target == "queue:all"
