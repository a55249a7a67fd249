"""A clock that strikes reaches the bell of whom it concerns, and of nobody else."""

from datetime import timedelta

import pytest

from sonnim.conversations.actions import assign_conversation
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.kernel import clock
from sonnim.notifications import presence, queries
from sonnim.notifications.follower import Follower
from sonnim.plan.clocks.actions import save_policy
from sonnim.plan.clocks.firing import strike_due
from tests.people import People

pytestmark = pytest.mark.django_db(transaction=True)
CHAT = {
    "name": "Chat", "active": True, "fits": {}, "targets": {"first_reply": 10}, "calendar_id": 0, "warn_percent": 70,
    "pauses": True, "stages": [{"percent": 100, "notify": "lead"}],
}  # fmt: skip


def kinds(agent_id: int) -> list[str]:
    return [each["kind"] for each in queries.unseen(agent_id=agent_id)]


def test_a_clock_tells_who_is_there_then_whose_it_is_and_in_the_end_the_lead(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "_source", lambda shop: {people.agent.pk, people.lead.pk})
    guest, follower = shopper(people), Follower()
    follower.look()
    save_policy(actor=people.actor(people.owner), values=CHAT)
    begin = clock.now()
    with clock.standing_at(begin):
        conversation = say(guest).conversation
    with clock.standing_at(begin + timedelta(seconds=7)):
        strike_due()
    follower.look()
    assert (kinds(people.agent.pk), kinds(people.lead.pk), kinds(people.admin.pk)) == (["due"], ["due"], [])
    assign_conversation(
        shop_id=people.shop.pk, conversation_id=conversation, by=people.lead.pk, agent_id=people.agent.pk
    )
    with clock.standing_at(begin + timedelta(seconds=10)):
        strike_due()
    follower.look()
    assert kinds(people.agent.pk)[0] == "missed"
    assert (kinds(people.lead.pk), kinds(people.admin.pk)) == (["missed", "due"], ["missed"])
