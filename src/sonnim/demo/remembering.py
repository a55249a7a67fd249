"""What the demo's desk has to do still: promises with a time, and lists beside conversations."""

from collections.abc import Mapping
from datetime import timedelta

import msgspec

from sonnim.accounts.models import Agent
from sonnim.conversations.actions.checklist import add_checklist_item, change_checklist_item
from sonnim.conversations.models import Entry
from sonnim.demo.catalogue import CONTENT
from sonnim.kernel import clock
from sonnim.plan.promises.actions import keep_promise, make_promise, make_promise_of
from sonnim.plan.promises.shapes import PromiseObject


class Pledge(msgspec.Struct, frozen=True):
    """A promise of an agent. `said` is how the message begins that gives it; without one it was noted by hand."""

    talk: str
    by: str
    act: str
    minutes_ahead: int
    note: str
    said: str = ""
    kept: bool = False


class Chores(msgspec.Struct, frozen=True):
    """The list of a conversation: each thing, and whether it is done."""

    talk: str
    by: str
    items: list[tuple[str, bool]]


class ToDo(msgspec.Struct, frozen=True):
    """All of it."""

    promises: list[Pledge]
    lists: list[Chores]


def to_do() -> ToDo:
    """As content/ has it."""
    return msgspec.json.decode((CONTENT / "todos.json").read_bytes(), type=ToDo)


def remember(*, shop_id: int, conversations: Mapping[str, int], agents: Mapping[str, Agent]) -> None:
    """Put it beside the conversations, given by key; once all has been said."""
    for pledge in to_do().promises:
        made = _promised(shop_id, conversations[pledge.talk], agents[pledge.by].pk, pledge)
        if pledge.kept:
            keep_promise(shop_id=shop_id, promise_id=made["id"], by=agents[pledge.by].pk)
    for chores in to_do().lists:
        here, by = conversations[chores.talk], agents[chores.by].pk
        for text, done in chores.items:
            kept = add_checklist_item(shop_id=shop_id, conversation_id=here, by=by, text=text)
            item_id = kept["items"][-1]["id"]
            if done:
                change_checklist_item(shop_id=shop_id, conversation_id=here, item_id=item_id, by=by, done=True)


def _promised(shop_id: int, where: int, by: int, pledge: Pledge) -> PromiseObject:
    due = clock.now() + timedelta(minutes=pledge.minutes_ahead)
    if not pledge.said:
        return make_promise(
            shop_id=shop_id, conversation_id=where, by=by, act=pledge.act, due_at=due, note=pledge.note
        )  # fmt: skip
    seq = Entry.objects.values_list("seq", flat=True).get(
        conversation_id=where, author_kind="agent", text__startswith=pledge.said
    )
    return make_promise_of(
        shop_id=shop_id, conversation_id=where, seq=seq, by=by, act=pledge.act, due_at=due, note=pledge.note
    )
