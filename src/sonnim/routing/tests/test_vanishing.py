"""Who is gone: their chats go back to the queue and on to others, and nothing jumps when they return."""

from datetime import timedelta

import pytest

from sonnim.accounts.models import Team
from sonnim.conversations import actions as conversations
from sonnim.conversations import reach
from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import say, timeline
from sonnim.kernel import clock
from sonnim.routing import actions
from sonnim.routing.models import Seat
from sonnim.routing.router import Idleness, Router
from sonnim.routing.tests.conftest import Floor

pytestmark = pytest.mark.django_db


def sweep(floor: Floor, seconds: float, router: Router | None = None) -> None:
    with clock.moved(timedelta(seconds=seconds)):
        (router or Router()).look()


@pytest.fixture
def held(floor: Floor) -> int:
    """A chat that the agent has, whose shopper waits; the line was open just now."""
    floor.rule(grace_s=60, letters_grace_s=3600)
    floor.leaves(floor.people.lead)
    waiting = floor.arrives()
    Router().look()
    assert floor.holder(waiting) == floor.people.agent.pk
    return waiting


def test_a_vanished_agents_chat_goes_on_after_the_grace_time(floor: Floor, held: int) -> None:
    people = floor.people
    floor.leaves(people.agent)
    floor.sits(people.lead)
    sweep(floor, 55)
    assert floor.holder(held) == people.agent.pk
    sweep(floor, 62)
    assert floor.holder(held) == people.lead.pk
    assert '"why":"vanished"' in timeline(held)[-2].data


def test_with_nobody_there_it_waits_in_the_queue(floor: Floor, held: int) -> None:
    floor.leaves(floor.people.agent)
    sweep(floor, 62)
    assert floor.holder(held) is None


def test_nothing_jumps_when_they_come_back(floor: Floor, held: int) -> None:
    people = floor.people
    floor.leaves(people.agent)
    floor.sits(people.lead)
    sweep(floor, 62)
    floor.sits(people.agent)
    sweep(floor, 130)
    assert floor.holder(held) == people.lead.pk


def test_who_comes_back_in_time_keeps_it(floor: Floor, held: int) -> None:
    people = floor.people
    floor.leaves(people.agent)
    floor.sits(people.lead)
    router = Router()
    sweep(floor, 40, router)
    floor.sits(people.agent)
    sweep(floor, 59, Router())
    floor.leaves(people.agent)
    sweep(floor, 100, router)
    assert floor.holder(held) == people.agent.pk


def test_what_does_not_wait_stays(floor: Floor, held: int) -> None:
    say(floor.people.agent, "곧 알려 드릴게요", conversation_id=held)
    floor.leaves(floor.people.agent)
    sweep(floor, 3000)
    assert floor.holder(held) == floor.people.agent.pk


def test_letters_wait_longer_for_whom_they_were_given_to(floor: Floor, held: int) -> None:
    Conversation.objects.filter(pk=held).update(channel=reach.carried()[0])
    floor.leaves(floor.people.agent)
    sweep(floor, 3500)
    assert floor.holder(held) == floor.people.agent.pk
    sweep(floor, 3602)
    assert floor.holder(held) is None


def test_a_start_gives_everybody_time_to_come_back(floor: Floor, held: int) -> None:
    floor.leaves(floor.people.agent)
    with clock.moved(timedelta(hours=1)):
        started = clock.now_ms()
        assert actions.take_back(shop_id=floor.shop, since=started) == 0
        with clock.moved(timedelta(seconds=61)):
            assert actions.take_back(shop_id=floor.shop, since=started) == 1


def test_what_was_handed_to_somebody_absent_by_a_person_stays_for_the_grace_time(floor: Floor, held: int) -> None:
    people = floor.people
    with clock.moved(timedelta(minutes=10)):
        conversations.assign_conversation(
            shop_id=floor.shop, conversation_id=held, by=people.owner.pk, agent_id=people.lead.pk
        )
    sweep(floor, 655)
    assert floor.holder(held) == people.lead.pk
    sweep(floor, 665)
    assert floor.holder(held) == people.agent.pk


def test_lunch_is_no_vanishing_but_going_home_is(floor: Floor, held: int) -> None:
    people = floor.people
    actions.set_my_state(agent=people.agent, state="away", reason="lunch")
    sweep(floor, 300)
    assert floor.holder(held) == people.agent.pk
    actions.set_my_state(agent=people.agent, state="offline")
    sweep(floor, 62)
    assert floor.holder(held) is None


def test_who_does_nothing_is_set_away_and_back_at_the_first_sign(
    floor: Floor, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, router, now = floor.people, Router(), [1000.0]
    monkeypatch.setattr("sonnim.kernel.clock.monotonic", lambda: now[0])
    floor.rule(idle_s=60)
    floor.sits(people.agent, as_="away")
    router.look()
    now[0] += 59
    router.look()
    people.agent.refresh_from_db()
    assert people.agent.availability == "online"
    now[0] += 1
    router.look()
    people.agent.refresh_from_db()
    assert (people.agent.availability, Seat.objects.get(pk=people.agent.pk).reason) == ("away", "idle")
    floor.sits(people.agent)
    router.look()
    people.agent.refresh_from_db()
    assert (people.agent.availability, Seat.objects.get(pk=people.agent.pk).reason) == ("online", "")


def test_who_went_to_lunch_is_not_called_back_by_a_sign(floor: Floor, held: int) -> None:
    actions.set_my_state(agent=floor.people.agent, state="away", reason="lunch")
    Router().look()
    floor.people.agent.refresh_from_db()
    assert floor.people.agent.availability == "away"


def test_idleness_begins_anew_after_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("sonnim.kernel.clock.monotonic", lambda: now[0])
    idleness = Idleness()
    assert idleness.after(1, {7: "away"}, 60) == set()
    now[0] = 50
    assert idleness.after(1, {7: "online"}, 60) == set()
    assert idleness.after(1, {7: "away"}, 60) == set()
    now[0] = 109
    assert idleness.after(1, {7: "away"}, 60) == set()
    now[0] = 110
    assert idleness.after(1, {7: "away"}, 60) == {7}


def test_a_team_gives_out_and_takes_back_though_its_shop_does_so_by_hand(floor: Floor) -> None:
    people = floor.people
    team = Team.objects.create(shop=people.shop, name="Tea")
    team.agents.add(people.agent, people.lead)
    floor.rule(mode="manual", teams={str(team.pk): {"mode": "direct"}}, grace_s=60)
    floor.leaves(people.lead)
    by_hand, of_team = floor.arrives(), floor.arrives()
    Conversation.objects.filter(pk=of_team).update(team=team)
    sweep(floor, 1)
    assert (floor.holder(by_hand), floor.holder(of_team)) == (None, people.agent.pk)
    conversations.assign_conversation(
        shop_id=floor.shop, conversation_id=by_hand, by=people.lead.pk, agent_id=people.agent.pk, team_id=None
    )
    floor.leaves(people.agent)
    floor.sits(people.lead)
    sweep(floor, 70)
    assert (floor.holder(by_hand), floor.holder(of_team)) == (people.agent.pk, people.lead.pk)
