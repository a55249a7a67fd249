"""Asking somebody who may decide, by a deadline."""

from datetime import timedelta

import pytest
from tests.people import People

from sonnim.accounts.permissions import Role
from sonnim.conversations import deciding
from sonnim.conversations.actions.questions import (
    answer_question,
    ask_decider,
    note_overdue_questions,
    withdraw_question,
)
from sonnim.conversations.tests.shop_day import say, shopper, timeline
from sonnim.conversations.together import QuestionObject, open_questions, questions_in
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, Invalid, NotFound, TextInvalid

pytestmark = pytest.mark.django_db


@pytest.fixture
def where(people: People) -> int:
    return say(shopper(people), "반품하고 싶어요").conversation


def ask(people: People, where: int, **more: object) -> QuestionObject:
    wanted: dict[str, object] = {"to_role": "lead", "text": "깎아 줘도 될까요?", **more}
    return ask_decider(shop_id=people.shop.pk, conversation_id=where, by=people.agent.pk, **wanted)  # type: ignore[arg-type]


def answer(people: People, question: QuestionObject, who: str = "lead", text: str = "5천 원까지요") -> QuestionObject:
    by = getattr(people, who)
    return answer_question(shop_id=people.shop.pk, question_id=question["id"], by=by.pk, role=by.role, text=text)


def test_question_and_answer_stand_in_the_timeline(people: People, where: int) -> None:
    asked = ask(people, where)
    answered = answer(people, asked)
    lines = [(entry.author_id, entry.text) for entry in timeline(where) if entry.kind == "event"]
    assert lines == [(people.agent.pk, "깎아 줘도 될까요?"), (people.lead.pk, "5천 원까지요")]
    assert (answered["answer"], answered["answered_by_id"]) == ("5천 원까지요", people.lead.pk)
    assert open_questions(shop_id=people.shop.pk) == []
    assert questions_in(conversation_id=where) == [answered]


def test_what_waits_comes_in_the_order_in_which_it_is_due(people: People, where: int) -> None:
    later = ask(people, where, due_at=clock.now() + timedelta(hours=2))
    sooner = ask(people, where, due_at=clock.now() + timedelta(hours=1))
    assert [each["id"] for each in open_questions(shop_id=people.shop.pk)] == [sooner["id"], later["id"]]


def test_a_question_that_is_not_answered_in_time_is_told_once(people: People, where: int) -> None:
    asked = ask(people, where, due_at=clock.now() + timedelta(minutes=10))
    assert note_overdue_questions() == 0
    with clock.moved(timedelta(minutes=11)):
        assert note_overdue_questions() == 1
        assert note_overdue_questions() == 0
        assert open_questions(shop_id=people.shop.pk)[0]["overdue"]
        answer(people, asked)
    told = [entry.data for entry in timeline(where) if "question_overdue" in entry.data]
    assert len(told) == 1


def test_nobody_is_reminded_of_what_was_answered_or_taken_back(people: People, where: int) -> None:
    due = clock.now() + timedelta(minutes=10)
    answer(people, ask(people, where, due_at=due))
    taken = ask(people, where, due_at=due)
    withdraw_question(shop_id=people.shop.pk, question_id=taken["id"], by=people.agent.pk, role="agent")
    with clock.moved(timedelta(minutes=11)):
        assert note_overdue_questions() == 0


def test_a_question_is_decided_once(people: People, where: int) -> None:
    asked = ask(people, where)
    answer(people, asked)
    with pytest.raises(Conflict):
        answer(people, asked, text="아니요")
    with pytest.raises(Conflict):
        withdraw_question(shop_id=people.shop.pk, question_id=asked["id"], by=people.agent.pk, role="agent")


def test_who_was_not_asked_does_not_answer(people: People, where: int) -> None:
    asked = ask(people, where, to_role="", to_agent_id=people.lead.pk)
    with pytest.raises(Forbidden):
        answer(people, asked, who="agent")
    with pytest.raises(Forbidden):
        answer(people, ask(people, where, to_role="admin"), who="lead")
    assert answer(people, asked, who="owner")["answered_by_id"] == people.owner.pk


def test_only_whoever_asked_or_a_lead_takes_a_question_back(people: People, where: int) -> None:
    asked = ask(people, where)
    with pytest.raises(Forbidden):
        withdraw_question(shop_id=people.shop.pk, question_id=asked["id"], by=people.removed.pk, role="agent")
    shown = withdraw_question(shop_id=people.shop.pk, question_id=asked["id"], by=people.lead.pk, role="lead")
    assert shown["withdrawn"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"to_role": ""},
        {"to_role": "agent"},
        {"to_role": "boss"},
        {"to_agent_id": 1},
        {"due_at": clock.now() - timedelta(minutes=1)},
        {"due_at": clock.now() + timedelta(days=400)},
    ],
)
def test_a_question_has_one_addressee_who_decides_and_time_to_do_so(
    people: People, where: int, wrong: dict[str, object]
) -> None:
    with pytest.raises(Invalid):
        ask(people, where, **wrong)


@pytest.mark.parametrize("text", ["", "  ", "가" * 2_001])
def test_a_question_has_words_and_not_too_many(people: People, where: int, text: str) -> None:
    with pytest.raises(TextInvalid):
        ask(people, where, text=text)


def test_nobody_asks_themselves_a_stranger_or_in_another_shop(people: People, where: int) -> None:
    with pytest.raises(Invalid):
        ask(people, where, to_role="", to_agent_id=people.agent.pk)
    for stranger in (people.outsider, people.removed):
        with pytest.raises(NotFound):
            ask(people, where, to_role="", to_agent_id=stranger.pk)
    asked = ask(people, where)
    with pytest.raises(NotFound):
        answer_question(
            shop_id=people.other_shop.pk, question_id=asked["id"], by=people.outsider.pk, role="owner", text="네"
        )


@pytest.mark.parametrize(
    ("role", "to_role", "waits"),
    [(Role.LEAD, "lead", True), (Role.OWNER, "lead", True), (Role.LEAD, "admin", False), (Role.AGENT, "lead", False)],
)
def test_a_question_to_a_role_waits_for_it_and_for_those_above(role: Role, to_role: str, waits: bool) -> None:
    assert deciding.awaits(agent_id=1, role=role, whom=deciding.Whom(role=to_role)) is waits
