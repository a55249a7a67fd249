"""What other parts of the product ask of the plan in force, and how dear a question is."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import People, make_agent

from sonnim.accounts.actions import create_team
from sonnim.accounts.models import Shop
from sonnim.kernel import clock
from sonnim.plan.document import actions, queries
from sonnim.plan.document.parts import Party
from sonnim.plan.document.rules import Asked, OrderTotal
from sonnim.plan.document.schema import PlanDocument
from sonnim.plan.models import HoursCalendar

LEAD = {"kind": "role", "role": "lead"}
OWNER = {"kind": "role", "role": "owner"}
PLAN: dict[str, Any] = {
    "topics": [{"id": "price", "answered_by": LEAD, "stand_in": OWNER}],
    "decisions": [{"id": "coupons", "topic": "price", "concessions": ["coupon"], "decided_by": LEAD}],
    "information": [{"id": "a", "topic": "price", "question": {"en": "Why?"}}, {"id": "b", "topic": "", "ask": True}],
    "channels": [{"id": "rest", "promise": {"en": "Today"}}, {"id": "x", "channel": "chat", "calendar_id": 4}],
    "concessions": [
        {
            "id": "coupon",
            "kind": "coupon",
            "limits": [{"role": "agent", "measure": "amount", "value": "5000", "currency": "KRW"}],
        },
        {"id": "sale", "kind": "promotion", "limits": [{"role": "agent", "measure": "any"}], "ends": "2026-11-22"},
    ],
    "ladder": [{"id": "stand"}, {"id": "then", "concession": "coupon"}],
    "refusals": [{"id": "worn", "concession": "coupon"}],
}


def in_force(people: People, plan: dict[str, Any] = PLAN) -> int:
    HoursCalendar.objects.get_or_create(pk=4, defaults={"shop": people.shop, "name": "Chat", "zone": "Asia/Seoul"})
    draft = queries.draft_of(people.shop.pk)
    v = draft.v if draft else 0
    actor = people.actor(people.lead)
    actions.save_plan_draft(actor=actor, v=v, document=PlanDocument.model_validate(plan))
    return actions.publish_plan(actor=actor, v=v + 1).n


def test_without_a_plan_nobody_may_anything_and_the_owner_decides(people: People) -> None:
    answer = queries.may(agent=people.agent, concession="coupon")
    assert (answer.allowed, answer.reason, answer.decider, answer.version) == (
        False,
        "no_plan",
        Party(kind="role", role="owner"),
        0,
    )
    assert queries.who_decides(people.shop.pk, "price") is None
    assert queries.ladder(people.shop.pk) == ()


def test_an_agent_may_up_to_the_limit_and_is_told_whom_to_ask_above_it(people: People) -> None:
    n = in_force(people)
    within = queries.may(agent=people.agent, concession="coupon", amount=Asked("amount", "5000", "KRW"))
    assert (within.allowed, within.decider, within.version) == (True, None, n)
    assert within.limit and within.limit.value == "5000"
    order = OrderTotal("40000", "KRW")
    above = queries.may(agent=people.agent, concession="coupon", amount=Asked("percent", "20"), order=order)
    assert (above.allowed, above.reason, above.decider) == (False, "over_limit", Party(kind="role", role="lead"))
    assert above.decision and above.decision.id == "coupons"


def test_a_promotion_ends_with_the_day_of_the_shop_and_not_of_the_server(people: People) -> None:
    in_force(people)
    Shop.objects.filter(pk=people.shop.pk).update(timezone="Asia/Seoul")
    last_minute = clock.now().replace(year=2026, month=11, day=22, hour=14, minute=59)
    with clock.moved(last_minute - clock.now()):
        assert queries.may(agent=people.agent, concession="sale").allowed
    with clock.moved(last_minute + timedelta(minutes=2) - clock.now()):
        assert queries.may(agent=people.agent, concession="sale").reason == "not_now"


def test_who_answers_decides_and_what_is_promised(people: People) -> None:
    n, shop = in_force(people), people.shop.pk
    answering = queries.who_answers(shop, "price")
    assert answering and answering.stand_in == Party(kind="role", role="owner")
    assert queries.who_answers(shop, "weather") is None
    assert [queries.who_decides(shop, topic) is not None for topic in ("coupons", "coupon", "price", "gift")] == [
        True,
        True,
        True,
        False,
    ]
    [chat, other] = [queries.hours(shop, name) for name in ("chat", "letters")]
    assert chat and chat.calendar_id == 4
    assert other and other.promise.en == "Today"
    known = queries.required_information(shop, "price")
    assert ([row.id for row in known.rows], known.version) == (["a"], n)
    assert len(queries.required_information(shop).rows) == 2
    assert [rung.id for rung in queries.ladder(shop)] == ["stand", "then"]
    assert [row.id for row in queries.refusals(shop)] == ["worn"]


def test_an_answer_is_of_the_newest_version_at_once(people: People) -> None:
    in_force(people)
    assert queries.who_answers(people.shop.pk, "price")
    assert in_force(people, {"topics": []}) == 2
    assert queries.who_answers(people.shop.pk, "price") is None


def test_a_question_costs_one_query_once_the_plan_has_been_read(people: People) -> None:
    in_force(people)
    queries.document_of(people.shop.pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.who_decides(people.shop.pk, "price")
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        queries.may(agent=people.agent, concession="coupon")
    assert len(asked) == 2, "the newest version, and the zone of the shop"


def test_the_plan_of_another_shop_is_another_one(people: People) -> None:
    in_force(people)
    assert queries.version_in_force(people.other_shop.pk) == 0
    assert queries.who_answers(people.other_shop.pk, "price") is None


def test_a_party_stands_for_agents_who_are_here(people: People) -> None:
    shop = people.shop.pk
    team = create_team(actor=people.actor(people.owner), name="Returns", agent_ids=[people.agent.pk, people.lead.pk])

    def meant(**party: Any) -> list[int]:
        return queries.agents_of(shop, Party.model_validate(party))

    assert meant(kind="team", id=team.pk) == sorted([people.agent.pk, people.lead.pk])
    assert meant(kind="agent", id=people.agent.pk) == [people.agent.pk]
    assert meant(kind="agent", id=people.removed.pk) == []
    assert meant(kind="agent", id=people.outsider.pk) == []
    assert meant(kind="role", role="lead") == [people.lead.pk]
    assert queries.agents_of(shop, None) == []
    second = make_agent(people.shop, "second", "lead")
    assert meant(kind="role", role="lead") == [people.lead.pk, second.pk]


def test_of_a_role_that_nobody_has_the_next_higher_one_is_meant(people: People) -> None:
    assert queries.agents_of(people.other_shop.pk, Party(kind="role", role="lead")) == [people.outsider.pk]
