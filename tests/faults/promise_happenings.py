"""What becomes of what agents promise, as happenings of F08."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sonnim.conversations.actions import assign_conversation
from sonnim.conversations.actions.merging import merge_conversations, unmerge_conversation
from sonnim.conversations.actions.retracting import retract_entry
from sonnim.conversations.actions.splitting import split_conversation
from sonnim.conversations.actions.wording import redact_entry
from sonnim.conversations.models import Conversation, Entry
from sonnim.kernel import clock
from sonnim.plan.promises import actions
from sonnim.plan.promises.shapes import PromiseObject
from tests.faults.town import Town


def _promised(town: Town) -> int:
    made = actions.make_promise(
        shop_id=town.shop, conversation_id=town.waiting, by=town.people.agent.pk, act="call", note="상자를 찾아보고",
        due_at=clock.now() + timedelta(minutes=30),
    )  # fmt: skip
    return made["id"]


def _said(town: Town) -> PromiseObject:
    town.post(None, "오늘 안에 연락드리겠습니다.", conversation=town.waiting)
    seq = Conversation.objects.get(pk=town.waiting).last_seq
    return actions.make_promise_of(
        shop_id=town.shop, conversation_id=town.waiting, seq=seq, by=town.people.agent.pk, act="answer",
        due_at=clock.now() + timedelta(minutes=30),
    )  # fmt: skip


def _by(town: Town) -> dict[str, Any]:
    return {"shop_id": town.shop, "promise_id": _promised(town), "by": town.people.agent.pk}


def _reopened(town: Town) -> object:
    which = _by(town)
    actions.keep_promise(**which)
    return actions.reopen_promise(**which)


def _late(town: Town) -> object:
    _promised(town)
    with clock.moved(timedelta(hours=1)):
        actions.strike_due_promises()
        return actions.strike_due_promises()


def _given_on(town: Town) -> None:
    _promised(town)
    assign_conversation(
        shop_id=town.shop, conversation_id=town.waiting, by=town.people.owner.pk, agent_id=town.people.lead.pk,
        team_id=None,
    )  # fmt: skip


def _taken_back(town: Town) -> object:
    made = _said(town)
    return retract_entry(
        shop_id=town.shop, conversation_id=town.waiting, seq=made["said_seq"] or 0, agent_id=town.people.agent.pk
    )


def _taken_out(town: Town) -> None:
    """A conversation with a promise is merged into another one, and taken out again."""
    by: dict[str, Any] = {"shop_id": town.shop, "conversation_id": town.waiting, "by": town.people.agent.pk}
    later = split_conversation(**by, from_seq=3)
    _promised(town)
    merge_conversations(**by, into_id=later)
    unmerge_conversation(**by)


def _split_off(town: Town) -> object:
    made = _said(town)
    return split_conversation(
        shop_id=town.shop, conversation_id=town.waiting, from_seq=made["said_seq"] or 0, by=town.people.agent.pk
    )


def _redacted(town: Town) -> object:
    _promised(town)
    line = Entry.objects.get(conversation_id=town.waiting, kind="event", text="상자를 찾아보고")
    return redact_entry(actor=town.owner, conversation_id=town.waiting, seq=line.seq, reason="이름")


KEPT: dict[str, list[Callable[[Town], object]]] = {
    "plan.promises.actions.keeping:change_promise": [
        lambda town: actions.change_promise(**_by(town), due_at=clock.now() + timedelta(hours=2))
    ],
    "plan.promises.actions.keeping:drop_promise": [
        lambda town: actions.drop_promise(**_by(town), reason="먼저 전화하셨어요")
    ],
    "plan.promises.actions.keeping:keep_promise": [lambda town: actions.keep_promise(**_by(town))],
    "plan.promises.actions.keeping:make_promise": [_promised],
    "plan.promises.actions.keeping:make_promise_of": [_said],
    "plan.promises.actions.keeping:reopen_promise": [_reopened],
    "plan.promises.actions.moving:drop_unsaid": [_taken_back],
    "plan.promises.actions.moving:forget_words": [_redacted],
    "plan.promises.actions.moving:move_promises": [_given_on],
    "plan.promises.actions.moving:return_promises": [_taken_out],
    "plan.promises.actions.moving:split_promises": [_split_off],
    "plan.promises.actions.striking:strike_due_promises": [_late],
}
