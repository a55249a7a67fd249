"""Conversations that wait are given to those who are there, and it is told why."""

from datetime import timedelta

import pytest
from tests.people import People

from sonnim.accounts import actions as accounts
from sonnim.accounts.actions.roles import change_roles
from sonnim.accounts.models import Team
from sonnim.accounts.permissions import ROLE_PERMISSIONS, Role
from sonnim.contacts.actions.tags import create_tag
from sonnim.conversations import actions as conversations
from sonnim.conversations import queues, reach
from sonnim.conversations.models import Conversation
from sonnim.conversations.tests.shop_day import kept_counts, post_of, say, say_all, shopper, timeline, true_counts
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid
from sonnim.routing import actions
from sonnim.routing.models import Rules
from sonnim.routing.queries import waiting_rows
from sonnim.routing.tests.conftest import Floor

pytestmark = pytest.mark.django_db


def test_nothing_is_given_out_until_the_shop_wants_it(floor: Floor) -> None:
    waiting = floor.arrives()
    assert floor.given() == 0
    assert floor.holder(waiting) is None


def test_who_waits_is_given_to_somebody_who_is_there_and_the_timeline_says_why(floor: Floor) -> None:
    floor.rule(strategy="round_robin")
    first, second = floor.arrives(), floor.arrives()
    assert floor.given() == 2
    assert {floor.holder(first), floor.holder(second)} == {floor.people.agent.pk, floor.people.lead.pk}
    told = timeline(first)[-1]
    assert (told.author_kind, '"why":"round_robin"' in told.data) == ("system", True)
    assert floor.given() == 0


def test_who_is_away_offline_gone_or_removed_gets_nothing(floor: Floor) -> None:
    people = floor.people
    floor.rule()
    floor.leaves(people.lead)
    actions.set_my_state(agent=people.agent, state="away", reason="lunch")
    floor.sits(people.removed)
    waiting = floor.arrives()
    assert floor.given() == 0
    actions.set_my_state(agent=people.agent, state="online")
    assert floor.given() == 1
    assert floor.holder(waiting) == people.agent.pk


def test_whose_role_may_not_answer_gets_nothing(floor: Floor) -> None:
    people = floor.people
    floor.rule()
    allowed = {each.value for each in ROLE_PERMISSIONS[Role.AGENT]} - {"conversation.reply"}
    change_roles(actor=people.actor(people.owner), roles={"agent": allowed})
    waiting = floor.arrives()
    floor.given()
    assert floor.holder(waiting) == people.lead.pk


def test_nobody_has_more_than_they_can_and_the_rest_follows_when_somebody_is_free(floor: Floor) -> None:
    people = floor.people
    floor.rule(live=2)
    floor.leaves(people.lead)
    waiting = [floor.arrives() for _ in range(4)]
    assert floor.given() == 2
    assert [floor.holder(each) for each in waiting] == [people.agent.pk, people.agent.pk, None, None]
    conversations.resolve_conversation(shop_id=floor.shop, conversation_id=waiting[0], by=people.agent.pk)
    assert floor.given() == 1
    assert floor.holder(waiting[2]) == people.agent.pk


def test_letters_and_chats_are_counted_apart_and_the_counts_are_true(floor: Floor) -> None:
    people, letters = floor.people, reach.carried()[0]
    floor.rule(live=1, letters=1)
    floor.leaves(people.lead)
    mailed, chatted, mailed_too = floor.arrives(channel=letters), floor.arrives(), floor.arrives(channel=letters)
    assert floor.given() == 2
    assert [floor.holder(each) for each in (mailed, chatted, mailed_too)] == [people.agent.pk, people.agent.pk, None]
    assert queues.loads(shop_id=floor.shop) == {people.agent.pk: (2, 1)}
    assert kept_counts(floor.shop) == true_counts(floor.shop)


def test_a_seat_may_hold_more_or_nothing(floor: Floor) -> None:
    people = floor.people
    floor.rule(live=1)
    owner = people.actor(people.owner)
    actions.change_seat(actor=owner, agent_id=people.agent.pk, skills=None, live=3, letters=None)
    actions.change_seat(actor=owner, agent_id=people.lead.pk, skills=None, live=0, letters=None)
    waiting = [floor.arrives() for _ in range(4)]
    assert floor.given() == 3
    assert {floor.holder(each) for each in waiting[:3]} == {people.agent.pk}


def test_a_shopper_who_comes_back_meets_the_same_agent(floor: Floor) -> None:
    people = floor.people
    floor.rule()
    known = shopper(people)
    first = say(known, "주문했어요", afresh=True, locale="en").conversation
    say(people.lead, "네, 확인했습니다", conversation_id=first)
    conversations.resolve_conversation(shop_id=floor.shop, conversation_id=first, by=people.lead.pk)
    for _ in range(2):
        say(people.lead, "인사", conversation_id=floor.arrives())  # the lead is the busier one
    again = say(known, "하나 더요", afresh=True, locale="en").conversation
    assert floor.given() == 1
    assert floor.holder(again) == people.lead.pk
    assert '"why":"sticky"' in timeline(again)[-1].data


