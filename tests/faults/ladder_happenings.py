"""What becomes of concessions and of requests to whoever decides, as happenings of F08."""

from collections.abc import Callable
from datetime import timedelta

from sonnim.conversations.actions.questions import note_overdue_questions
from sonnim.conversations.together import QuestionObject
from sonnim.kernel import clock
from sonnim.plan.document import actions as plans
from sonnim.plan.ladder import actions
from sonnim.plan.ladder.shapes import ConcessionObject
from sonnim.plan.ladder.wanted import Wanted
from tests.faults.town import Town


def _planned(town: Town) -> None:
    plans.begin_with_template(actor=town.owner, v=0)
    plans.publish_plan(actor=town.owner, v=1)


def _conceded(town: Town) -> ConcessionObject:
    _planned(town)
    actor = town.people.actor(town.people.agent)
    wanted = Wanted(concession="gift", reason="오래 기다리셨어요")
    return actions.concede(actor=actor, conversation_id=town.waiting, client_id="6f1b8a90-0003", wanted=wanted)


def _asked(town: Town) -> QuestionObject:
    _planned(town)
    wanted = Wanted(concession="gift", value="2", reason="두 분이 함께 오세요")
    actor = town.people.actor(town.people.agent)
    return actions.ask_approval(actor=actor, conversation_id=town.waiting, wanted=wanted)


def _granted(town: Town) -> object:
    return actions.answer_approval(
        actor=town.people.actor(town.people.lead), approval_id=_asked(town)["id"], decision="less", value="1"
    )  # fmt: skip


def _granted_and_conceded(town: Town) -> object:
    _granted(town)
    return _conceded_anew(town)


def _conceded_anew(town: Town) -> object:
    actor = town.people.actor(town.people.agent)
    return actions.concede(
        actor=actor, conversation_id=town.waiting, client_id="6f1b8a90-0004", wanted=Wanted(concession="gift")
    )  # fmt: skip


def _handed(town: Town) -> None:
    _asked(town)
    with clock.moved(timedelta(minutes=16)):
        note_overdue_questions()
        note_overdue_questions()


BARGAINED: dict[str, list[Callable[[Town], object]]] = {
    "plan.ladder.actions.asking:answer_approval": [_granted],
    "plan.ladder.actions.asking:ask_approval": [_asked, _handed],
    "plan.ladder.actions.conceding:concede": [_conceded, _granted_and_conceded],
    "plan.ladder.actions.conceding:take_back": [
        lambda town: actions.take_back(actor=town.people.actor(town.people.agent), concession_id=_conceded(town)["id"])
    ],
}
