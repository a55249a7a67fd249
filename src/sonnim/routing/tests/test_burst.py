"""A rush: many chats at once, several nodes that give them out, and agents who come and go meanwhile."""

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import connection
from tests.people import People, make_agent

from sonnim.conversations.models import Conversation, Entry
from sonnim.conversations.tests.shop_day import kept_counts, post_of, say_all, shopper, true_counts
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.routing import actions
from sonnim.routing.router import Router
from sonnim.routing.tests.conftest import Floor

AGENTS, EACH = 8, 6


@pytest.fixture
def crowd(transactional_db: None, people: People, monkeypatch: pytest.MonkeyPatch) -> Floor:
    floor = Floor(people, monkeypatch)
    floor.lines.clear()
    floor.sits(*(make_agent(people.shop, f"crowd{n}", "agent") for n in range(AGENTS)))
    return floor


def together(*work: Callable[[], object]) -> None:
    errors: list[BaseException] = []

    def run(each: Callable[[], object]) -> None:
        try:
            each()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(each,)) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not errors


def held(floor: Floor) -> Counter[int | None]:
    return Counter(Conversation.objects.filter(shop_id=floor.shop).values_list("assignee_id", flat=True))


def test_a_rush_is_given_out_once_evenly_and_wholly_by_several_nodes(crowd: Floor) -> None:
    crowd.rule(live=EACH)
    shoppers = [shopper(crowd.people) for _ in range(AGENTS * EACH + 5)]
    writing = threading.Event()

    def write() -> None:
        for start in range(0, len(shoppers), 7):
            say_all(*(post_of(each) for each in shoppers[start : start + 7]))
        writing.set()

    def node() -> None:
        while not writing.is_set():
            actions.give_out(shop_id=crowd.shop)
        actions.give_out(shop_id=crowd.shop)

    together(write, node, node, node)
    found = held(crowd)
    assert found.pop(None) == 5, "there was room for all but these"
    assert set(found.values()) == {EACH}
    given = Entry.objects.filter(shop_id=crowd.shop, data__contains='"what":"assigned"')
    assert Counter(given.values_list("conversation_id", flat=True)).most_common(1)[0][1] == 1
    assert kept_counts(crowd.shop) == true_counts(crowd.shop)


def test_nobody_who_went_away_gets_anything_after_that(crowd: Floor) -> None:
    crowd.rule(live=100)
    shoppers = [shopper(crowd.people) for _ in range(60)]
    leaver = min(crowd.lines)
    seat_of = crowd.people.shop.agents.select_related("user", "shop").get(pk=leaver)
    gone = []

    def write() -> None:
        for each in shoppers:
            say_all(post_of(each))

    def leave() -> None:
        gone.append(actions.set_my_state(agent=seat_of, state="away").v)

    def node() -> None:
        for _ in range(40):
            actions.give_out(shop_id=crowd.shop)

    together(write, leave, node, node)
    actions.give_out(shop_id=crowd.shop)
    found = held(crowd)
    assert None not in found
    theirs = Conversation.objects.filter(assignee_id=leaver)
    assert all(each.v < gone[0] for each in theirs)


def test_a_wake_gives_out_at_once(crowd: Floor) -> None:
    crowd.rule()
    router = Router()
    done = threading.Event()

    def hear(events: object) -> None:
        if Conversation.objects.filter(shop_id=crowd.shop, assignee_id__isnull=False).exists():
            done.set()

    router.start()
    log.on_commit(router.committed)
    log.on_commit(hear)
    try:
        first = clock.monotonic()
        while crowd.shop not in router._shops and clock.monotonic() - first < 5:
            threading.Event().wait(0.01)
        began = clock.monotonic()
        say_all(post_of(shopper(crowd.people)))
        assert done.wait(5)
        assert clock.monotonic() - began < 0.9, "sooner than the next sweep would have"
    finally:
        log.forget(router.committed)
        log.forget(hear)
        router.stop()
