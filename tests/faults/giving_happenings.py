"""How conversations are given out, as happenings of F08."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from sonnim.accounts.actions import set_availability
from sonnim.conversations.actions import assign_conversation
from sonnim.kernel import clock
from sonnim.routing import actions, presence
from sonnim.routing.models import Offer
from tests.faults.town import Town

MINUTE = timedelta(minutes=2)


@contextmanager
def _there(town: Town) -> Iterator[None]:
    """The agent's line is open; the lead's is not."""
    before, presence._source = presence._source, lambda shop: {town.people.agent.pk: "online"}
    try:
        yield
    finally:
        presence._source = before


def _new(town: Town) -> int:
    """Somebody waits whom nobody has answered."""
    town.post(town.shopper, "하나 더 있어요", conversation=town.waiting)
    assign_conversation(shop_id=town.shop, conversation_id=town.waiting, by=town.people.lead.pk, agent_id=None)
    return town.waiting


def _given(town: Town, mode: str = "direct") -> int:
    actions.change_rules(actor=town.owner, changes={"mode": mode, "missed_limit": 1})
    _new(town)
    with _there(town):
        return actions.give_out(shop_id=town.shop)


def _offered(town: Town) -> int:
    _given(town, "offer")
    return int(Offer.objects.get(outcome="").pk)


def _after(town: Town, what: Callable[[], object]) -> object:
    with clock.moved(MINUTE):
        return what()


def _vanished(town: Town) -> object:
    with _there(town):
        actions.note_lines(shop_id=town.shop, agent_ids=[town.people.agent.pk])
    _given(town)
    return _after(town, lambda: actions.take_back(shop_id=town.shop, since=0))


def _idle(town: Town) -> object:
    return actions.send_away(shop_id=town.shop, agent_ids=[town.people.agent.pk], reason="idle")


def _moved(town: Town, state: str) -> object:
    return actions.set_my_state(agent=town.people.agent, state=state, reason="lunch", note="김밥")


GIVEN: dict[str, list[Callable[[Town], object]]] = {
    "routing.actions.assigning:give_out": [_given, _offered],
    "routing.actions.offering:offer_conversation": [
        lambda town: actions.offer_conversation(
            actor=town.owner, conversation_id=_new(town), agent_id=town.people.agent.pk
        ),
    ],
    "routing.actions.offering:hold_out": [_offered],
    "routing.actions.offering:accept_offer": [
        lambda town: actions.accept_offer(actor=town.agent, offer_id=_offered(town))
    ],
    "routing.actions.offering:decline_offer": [
        lambda town: actions.decline_offer(actor=town.agent, offer_id=_offered(town))
    ],
    "routing.actions.offering:end_offers": [
        lambda town: _offered(town) and _after(town, lambda: actions.end_offers(shop_id=town.shop))
    ],
    "routing.actions.releasing:take_back": [_vanished],
    "routing.actions.seats:set_my_state": [
        lambda town: _moved(town, "away"),
        lambda town: _moved(town, "offline"),
        lambda town: _moved(town, "away") and set_availability(agent=town.people.agent, availability="online"),
    ],
    "routing.actions.seats:change_seat": [
        lambda town: actions.change_seat(
            actor=town.owner, agent_id=town.people.agent.pk, skills=["차"], live=3, letters=None
        )
    ],
    "routing.actions.seats:send_away": [_idle],
    "routing.actions.seats:bring_back": [
        lambda town: _idle(town) and actions.bring_back(shop_id=town.shop, agent_ids=[town.people.agent.pk])
    ],
    "routing.actions.seats:count_missed": [
        lambda town: _offered(town) and _after(town, lambda: actions.end_offers(shop_id=town.shop))
    ],
}
