"""The thread that gives out: what wakes it, and that one shop's trouble is no other's."""

import pytest
from tests.people import People

from sonnim.accounts.actions import set_availability
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.eventlog import log
from sonnim.eventlog.log import LoggedEvent
from sonnim.routing import actions, presence
from sonnim.routing.router import Router
from sonnim.routing.tests.conftest import Floor

pytestmark = pytest.mark.django_db


def event(shop: int, type: str, desk: str = "") -> LoggedEvent:
    return LoggedEvent(shop, 1, type, None, None, None, 0, "{}", desk)


@pytest.mark.parametrize(
    ("heard", "wakes"),
    [
        (event(1, "message.created", '{"assignee_id":null}'), True),
        (event(1, "message.created", '{"assignee_id":7}'), False),
        (event(1, "conversation.resolved"), True),
        (event(1, "conversation.seen", '{"assignee_id":7}'), False),
        (event(1, "seat.moved"), True),
        (event(1, "draft.saved"), False),
        (event(2, "seat.moved"), False),
    ],
)
def test_what_may_let_somebody_be_given_something_wakes_it(heard: LoggedEvent, wakes: bool) -> None:
    router = Router()
    router._shops = {1}
    router.committed([heard])
    assert router._wake.is_set() == wakes


def test_a_new_message_of_nobodys_conversation_is_such_an_event(floor: Floor) -> None:
    router = Router()
    router._shops = {floor.shop}
    log.on_commit(router.committed)
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("django.db.transaction.on_commit", lambda work, **_: work())
            say(shopper(floor.people), "계신가요?")
    finally:
        log.forget(router.committed)
    assert router._dirty == {floor.shop}


def test_a_shop_that_fails_does_not_stop_the_next_one(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    for shop, owner in ((people.shop, people.owner), (people.other_shop, people.outsider)):
        actions.change_rules(actor=people.actor(owner), changes={"mode": "direct"})
        assert shop.pk
    given = []

    def give(*, shop_id: int) -> int:
        given.append(shop_id)
        if len(given) == 1:
            raise ZeroDivisionError
        return 0

    monkeypatch.setattr(actions, "give_out", give)
    monkeypatch.setattr(presence, "_source", lambda shop: {})
    Router().look()
    assert sorted(given) == sorted([people.shop.pk, people.other_shop.pk])


def test_who_steps_away_after_idling_is_not_called_back_by_a_sign(floor: Floor) -> None:
    """The older way of saying so knows of no reasons."""
    agent = floor.people.agent
    actions.send_away(shop_id=floor.shop, agent_ids=[agent.pk], reason="idle")
    for state in ("online", "away"):
        set_availability(agent=agent, availability=state)
    assert actions.bring_back(shop_id=floor.shop, agent_ids=[agent.pk]) == 0
