"""The live board tells who waits against what, who has how much, and how today went."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import Browser, People

from sonnim.contacts.actions import create_visitor
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.kernel import clock
from sonnim.plan.clocks.actions import save_policy

pytestmark = pytest.mark.django_db
NOON = clock.from_ms(1_795_003_200_000)
CHAT: dict[str, Any] = {
    "name": "Chat", "active": True, "fits": {}, "targets": {"first_reply": 30}, "calendar_id": 0, "warn_percent": 70,
    "pauses": True, "stages": [],
}  # fmt: skip


def say(people: People, kind: str, author: int, conversation: int | None = None) -> int:
    post = Post(
        people.shop.pk, kind, author, str(uuid.uuid4()), "Hello", conversation_id=conversation, channel="webchat"
    )
    return ensure_posted(post).conversation


def asked(people: People) -> int:
    return say(people, "contact", create_visitor(shop_id=people.shop.pk, locale="en")[0].pk)


def board(people: People) -> dict[str, Any]:
    cache.clear()
    answer = Browser(people.agent.user).get(people.url("/board"))
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_an_empty_desk_has_an_empty_board(people: People) -> None:
    found = board(people)
    assert (found["waiting_n"], found["waiting"], found["loads"]) == (0, [], [])
    assert found["promises_first_reply"] is False
    assert found["first_replies"]["median_s"] is None


def test_it_shows_who_waits_most_pressing_first_and_how_todays_promises_were_kept(people: People) -> None:
    save_policy(actor=people.actor(people.owner), values=CHAT)
    with clock.standing_at(NOON):
        quick, slow, waiting = asked(people), asked(people), asked(people)
    with clock.standing_at(NOON + timedelta(seconds=8)):
        say(people, "agent", people.agent.pk, quick)
    with clock.standing_at(NOON + timedelta(seconds=50)):
        say(people, "agent", people.lead.pk, slow)
        later = asked(people)
        found = board(people)
    assert [each["id"] for each in found["waiting"]] == [waiting, later]
    assert (found["waiting_n"], found["late_n"], found["unassigned_n"], found["open_n"]) == (2, 1, 2, 4)
    assert {each["agent_id"]: (each["open"], each["waiting"]) for each in found["loads"]} == {
        people.agent.pk: (1, 0),
        people.lead.pk: (1, 0),
    }
    replies = found["first_replies"]
    assert (replies["n"], replies["kept"], replies["median_s"], replies["p90_s"]) == (2, 1, 8, 50)
    assert [bar["n"] for bar in replies["bars"]] == [1, 0, 1, 0, 0, 0, 0]
    assert (found["promises_first_reply"], found["late_today"]) == (True, 1)


def test_yesterdays_replies_are_not_todays(people: People) -> None:
    save_policy(actor=people.actor(people.owner), values=CHAT)
    with clock.standing_at(NOON - timedelta(days=1)):
        say(people, "agent", people.agent.pk, asked(people))
    with clock.standing_at(NOON):
        assert board(people)["first_replies"]["n"] == 0


def test_the_board_costs_the_same_however_many_wait(people: People) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            board(people)
        return len(captured)

    asked(people)
    few = queries()
    for _ in range(12):
        asked(people)
    assert queries() == few
