"""What a shopper who waits is told: how many come before, and how long an answer takes."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from tests.people import People

from sonnim.conversations import actions
from sonnim.conversations.queries import conversation_state
from sonnim.conversations.state import State
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.conversations.waiting import MAX_AHEAD, Wait, expected_wait, recent_waits, wait_of
from sonnim.kernel import clock

MINUTE = 60_000


@pytest.mark.parametrize(
    ("recent", "waiting", "seconds"),
    [
        ([], [], None),
        ([MINUTE, MINUTE], [], None),
        ([MINUTE, MINUTE, MINUTE], [], 60),
        ([10_000, 20_000, 30_000, 40_000], [], 30),
        ([40_000, 10_000, 30_000, 20_000], [5 * MINUTE], 300),
        ([MINUTE] * 3, [1_000], 60),
    ],
)
def test_an_answer_takes_what_it_took_three_of_four_and_no_less_than_those_ahead_wait(
    recent: list[int], waiting: list[int], seconds: int | None
) -> None:
    assert expected_wait(recent, waiting=waiting) == seconds


def test_a_wait_lasts_from_the_oldest_unanswered_message_to_the_answer() -> None:
    rows = [
        (1, "contact", 1_000), (1, "contact", 5_000), (1, "agent", 9_000), (1, "agent", 9_500), (1, "contact", 20_000),
        (1, "agent", 21_000), (2, "agent", 1_000), (2, "contact", 2_000), (3, "contact", 100), (3, "agent", 400),
    ]  # fmt: skip
    assert recent_waits(rows, since=500) == [8_000, 1_000]


def state_of(people: People, conversation: int) -> State:
    return conversation_state(shop_id=people.shop.pk, conversation_id=conversation)


def test_the_place_is_how_many_have_waited_longer(people: People) -> None:
    first = say(shopper(people)).conversation
    with clock.moved(timedelta(seconds=5)):
        second = say(shopper(people)).conversation
        assert wait_of(shop_id=people.shop.pk, state=state_of(people, first)).ahead == 0
        assert wait_of(shop_id=people.shop.pk, state=state_of(people, second)).ahead == 1
        say(people.agent, conversation_id=first)
        assert wait_of(shop_id=people.shop.pk, state=state_of(people, second)).ahead == 0
    assert wait_of(shop_id=people.shop.pk, state=None).ahead == 1
    assert wait_of(shop_id=people.other_shop.pk, state=None) == Wait(0, None)


def test_who_is_settled_or_put_aside_stands_in_nobodys_way(people: People) -> None:
    first, second = say(shopper(people)).conversation, say(shopper(people)).conversation
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=first, by=people.agent.pk)
    assert wait_of(shop_id=people.shop.pk, state=state_of(people, second)).ahead == 0
    assert wait_of(shop_id=people.shop.pk, state=state_of(people, first)).ahead == 1


def test_a_long_queue_is_not_counted_to_its_end(people: People) -> None:
    for _ in range(MAX_AHEAD + 3):
        say(shopper(people))
    assert wait_of(shop_id=people.shop.pk, state=None).ahead == MAX_AHEAD


def test_the_expected_wait_follows_what_the_desk_does(people: People) -> None:
    for seconds in (30, 60, 90, 120):
        asked = say(shopper(people)).conversation
        with clock.moved(timedelta(seconds=seconds)):
            say(people.agent, conversation_id=asked)
    cache.clear()
    assert wait_of(shop_id=people.shop.pk, state=None).wait_s == pytest.approx(90, abs=2)
    with clock.moved(timedelta(hours=3)):
        cache.clear()
        assert wait_of(shop_id=people.shop.pk, state=None).wait_s is None
