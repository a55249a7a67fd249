"""Above the limit: whoever decides is asked, whoever stands in when they are silent, and the answer is used once."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from tests.people import People

from sonnim.accounts.actions import create_team
from sonnim.accounts.models import Agent, AuditEntry
from sonnim.conversations.actions.questions import answer_question, note_overdue_questions, withdraw_question
from sonnim.conversations.models import Question
from sonnim.conversations.together import open_questions
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from sonnim.plan.ladder.tests.bargaining import PLAN, Bargain, put_in_force
from sonnim.plan.ladder.wanted import AboveLimit
from sonnim.plan.models import Concession

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_the_request_says_exactly_what_is_wanted_and_goes_to_whom_the_plan_names(bargain: Bargain) -> None:
    asked = bargain.ask(order="ORD-7", step="coupon")
    assert (asked["to_role"], asked["stand_in_role"], asked["handed_at"]) == ("lead", "owner", None)
    assert asked["due_at"] is not None
    assert timedelta(minutes=14) < asked["due_at"] - clock.now() <= timedelta(minutes=15)
    matter = asked["matter"]
    assert matter is not None
    assert (matter["concession"], matter["value"], matter["currency"]) == ("coupon", "9000", "KRW")
    assert (matter["order"], matter["reason"], matter["outcome"]) == ("ORD-7", "over_limit", "")
    assert open_questions(shop_id=bargain.people.shop.pk) == [asked]
    assert bargain.told("asked") == 1


def test_what_is_granted_can_be_conceded_once(bargain: Bargain) -> None:
    asked = bargain.ask()
    with pytest.raises(Conflict):
        bargain.concede(value="9000", approval_id=asked["id"])
    answered = bargain.answer(asked)
    assert answered["matter"] is not None
    assert (answered["matter"]["outcome"], answered["matter"]["granted"]) == ("granted", "9000")
    assert [each["id"] for each in bargain.ladder()["approvals"]] == [asked["id"]]
    with pytest.raises(AboveLimit):
        bargain.concede(value="9000.0001", approval_id=asked["id"])
    given = bargain.concede(value="9000", approval_id=asked["id"])
    assert (given["approval_id"], given["approved_by_id"]) == (asked["id"], bargain.people.lead.pk)
    with pytest.raises(Conflict):
        bargain.concede(value="1", approval_id=asked["id"])
    with pytest.raises(AboveLimit):
        bargain.concede(value="1")
    assert bargain.ladder()["approvals"] == []
    assert bargain.told("answered") == 1
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"approval.asked", "approval.answered"}


def test_less_can_be_granted_and_a_refusal_says_why(bargain: Bargain) -> None:
    asked = bargain.ask()
    for wrong in ("9000", "0", ""):
        with pytest.raises(Invalid):
            bargain.answer(asked, decision="less", value=wrong)
    bargain.answer(asked, decision="less", value="7000", text="이만큼이면 어떨까요")
    with pytest.raises(AboveLimit):
        bargain.concede(value="9000", approval_id=asked["id"])
    bargain.concede(value="7000", approval_id=asked["id"])
    other = bargain.ask(concession="gift", measure="count", value="3", currency="")
    with pytest.raises(Invalid):
        bargain.answer(other, decision="refuse")
    bargain.answer(other, decision="refuse", text="재고가 없어요. 대신 무료 배송은 됩니다.")
    with pytest.raises(Conflict):
        bargain.concede(concession="gift", value="3", approval_id=other["id"])


def test_only_who_was_asked_and_those_above_answer_and_never_oneself(bargain: Bargain, people: People) -> None:
    asked = bargain.ask()
    for stranger in (people.agent, people.outsider):
        with pytest.raises((Forbidden, NotFound)):
            bargain.answer(asked, stranger)
    own = bargain.ask(people.admin, value="50000")
    assert own["to_role"] == "owner"
    with pytest.raises(Forbidden):
        bargain.answer(own, people.admin)
    assert bargain.answer(own, people.owner)["answered_by_id"] == people.owner.pk
    assert bargain.answer(asked, people.admin)["answered_by_id"] == people.admin.pk
    with pytest.raises(Conflict):
        bargain.answer(asked)


def test_words_alone_are_no_answer_and_what_is_withdrawn_is_over(bargain: Bargain, people: People) -> None:
    asked = bargain.ask()
    lead: dict[str, Any] = {"shop_id": people.shop.pk, "question_id": asked["id"], "by": people.lead.pk, "role": "lead"}
    with pytest.raises(Conflict):
        answer_question(**lead, text="네")
    withdraw_question(shop_id=people.shop.pk, question_id=asked["id"], by=people.agent.pk, role="agent")
    with pytest.raises(Conflict):
        bargain.answer(asked)
    assert bargain.ladder()["approvals"] == []


def test_the_same_request_sent_twice_is_one_and_cannot_be_granted_twice(bargain: Bargain) -> None:
    first = bargain.ask(order="ORD-1")
    assert bargain.ask(order="ORD-1") == first
    assert bargain.told("asked") == 1
    assert bargain.ask(order="ORD-2")["id"] != first["id"]
    bargain.answer(first)
    assert bargain.ask(order="ORD-1")["id"] != first["id"]


def test_what_one_may_without_asking_is_not_asked_and_a_reason_is_needed(bargain: Bargain) -> None:
    with pytest.raises(Conflict):
        bargain.ask(value="5000")
    with pytest.raises(Invalid):
        bargain.ask(reason=" ")
    bargain.concede(value="5000")
    assert bargain.ask(value="1")["matter"] is not None


def test_an_approval_is_for_this_shopper_and_this_thing(bargain: Bargain, people: People) -> None:
    asked = bargain.ask(order="ORD-1")
    bargain.answer(asked)
    others: list[dict[str, Any]] = [
        {"order": "ORD-2"},
        {"concession": "gift", "measure": "count", "currency": ""},
        {"currency": "USD"},
    ]
    for other in others:
        with pytest.raises(Conflict):
            bargain.concede(**{"value": "1", "approval_id": asked["id"], "order": "ORD-1", **other})
    elsewhere = Bargain(people, bargain.where + 999)
    with pytest.raises(NotFound):
        elsewhere.concede(approval_id=asked["id"])


def test_when_the_decider_is_silent_whoever_stands_in_is_asked_and_both_may_answer(
    bargain: Bargain, people: People
) -> None:
    asked = bargain.ask()
    with clock.moved(16 * MINUTE):
        assert note_overdue_questions() == 1
        assert note_overdue_questions() == 0
        [handed] = open_questions(shop_id=people.shop.pk)
        assert (handed["overdue"], handed["handed_at"] is not None) == (False, True)
        assert handed["due_at"] is not None
        assert timedelta(minutes=14) < handed["due_at"] - clock.now() <= timedelta(minutes=15)
    with clock.moved(32 * MINUTE):
        note_overdue_questions()
        [late] = open_questions(shop_id=people.shop.pk)
        assert late["overdue"]
    assert (bargain.told("question_handed"), bargain.told("question_overdue")) == (1, 1)
    assert bargain.answer(asked, people.lead)["answered_by_id"] == people.lead.pk


def test_a_team_is_asked_by_its_highest_member_and_an_agent_by_name(bargain: Bargain, people: People) -> None:
    agents = [people.agent.pk, people.lead.pk]
    team = create_team(actor=people.actor(people.owner), name="Deciders", agent_ids=agents)
    decision = PLAN["decisions"][0]
    plan = {**PLAN, "decisions": [{**decision, "decided_by": {"kind": "team", "id": team.pk}}]}
    put_in_force(people, plan)
    assert bargain.ask()["to_agent_id"] == people.lead.pk
    named = {**decision, "decided_by": {"kind": "agent", "id": people.admin.pk}, "stand_in": None}
    put_in_force(people, {**PLAN, "decisions": [named]})
    asked = bargain.ask()
    assert (asked["to_agent_id"], asked["stand_in_role"]) == (people.admin.pk, None)


def test_of_a_team_who_is_there_is_asked_and_another_member_stands_in(bargain: Bargain, people: People) -> None:
    members = [people.agent.pk, people.lead.pk, people.admin.pk]
    team = create_team(actor=people.actor(people.owner), name="Deciders", agent_ids=members)
    whole = {"decided_by": {"kind": "team", "id": team.pk}, "stand_in": None}
    put_in_force(people, {**PLAN, "decisions": [{**PLAN["decisions"][0], **whole}]})
    Agent.objects.filter(pk__in=members).update(availability="online")
    Agent.objects.filter(pk=people.admin.pk).update(availability="away")
    asked = bargain.ask()
    assert (asked["to_agent_id"], asked["stand_in_agent_id"]) == (people.lead.pk, people.admin.pk)
    with clock.moved(16 * MINUTE):
        note_overdue_questions()
    assert bargain.answer(asked, people.admin)["answered_by_id"] == people.admin.pk
    Agent.objects.filter(pk=people.admin.pk).update(availability="online")
    asked = bargain.ask(value="9001")
    assert (asked["to_agent_id"], asked["stand_in_agent_id"]) == (people.admin.pk, people.lead.pk)


@pytest.mark.django_db(transaction=True)
def test_three_nodes_ask_whoever_stands_in_exactly_once(bargain: Bargain) -> None:
    asked = bargain.ask()
    go, failed = Barrier(3), []

    def look() -> None:
        try:
            go.wait(timeout=20)
            note_overdue_questions()
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    with clock.moved(16 * MINUTE):
        nodes = [Thread(target=look) for _ in range(3)]
        for node in nodes:
            node.start()
        for node in nodes:
            node.join()
    assert failed == []
    assert bargain.told("question_handed") == 1
    question = Question.objects.get(pk=asked["id"])
    assert (question.handed_at is not None, question.overdue_at) == (True, None)


@pytest.mark.django_db(transaction=True)
def test_many_who_concede_at_once_stay_within_the_limit_together(bargain: Bargain) -> None:
    granted = bargain.ask()
    bargain.answer(granted)
    go, refused = Barrier(8), []

    def give(approval: int | None) -> None:
        try:
            go.wait(timeout=20)
            bargain.concede(value="2000", approval_id=approval)
        except (AboveLimit, Conflict) as error:
            refused.append(error)
        finally:
            connections.close_all()

    hands = [Thread(target=give, args=(granted["id"] if n < 3 else None,)) for n in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    standing = Concession.objects.filter(taken_back_at=None)
    own = [each.units for each in standing.filter(approval_id=None)]
    assert standing.exclude(approval_id=None).count() == 1
    assert sum(own) <= 50_000_000
    assert len(refused) == 8 - standing.count()