def test_the_shoppers_language_and_tags_find_who_is_good_at_it(floor: Floor) -> None:
    people = floor.people
    owner = people.actor(people.owner)
    floor.rule()
    accounts.change_agent(actor=owner, agent_id=people.lead.pk, languages=["zh"])
    chinese = floor.arrives(locale="zh")
    floor.given()
    assert floor.holder(chinese) == people.lead.pk
    actions.change_seat(actor=owner, agent_id=people.lead.pk, skills=["Refunds "], live=None, letters=None)
    asked = floor.arrives(locale="en")
    tag = create_tag(actor=owner, name="refunds", color="#0F766E")["id"]
    conversations.tag_conversation(shop_id=floor.shop, conversation_id=asked, by=people.owner.pk, add=[tag], remove=[])
    floor.rule(by_language=False)
    floor.given()
    assert floor.holder(asked) == people.lead.pk


def test_a_teams_conversation_goes_to_its_people_alone(floor: Floor) -> None:
    people = floor.people
    team = accounts.create_team(actor=people.actor(people.owner), name="Tea", agent_ids=[people.lead.pk])
    floor.rule(teams={str(team.pk): {"strategy": "round_robin"}})
    waiting = [floor.arrives() for _ in range(3)]
    for each in waiting:
        conversations.assign_conversation(
            shop_id=floor.shop, conversation_id=each, by=people.owner.pk, agent_id=None, team_id=team.pk
        )
    assert floor.given() == 3
    assert {floor.holder(each) for each in waiting} == {people.lead.pk}
    assert set(Conversation.objects.filter(pk__in=waiting).values_list("team_id", flat=True)) == {team.pk}


def test_what_is_urgent_is_given_out_first(floor: Floor) -> None:
    floor.rule(live=1)
    floor.leaves(floor.people.lead)
    first, urgent = floor.arrives(), floor.arrives()
    conversations.set_priority(shop_id=floor.shop, conversation_id=urgent, by=floor.people.owner.pk, priority=3)
    assert floor.given() == 1
    assert (floor.holder(first), floor.holder(urgent)) == (None, floor.people.agent.pk)


def test_those_behind_a_page_of_others_are_not_forgotten(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    people = floor.people
    monkeypatch.setattr("sonnim.routing.actions.assigning.PAGE", 2)
    team = accounts.create_team(actor=people.actor(people.owner), name="Nobody", agent_ids=[people.admin.pk])
    floor.rule()
    stuck = [floor.arrives() for _ in range(5)]
    for each in stuck:
        conversations.assign_conversation(
            shop_id=floor.shop, conversation_id=each, by=people.owner.pk, agent_id=None, team_id=team.pk
        )
    behind = floor.arrives()
    assert floor.given() == 1
    assert floor.holder(behind) is not None


def test_what_is_urgent_comes_first_from_far_behind_in_the_queue(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sonnim.routing.actions.assigning.PAGE", 3)
    floor.rule(live=1)
    floor.leaves(floor.people.lead)
    waiting = [floor.arrives() for _ in range(8)]
    conversations.set_priority(shop_id=floor.shop, conversation_id=waiting[6], by=floor.people.agent.pk, priority=3)
    assert floor.given() == 1
    assert [floor.holder(each) for each in waiting if floor.holder(each)] == [floor.people.agent.pk]
    assert floor.holder(waiting[6]) == floor.people.agent.pk


def test_what_is_answered_snoozed_or_settled_is_not_given_out(floor: Floor) -> None:
    people = floor.people
    floor.rule()
    snoozed, settled = floor.arrives(), floor.arrives()
    until = clock.now() + timedelta(hours=1)
    conversations.snooze_conversation(shop_id=floor.shop, conversation_id=snoozed, by=people.owner.pk, until=until)
    conversations.resolve_conversation(shop_id=floor.shop, conversation_id=settled, by=people.owner.pk)
    say_all(post_of(people.owner, conversation_id=floor.arrives()))
    assert waiting_rows(floor.shop) == []
    assert floor.given() == 0


@pytest.mark.parametrize("wrong", [{"offer_s": 1}, {"live": 1000}, {"teams": {"999999": {"mode": "direct"}}}])
def test_rules_out_of_bounds_are_refused(people: People, wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        actions.change_rules(actor=people.actor(people.owner), changes=wrong)
    assert not Rules.objects.exists()


def test_a_team_that_was_removed_is_let_go_when_another_one_changes(floor: Floor) -> None:
    gone, stays = [Team.objects.create(shop=floor.people.shop, name=name) for name in ("A", "B")]
    floor.rule(teams={str(gone.pk): {"mode": "offer"}})
    Team.objects.filter(pk=gone.pk).update(removed_at=clock.now())
    rules = floor.rule(teams={str(gone.pk): {"mode": "offer"}, str(stays.pk): {"mode": "manual"}})
    assert rules.teams == {str(stays.pk): {"mode": "manual"}}
    with pytest.raises(Invalid):
        floor.rule(teams={"999999": {"mode": "offer"}})
