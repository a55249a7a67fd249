"""A promise from the first word to the breach, in the database: set with the message, struck once, told of."""

import json
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.people import People

from sonnim.contacts.actions import create_visitor
from sonnim.conversations import actions
from sonnim.conversations.clocks import read
from sonnim.conversations.models import Conversation, Entry
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.eventlog import outbox
from sonnim.kernel import clock
from sonnim.plan.clocks.actions import RESET, delete_policy, save_policy
from sonnim.plan.clocks.delivery import set_clocks_anew
from sonnim.plan.clocks.firing import strike_due
from sonnim.plan.models import KeptPromise

pytestmark = pytest.mark.django_db
BASE = clock.from_ms(1_795_000_000_000)
VALUES: dict[str, Any] = {
    "name": "Chat", "active": True, "fits": {}, "targets": {"first_reply": 10}, "calendar_id": 0, "warn_percent": 70,
    "pauses": True, "stages": [{"percent": 100, "notify": "lead", "priority": 3}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    with clock.standing_at(BASE):
        yield


def promise(people: People, **more: Any) -> int:
    return int(save_policy(actor=people.actor(people.owner), values=VALUES | more).pk)


def asked(people: People, *, at: datetime = BASE) -> int:
    contact, _ = create_visitor(shop_id=people.shop.pk, locale="ko")
    with clock.standing_at(at):
        return say(people, "contact", contact.pk, None)


def say(people: People, kind: str, author: int, conversation: int | None) -> int:
    post = Post(
        people.shop.pk, kind, author, str(uuid.uuid4()), "안녕하세요", conversation_id=conversation, channel="webchat"
    )
    return ensure_posted(post).conversation


def strike(seconds: float) -> list[str]:
    """Look at the clocks so many seconds after the beginning; answers what has been told of since the very first."""
    with clock.standing_at(BASE + timedelta(seconds=seconds)):
        strike_due()
    return [entry["strike"] for entry in told()]


def told() -> list[dict[str, Any]]:
    events = Entry.objects.filter(kind="event").order_by("id").values_list("data", flat=True)
    found = [json.loads(data) for data in events]
    return [data for data in found if data["what"] == "clock"]


def test_a_promise_warns_is_broken_and_escalates_each_to_the_second_and_once(people: People) -> None:
    promise(people)
    conversation = asked(people)
    assert strike(6.9) == []
    assert strike(7) == ["warn"]
    assert strike(9.9) == ["warn"]
    assert strike(10) == ["warn", "late", "escalate"]
    assert strike(11) == ["warn", "late", "escalate"]
    row = Conversation.objects.get(pk=conversation)
    assert (row.priority, row.timer_at) == (3, None)
    assert [each.late for each in read(row.clocks)] == [True]


def test_an_answer_stops_the_clock_and_is_kept_for_the_reports(people: People) -> None:
    promise(people)
    conversation = asked(people)
    with clock.standing_at(BASE + timedelta(seconds=4)):
        say(people, "agent", people.agent.pk, conversation)
    assert strike(3600) == []
    kept = KeptPromise.objects.get()
    assert (kept.kind, kept.took_ms, kept.late, kept.agent_id) == ("first_reply", 4000, False, people.agent.pk)


def test_who_is_promised_an_answer_sooner_comes_first_in_the_queue(people: People) -> None:
    promise(people, fits={"priorities": [3]}, targets={"first_reply": 5})
    promise(people, targets={"first_reply": 600})
    first, second = asked(people), asked(people, at=BASE + timedelta(seconds=1))
    ranks = dict(Conversation.objects.values_list("id", "rank"))
    assert ranks[first] < ranks[second]
    actions.set_priority(shop_id=people.shop.pk, conversation_id=second, by=people.lead.pk, priority=3)
    ranks = dict(Conversation.objects.values_list("id", "rank"))
    assert ranks[second] < ranks[first]


def test_a_policy_that_changes_moves_the_clocks_under_way(people: People) -> None:
    asked(people)
    policy = promise(people)
    settle_outbox()
    assert Conversation.objects.get().due_at == BASE + timedelta(seconds=10)
    save_policy(actor=people.actor(people.owner), policy_id=policy, values=VALUES | {"targets": {"first_reply": 300}})
    settle_outbox()
    row = Conversation.objects.get()
    assert (row.due_at, row.rank) == (BASE + timedelta(seconds=300), clock.to_ms(BASE) + 300_000), "and its place moves"
    delete_policy(actor=people.actor(people.owner), policy_id=policy)
    settle_outbox()
    row = Conversation.objects.get()
    assert (row.clocks, row.due_at, row.timer_at, row.rank) == ("[]", None, None, clock.to_ms(BASE))


def settle_outbox() -> None:
    outbox.HANDLERS[RESET] = set_clocks_anew
    while outbox.deliver_due():
        pass


def test_a_conversation_that_goes_back_to_the_queue_has_no_agent_any_more(people: People) -> None:
    promise(people, stages=[{"percent": 200, "release": True}])
    conversation = asked(people)
    actions.assign_conversation(
        shop_id=people.shop.pk, conversation_id=conversation, by=people.lead.pk, agent_id=people.agent.pk
    )
    strike(20)
    assert Conversation.objects.get().assignee_id is None
