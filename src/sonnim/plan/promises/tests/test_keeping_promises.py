"""A promise beside a conversation: made of a message or by hand, given another time, kept, dropped, taken up again."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.people import People

from sonnim.contacts.models import Contact
from sonnim.conversations import reach
from sonnim.conversations.actions import assign_conversation
from sonnim.conversations.actions.merging import merge_conversations, unmerge_conversation
from sonnim.conversations.actions.retracting import retract_entry
from sonnim.conversations.actions.splitting import split_conversation
from sonnim.conversations.actions.wording import redact_entry
from sonnim.conversations.changing import changing
from sonnim.conversations.tests.shop_day import CHANNEL, conversation, say, shopper, timeline
from sonnim.eventlog.models import Event
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound, TextInvalid
from sonnim.plan.promises import actions, queries
from sonnim.plan.promises.actions import keeping
from sonnim.plan.promises.shapes import PromiseObject

pytestmark = pytest.mark.django_db
SAID = "확인 후 두 시간 안에 연락드리겠습니다."


@pytest.fixture
def where(people: People) -> int:
    return say(shopper(people), "교환이 될까요?").conversation


def due(**ahead: float) -> datetime:
    return clock.now() + timedelta(**(ahead or {"hours": 2}))


def make(people: People, where: int, **more: Any) -> PromiseObject:
    wanted = {"act": "call", "due_at": due(), **more}
    return actions.make_promise(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk, **wanted)


def told(where: int) -> list[str]:
    return [each.data for each in timeline(where) if each.kind == "event" and '"what":"promise"' in each.data]


def test_what_a_message_promises_is_offered_and_kept_with_one_step(people: People, where: int) -> None:
    seq = say(people.agent, SAID, conversation_id=where).seq
    shop = people.shop.pk
    [found] = queries.found_in(shop_id=shop, conversation_id=where, seq=seq)["found"]
    assert (found["act"], found["how"]) == ("answer", "in 120 minutes")
    assert found["proposed_at"] == found["due_at"]
    assert SAID[found["start"] : found["end"]] == SAID
    kept: dict[str, Any] = {"act": found["act"], "due_at": found["proposed_at"]}
    made = actions.make_promise_of(shop_id=shop, conversation_id=where, seq=seq, by=people.agent.pk, **kept)
    again = actions.make_promise_of(shop_id=shop, conversation_id=where, seq=seq, by=people.agent.pk, **kept)
    assert again == made
    assert queries.found_in(shop_id=shop, conversation_id=where, seq=seq)["made"] == [made]
    assert (made["agent_id"], made["said_in_id"], made["said_seq"]) == (people.agent.pk, where, seq)
    assert queries.open_promises(shop_id=shop) == [made]
    assert len(told(where)) == 1


def test_what_was_promised_in_a_call_can_be_kept_of_the_note_about_it(people: People, where: int) -> None:
    seq = say(people.agent, "통화함. 내일 오전까지 다시 연락드리겠습니다.", conversation_id=where, kind="note").seq
    [found] = queries.found_in(shop_id=people.shop.pk, conversation_id=where, seq=seq)["found"]
    assert found["how"] == "tomorrow:morning"


def test_what_is_promised_for_no_time_gets_one_proposed(people: People, where: int) -> None:
    seq = say(people.agent, "메일로 보내드릴게요.", conversation_id=where).seq
    [found] = queries.found_in(shop_id=people.shop.pk, conversation_id=where, seq=seq)["found"]
    assert found["due_at"] is None
    assert found["proposed_at"] > clock.now() + timedelta(minutes=30)


def test_a_shoppers_message_an_event_and_a_redacted_one_promise_nothing(people: People, where: int) -> None:
    event = say(people.agent, "네.", conversation_id=where).seq - 1
    redacted = say(people.agent, SAID, conversation_id=where).seq
    redact_entry(actor=people.actor(people.owner), conversation_id=where, seq=redacted, reason="카드 번호")
    for seq in (1, event, 99, 2**40):
        with pytest.raises(NotFound):
            queries.found_in(shop_id=people.shop.pk, conversation_id=where, seq=seq)
    assert queries.found_in(shop_id=people.shop.pk, conversation_id=where, seq=redacted)["found"] == []
    for seq in (1, event, redacted, 2**40):
        with pytest.raises(NotFound):
            actions.make_promise_of(
                shop_id=people.shop.pk, conversation_id=where, seq=seq, by=people.agent.pk, act="call", due_at=due()
            )


def test_another_time_begins_the_waiting_anew(people: People, where: int) -> None:
    made = make(people, where, due_at=due(minutes=10))
    with clock.moved(timedelta(minutes=11)):
        actions.strike_due_promises()
        late = queries.open_promises(shop_id=people.shop.pk)[0]
        assert late["stage"] == "overdue"
        changed = actions.change_promise(
            shop_id=people.shop.pk, promise_id=made["id"], by=people.agent.pk, due_at=due(hours=1), note="새 시간"
        )
        assert (changed["stage"], changed["note"]) == (None, "새 시간")
        assert actions.strike_due_promises() == 0
    assert changed["v"] > late["v"] > made["v"]


def test_kept_is_kept_until_it_is_taken_up_again(people: People, where: int) -> None:
    shop, by = people.shop.pk, people.agent.pk
    made = make(people, where)
    kept = actions.keep_promise(shop_id=shop, promise_id=made["id"], by=by)
    assert kept["kept_at"] is not None
    assert queries.open_promises(shop_id=shop) == []
    with pytest.raises(Conflict):
        actions.keep_promise(shop_id=shop, promise_id=made["id"], by=by)
    with pytest.raises(Conflict):
        actions.change_promise(shop_id=shop, promise_id=made["id"], by=by, due_at=due(hours=5))
    reopened = actions.reopen_promise(shop_id=shop, promise_id=made["id"], by=by)
    assert (reopened["kept_at"], reopened["closed_by_id"]) == (None, None)
    assert actions.reopen_promise(shop_id=shop, promise_id=made["id"], by=by) == reopened
    with clock.moved(timedelta(hours=3)):
        assert actions.strike_due_promises() == 1


def test_dropped_with_a_reason_and_not_without(people: People, where: int) -> None:
    made = make(people, where)
    with pytest.raises(TextInvalid):
        actions.drop_promise(shop_id=people.shop.pk, promise_id=made["id"], by=people.agent.pk, reason=" ")
    dropped = actions.drop_promise(
        shop_id=people.shop.pk, promise_id=made["id"], by=people.lead.pk, reason="손님이 먼저 전화하셨어요"
    )
    assert (dropped["reason"], dropped["closed_by_id"]) == ("손님이 먼저 전화하셨어요", people.lead.pk)
    with clock.moved(timedelta(hours=3)):
        assert actions.strike_due_promises() == 0
    assert queries.promises_in(shop_id=people.shop.pk, conversation_id=where) == [dropped]


def test_what_is_taken_back_was_not_promised(people: People, where: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reach, "_calling_back", {CHANNEL})
    shop, by = people.shop.pk, people.agent.pk
    seq = say(people.agent, SAID, conversation_id=where).seq
    actions.make_promise_of(shop_id=shop, conversation_id=where, seq=seq, by=by, act="answer", due_at=due())
    other = make(people, where)
    retract_entry(shop_id=shop, conversation_id=where, seq=seq, agent_id=by)
    assert [each["id"] for each in queries.open_promises(shop_id=shop)] == [other["id"]]
    with clock.moved(timedelta(hours=3)):
        assert actions.strike_due_promises() == 1


def test_what_is_redacted_just_while_it_is_taken_down_is_not_taken_down(
    people: People, where: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seq = say(people.agent, SAID, conversation_id=where).seq

    def meanwhile(*which: int, **how: bool) -> Any:
        monkeypatch.undo()
        redact_entry(actor=people.actor(people.owner), conversation_id=where, seq=seq, reason="카드 번호")
        return changing(*which, **how)

    monkeypatch.setattr(keeping, "changing", meanwhile)
    with pytest.raises(NotFound):
        actions.make_promise_of(
            shop_id=people.shop.pk, conversation_id=where, seq=seq, by=people.agent.pk, act="call", due_at=due()
        )


def test_promises_go_with_the_conversation(people: People, where: int) -> None:
    made = make(people, where)
    assign_conversation(
        shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk, agent_id=people.lead.pk, team_id=None
    )
    [moved] = queries.open_promises(shop_id=people.shop.pk)
    assert (moved["agent_id"], moved["made_by_id"]) == (people.lead.pk, people.agent.pk)
    assert moved["v"] > made["v"]
    assign_conversation(shop_id=people.shop.pk, conversation_id=where, by=people.lead.pk, agent_id=None, team_id=None)
    assert queries.open_promises(shop_id=people.shop.pk)[0]["agent_id"] == people.lead.pk


def test_whoever_takes_a_conversation_by_answering_takes_its_promises(people: People, where: int) -> None:
    make(people, where)
    say(people.lead, "제가 이어서 도와드릴게요.", conversation_id=where)
    assert queries.open_promises(shop_id=people.shop.pk)[0]["agent_id"] == people.lead.pk


def test_promises_come_back_with_the_conversation_that_is_taken_out_again(people: People) -> None:
    who, shop, by = shopper(people), people.shop.pk, people.agent.pk
    first = say(who).conversation
    seq = say(people.agent, SAID, conversation_id=first).seq
    second, third = say(who, afresh=True).conversation, say(who, afresh=True).conversation
    own, theirs = make(people, first), make(people, second)
    settled = actions.keep_promise(shop_id=shop, promise_id=make(people, first)["id"], by=by)
    for source, target in ((first, second), (second, third)):
        merge_conversations(shop_id=shop, conversation_id=source, into_id=target, by=by)
    said = actions.make_promise_of(shop_id=shop, conversation_id=first, seq=seq, by=by, act="call", due_at=due())
    again = actions.reopen_promise(shop_id=shop, promise_id=settled["id"], by=by)
    assert again["conversation_id"] == third, "it is seen where the talk goes on"
    whole = {each["id"] for each in queries.promises_in(shop_id=shop, conversation_id=third)}
    assert whole == {own["id"], theirs["id"], said["id"], again["id"]}
    unmerge_conversation(shop_id=shop, conversation_id=second, by=by)
    assert queries.promises_in(shop_id=shop, conversation_id=third) == []
    unmerge_conversation(shop_id=shop, conversation_id=first, by=by)
    back = {each["id"] for each in queries.promises_in(shop_id=shop, conversation_id=first)}
    assert back == {own["id"], said["id"], again["id"]}
    assert [each["id"] for each in queries.promises_in(shop_id=shop, conversation_id=second)] == [theirs["id"]]


def test_a_promise_goes_with_its_message_into_the_matter_that_is_split_off(people: People, where: int) -> None:
    shop, by = people.shop.pk, people.agent.pk
    stays = make(people, where)
    from_seq = say(shopper_of(where), "그리고 반품이요", conversation_id=where).seq
    seq = say(people.agent, SAID, conversation_id=where).seq
    said = actions.make_promise_of(shop_id=shop, conversation_id=where, seq=seq, by=by, act="answer", due_at=due())
    begun = split_conversation(shop_id=shop, conversation_id=where, from_seq=from_seq, by=by)
    assert [each["id"] for each in queries.promises_in(shop_id=shop, conversation_id=begun)] == [said["id"]]
    assert [each["id"] for each in queries.promises_in(shop_id=shop, conversation_id=where)] == [stays["id"]]


def test_words_at_a_promise_are_erased_with_the_line_that_tells_of_them(people: People, where: int) -> None:
    shop, by, owner = people.shop.pk, people.agent.pk, people.actor(people.owner)
    note, reason = "김하나 님 010-1234-5678로 전화", "김하나 님이 병원에 계세요"
    made = make(people, where, note=note)
    actions.change_promise(shop_id=shop, promise_id=made["id"], by=by, due_at=due(hours=3), note=note)
    actions.drop_promise(shop_id=shop, promise_id=made["id"], by=by, reason=reason)
    assert spoken(where) == [note, reason]
    for line in timeline(where):
        if line.text in (note, reason):
            redact_entry(actor=owner, conversation_id=where, seq=line.seq, reason="개인 정보")
    [left] = queries.promises_in(shop_id=shop, conversation_id=where)
    assert (left["note"], left["reason"]) == ("", "")
    assert spoken(where) == []
    logged = "".join(public + desk for public, desk in Event.objects.values_list("public", "desk"))
    assert "김하나" not in logged
    assert '"done":"dropped"' in logged, "that it was dropped is known for good"


def spoken(where: int) -> list[str]:
    return [line.text for line in timeline(where) if line.kind == "event" and line.text]


def shopper_of(where: int) -> Contact:
    return Contact.objects.get(pk=conversation(where).contact_id)


def test_promises_go_on_where_their_conversation_goes_on(people: People) -> None:
    who = shopper(people)
    first = say(who).conversation
    second = say(who, afresh=True).conversation
    made = make(people, first)
    merge_conversations(shop_id=people.shop.pk, conversation_id=first, into_id=second, by=people.agent.pk)
    [moved] = queries.promises_in(shop_id=people.shop.pk, conversation_id=second)
    assert moved["id"] == made["id"]
    with clock.moved(timedelta(hours=3)):
        actions.strike_due_promises()
    assert len(told(second)) == 2, "overdue, and the leads hear of it"
    assert make(people, first)["conversation_id"] == second


@pytest.mark.parametrize(
    "wrong",
    [
        {"act": "sing"},
        {"due_at": clock.now() - timedelta(minutes=1)},
        {"due_at": clock.now() + timedelta(days=400)},
    ],
)
def test_a_promise_is_of_a_known_kind_and_within_the_next_year(people: People, where: int, wrong: Any) -> None:
    with pytest.raises(Invalid):
        make(people, where, **wrong)


def test_enough_is_enough(people: People, where: int) -> None:
    for _ in range(20):
        make(people, where)
    with pytest.raises(Invalid):
        make(people, where)


def test_another_shop_sees_and_touches_none_of_it(people: People, where: int) -> None:
    made = make(people, where)
    other = people.other_shop.pk
    assert queries.open_promises(shop_id=other) == []
    with pytest.raises(NotFound):
        actions.keep_promise(shop_id=other, promise_id=made["id"], by=people.outsider.pk)
    with pytest.raises(NotFound):
        actions.make_promise(shop_id=other, conversation_id=where, by=people.outsider.pk, act="call", due_at=due())


def test_the_queue_has_mine_and_all_in_pages_by_time(people: People, where: int) -> None:
    ids = [make(people, where, due_at=due(hours=hours))["id"] for hours in (5, 1, 3)]
    theirs = say(shopper(people)).conversation
    other = actions.make_promise(
        shop_id=people.shop.pk, conversation_id=theirs, by=people.lead.pk, act="mail", due_at=due(hours=2)
    )
    mine = queries.page(shop_id=people.shop.pk, agent_id=people.agent.pk, cursor=None, limit=10)
    assert [each["id"] for each in mine["items"]] == [ids[1], ids[2], ids[0]]
    first = queries.page(shop_id=people.shop.pk, agent_id=None, cursor=None, limit=2)
    assert [each["id"] for each in first["items"]] == [ids[1], other["id"]]
    assert {each["id"] for each in first["conversations"]} == {where, theirs}
    assert len(first["contacts"]) == 2
    rest = queries.page(shop_id=people.shop.pk, agent_id=None, cursor=first["next"], limit=2)
    assert [each["id"] for each in rest["items"]] == [ids[2], ids[0]]
    assert rest["next"] is None
