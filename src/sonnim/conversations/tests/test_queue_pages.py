"""Pages of a queue: complete and without repeats, also while conversations move; their order is the queue's."""

from datetime import timedelta

import pytest
from tests.people import People

from sonnim.conversations import actions, queries, queues
from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid


def fill(people: People, count: int) -> list[int]:
    """Conversations of which every third has been answered; the first has waited longest."""
    made = []
    for number in range(count):
        with clock.moved(timedelta(minutes=number)):
            made.append(say(shopper(people)).conversation)
            if number % 3 == 2:
                say(people.agent, conversation_id=made[-1])
    return made


def pages(people: People, queue: str, limit: int, between: object = None) -> list[int]:
    found: list[int] = []
    cursor = None
    while True:
        page = queues.queue_page(
            shop_id=people.shop.pk, agent_id=people.agent.pk, queue=queue, limit=limit, cursor=cursor
        )
        found += [state.id for state in page.states]
        assert len(page.states) == limit or page.next is None
        if page.next is None:
            return found
        cursor = page.next
        if callable(between):
            between(found)


@pytest.mark.parametrize("limit", [1, 4, 7, 50])
def test_pages_hold_everything_once_in_the_queues_order(people: People, limit: int) -> None:
    made = fill(people, 14)
    answered = made[2::3]
    waiting = [each for each in made if each not in answered]
    assert pages(people, "waiting", limit) == waiting
    assert pages(people, "all", limit) == waiting + answered[::-1]
    assert pages(people, "mine", limit) == answered[::-1]
    assert pages(people, "unassigned", limit) == waiting


def test_rows_of_the_same_instant_are_neither_skipped_nor_repeated(people: People) -> None:
    fill(people, 9)
    Conversation.objects.update(rank=5)
    assert pages(people, "all", 2) == sorted(Conversation.objects.values_list("pk", flat=True))


def test_what_stays_is_seen_once_while_other_rows_move(people: People) -> None:
    made = fill(people, 12)
    moving = [made[0], made[5], made[11]]

    def move(found: list[int]) -> None:
        for each in moving[:1]:
            with clock.moved(timedelta(days=len(found))):
                actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=each, by=people.agent.pk)
        if moving:
            moving.pop(0)
        with clock.moved(timedelta(days=1 + len(found))):
            say(shopper(people))

    found = pages(people, "all", 3, between=move)
    assert len(found) == len(set(found))
    assert set(made) - {made[0], made[5], made[11]} <= set(found)


def test_snoozed_are_listed_by_when_they_wake_and_settled_newest_first(people: People) -> None:
    made = fill(people, 4)
    for hours, each in zip((3, 1, 2), made[:3], strict=True):
        until = clock.now() + timedelta(hours=hours)
        actions.snooze_conversation(shop_id=people.shop.pk, conversation_id=each, by=people.agent.pk, until=until)
    assert pages(people, "snoozed", 2) == [made[1], made[2], made[0]]
    for minutes, each in enumerate((made[3], made[0])):
        with clock.moved(timedelta(hours=1, minutes=minutes)):
            actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=each, by=people.agent.pk)
    assert pages(people, "resolved", 1) == [made[0], made[3]]


def test_another_shop_sees_none_of_it(people: People) -> None:
    fill(people, 3)
    for queue in queues.QUEUES:
        page = queues.queue_page(shop_id=people.other_shop.pk, agent_id=people.outsider.pk, queue=queue)
        assert page.states == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"queue": "x"},
        {"queue": "all", "limit": 0},
        {"queue": "all", "limit": 101},
        {"queue": "all", "cursor": "x"},
        {"queue": "all", "cursor": "한글"},
        {"queue": "all", "cursor": "MS4y" * 40},
        {"queue": "all", "cursor": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5LjE"},
        {"queue": "all", "cursor": "LTEuMQ"},
    ],
    ids=str,
)
def test_a_page_address_that_is_not_ours_is_refused(people: People, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        queues.queue_page(shop_id=people.shop.pk, agent_id=1, **wrong)  # type: ignore[arg-type]


def test_entries_page_backwards_to_the_beginning(people: People) -> None:
    who = shopper(people)
    first = say(who, "0").conversation
    for number in range(1, 11):
        say(who if number % 2 else people.agent, str(number), conversation_id=first, kind="message")
    found: list[str] = []
    before = None
    while True:
        items, before = queries.entries(conversation_id=first, before=before, limit=4)
        found = [item["text"] for item in items if item["kind"] == "message"] + found
        if before is None:
            break
    assert found == [str(number) for number in range(11)]


def test_public_entries_hide_notes_and_the_desks_own_events(people: People) -> None:
    who = shopper(people)
    first = say(who, "보이는 말").conversation
    say(people.agent, "안쪽 말", conversation_id=first, kind="note")
    actions.assign_conversation(
        shop_id=people.shop.pk, conversation_id=first, by=people.agent.pk, agent_id=people.lead.pk
    )
    actions.resolve_conversation(shop_id=people.shop.pk, conversation_id=first, by=people.agent.pk)
    items, _ = queries.entries(conversation_id=first, public=True)
    assert [(item["seq"], item["kind"]) for item in items] == [(1, "message"), (4, "event")]
