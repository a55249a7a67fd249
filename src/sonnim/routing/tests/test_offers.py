"""A conversation that is held out: to one at a time, until a moment, and on to the next."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from sonnim.accounts.actions.roles import change_roles
from sonnim.accounts.models import Agent
from sonnim.accounts.permissions import ROLE_PERMISSIONS, Role
from sonnim.conversations import actions as conversations
from sonnim.conversations.actions.wording import redact_entry
from sonnim.conversations.tests.shop_day import say
from sonnim.eventlog.models import Event
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, NotFound
from sonnim.routing import actions, queries
from sonnim.routing.actions.offering import MOST_ASKED, forget_old_offers
from sonnim.routing.models import Offer, Seat
from sonnim.routing.shapes import offers_of
from sonnim.routing.tests.conftest import Floor

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(floor: Floor) -> Iterator[Floor]:
    floor.rule(mode="offer", offer_s=20, missed_limit=2)
    yield floor


def later(floor: Floor, seconds: float) -> int:
    """Let so much time pass; what is over ends, and goes on to the next."""
    with clock.moved(timedelta(seconds=seconds)):
        actions.end_offers(shop_id=floor.shop)
        return floor.given()


def agent_of(offer: Offer) -> Agent:
    return Agent.objects.select_related("user", "shop").get(pk=offer.agent_id)


def test_an_offer_is_for_one_alone_and_reserves_the_conversation(asking: Floor) -> None:
    waiting = asking.arrives("찻잔 있나요?")
    assert asking.given() == 1
    offer = asking.offer(waiting)
    assert asking.holder(waiting) is None
    assert asking.given() == 0
    told = Event.objects.get(type="offer.made")
    assert told.agent_id == offer.agent_id
    assert "찻잔 있나요?" in told.desk
    assert [each["id"] for each in offers_of(shop_id=asking.shop, agent_id=offer.agent_id)] == [offer.pk]


def test_who_accepts_has_it(asking: Floor) -> None:
    waiting = asking.arrives()
    asking.given()
    offer = asking.offer(waiting)
    actions.accept_offer(actor=asking.people.actor(agent_of(offer)), offer_id=offer.pk)
    assert asking.holder(waiting) == offer.agent_id
    with pytest.raises(Conflict):
        actions.decline_offer(actor=asking.people.actor(agent_of(offer)), offer_id=offer.pk)


def test_who_declines_is_not_asked_again_and_the_next_one_is(asking: Floor) -> None:
    waiting = asking.arrives()
    asking.given()
    first = asking.offer(waiting)
    actions.decline_offer(actor=asking.people.actor(agent_of(first)), offer_id=first.pk)
    assert asking.given() == 1
    second = asking.offer(waiting)
    assert second.agent_id != first.agent_id
    actions.decline_offer(actor=asking.people.actor(agent_of(second)), offer_id=second.pk)
    assert asking.given() == 0, "both have just said no"
    assert later(asking, 61) == 1, "and are asked again after a while, since nobody else is there"


def test_an_offer_nobody_answers_goes_on(asking: Floor) -> None:
    waiting = asking.arrives()
    asking.given()
    first = asking.offer(waiting)
    assert later(asking, 19.9) == 0
    assert later(asking, 20) == 1
    assert asking.offer(waiting).agent_id != first.agent_id
    assert Offer.objects.get(pk=first.pk).outcome == "missed"


def test_who_misses_too_many_in_a_row_is_set_away_and_told(asking: Floor) -> None:
    people = asking.people
    asking.leaves(people.lead)
    for number in (1, 2):
        asking.arrives()
        with clock.moved(timedelta(minutes=2 * number)):
            asking.given()
        later(asking, 120 * number + 21)
    people.agent.refresh_from_db()
    seat = Seat.objects.get(pk=people.agent.pk)
    assert (people.agent.availability, seat.absence, seat.reason) == ("away", "away", "missed")
    assert '"reason":"missed"' in Event.objects.get(type="seat.moved").desk
    assert later(asking, 900) == 0


def test_accepting_one_makes_up_for_those_that_were_missed(asking: Floor) -> None:
    people = asking.people
    asking.leaves(people.lead)
    asking.arrives()
    asking.given()
    later(asking, 21)
    assert Seat.objects.get(pk=people.agent.pk).missed == 1
    waiting = asking.arrives()
    asking.given()
    actions.accept_offer(actor=people.actor(people.agent), offer_id=asking.offer(waiting).pk)
    assert Seat.objects.get(pk=people.agent.pk).missed == 0


def test_one_thing_at_a_time_is_asked_of_each(asking: Floor) -> None:
    for _ in range(5):
        asking.arrives()
    assert asking.given() == 2
    assert Offer.objects.filter(outcome="").values("agent").distinct().count() == 2


def test_what_somebody_else_takes_meanwhile_is_no_offer_any_more(asking: Floor) -> None:
    people = asking.people
    waiting = asking.arrives()
    asking.given()
    offer = asking.offer(waiting)
    say(people.owner, "제가 할게요", conversation_id=waiting)
    with pytest.raises(Conflict):
        actions.accept_offer(actor=people.actor(agent_of(offer)), offer_id=offer.pk)
    assert actions.end_offers(shop_id=asking.shop) == 1
    assert Offer.objects.get(pk=offer.pk).outcome == "void"
    assert Seat.objects.get(pk=offer.agent_id).missed == 0
    assert asking.holder(waiting) == people.owner.pk


def test_a_colleague_can_be_asked_by_hand(floor: Floor) -> None:
    people = floor.people
    waiting = floor.arrives()
    offer = actions.offer_conversation(
        actor=people.actor(people.lead), conversation_id=waiting, agent_id=people.agent.pk
    )
    assert offer.agent_id == people.agent.pk
    assert floor.shop in queries.shops_at_work(), "its end is kept although the shop gives out by hand"
    with pytest.raises(Conflict):
        actions.offer_conversation(actor=people.actor(people.lead), conversation_id=waiting, agent_id=people.owner.pk)
    with pytest.raises(NotFound):
        actions.accept_offer(actor=people.actor(people.lead), offer_id=offer.pk)
    conversations.assign_conversation(
        shop_id=floor.shop, conversation_id=waiting, by=people.lead.pk, agent_id=people.lead.pk
    )
    with pytest.raises(Conflict):
        actions.offer_conversation(actor=people.actor(people.lead), conversation_id=waiting, agent_id=people.agent.pk)


def test_who_may_not_answer_is_not_asked_and_nobody_is_asked_for_everything_at_once(floor: Floor) -> None:
    people, lead = floor.people, floor.people.actor(floor.people.lead)
    for _ in range(MOST_ASKED):
        actions.offer_conversation(actor=lead, conversation_id=floor.arrives(), agent_id=people.agent.pk)
    with pytest.raises(Conflict, match="enough"):
        actions.offer_conversation(actor=lead, conversation_id=floor.arrives(), agent_id=people.agent.pk)
    allowed = {each.value for each in ROLE_PERMISSIONS[Role.AGENT]} - {"conversation.reply"}
    change_roles(actor=people.actor(people.owner), roles={"agent": allowed})
    Offer.objects.all().delete()
    with pytest.raises(Conflict, match="may not answer"):
        actions.offer_conversation(actor=lead, conversation_id=floor.arrives(), agent_id=people.agent.pk)


def test_redacted_words_leave_the_offers_that_the_log_tells_of(asking: Floor) -> None:
    waiting = asking.arrives("카드 번호는 4111")
    asking.given()
    assert "4111" in Event.objects.get(type="offer.made").desk
    redact_entry(actor=asking.people.actor(asking.people.lead), conversation_id=waiting, seq=1, reason="a card")
    assert "4111" not in Event.objects.get(type="offer.made").desk


def test_what_came_of_offers_is_forgotten_after_thirty_days(asking: Floor) -> None:
    asking.arrives()
    asking.given()
    later(asking, 25)
    with clock.moved(timedelta(days=31)):
        assert forget_old_offers() == 1
    assert not Offer.objects.exclude(outcome="").exists()
    assert Offer.objects.filter(outcome="").count() == 1, "what stands is kept"
