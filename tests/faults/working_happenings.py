"""How agents work through their queues, as happenings of F08."""

from collections.abc import Callable
from datetime import timedelta

from sonnim.contacts.actions.tags import change_tag, create_tag, remove_tag
from sonnim.conversations import actions
from sonnim.conversations.actions import views
from sonnim.conversations.actions.bulk import begin_bulk, undo_bulk
from sonnim.conversations.bulk import Deed
from sonnim.kernel import clock
from tests.faults.town import Town


def _tag(town: Town, name: str = "환불") -> int:
    return create_tag(actor=town.owner, name=name, color="#0F766E")["id"]


def _viewed(town: Town, audience: str) -> int:
    """A view of the agent's own, or one that the owner shares."""
    actor = town.agent if audience == "me" else town.owner
    made = views.create_view(actor=actor, name="단골", filter={"assignee": ["me", None]}, audience=audience)
    return made["id"]


def _done(town: Town, deed: Deed) -> int:
    found = begin_bulk(
        shop_id=town.shop,
        by=town.people.agent.pk,
        deed=deed,
        conversation_ids=[town.waiting, town.settled, town.asleep, 10**9],
    )
    return found["id"]


def _undone(town: Town, deed: Deed) -> object:
    return undo_bulk(actor=town.agent, bulk_id=_done(town, deed))


def _deeds(town: Town) -> dict[str, Deed]:
    return {
        "assign": Deed("assign", agent_id=town.people.lead.pk, team_id=town.team.pk),
        "tag": Deed("tag", add=(_tag(town),)),
        "resolve": Deed("resolve"),
        "snooze": Deed("snooze", until=clock.now() + timedelta(days=2)),
        "spam": Deed("spam"),
        "priority": Deed("priority", priority=3),
    }


def _spammed(town: Town, conversation: int) -> None:
    actions.mark_spam(shop_id=town.shop, conversation_id=conversation, by=town.people.agent.pk)


def _not_spam(town: Town) -> None:
    _spammed(town, town.waiting)
    town.post(town.shopper, "이건 스팸이 아니에요")
    actions.unmark_spam(shop_id=town.shop, conversation_id=town.waiting, by=town.people.agent.pk)


def _tagged(town: Town) -> None:
    one, other = _tag(town), _tag(town, "단골")
    for add, remove in (([one, other], []), ([], [one])):
        actions.tag_conversation(
            shop_id=town.shop, conversation_id=town.waiting, by=town.people.agent.pk, add=add, remove=remove
        )


def _each(what: str) -> list[Callable[[Town], object]]:
    do, undo = _done, _undone
    return [
        lambda town: do(town, _deeds(town)[what]),
        lambda town: undo(town, _deeds(town)[what]),
    ]


_BULK = [_each(what) for what in ("assign", "tag", "resolve", "snooze", "spam", "priority")]

WORKING: dict[str, list[Callable[[Town], object]]] = {
    "contacts.actions.tags:create_tag": [_tag],
    "contacts.actions.tags:change_tag": [
        lambda town: change_tag(actor=town.owner, tag_id=_tag(town), name="교환", color="#112233")
    ],
    "contacts.actions.tags:remove_tag": [lambda town: remove_tag(actor=town.owner, tag_id=_tag(town))],
    "conversations.actions.bulk:begin_bulk": [do for do, _ in _BULK],
    "conversations.actions.bulk:undo_bulk": [undo for _, undo in _BULK],
    "conversations.actions.status:mark_spam": [
        lambda town: _spammed(town, town.waiting),
        lambda town: _spammed(town, town.settled),
    ],
    "conversations.actions.status:unmark_spam": [_not_spam],
    "conversations.actions.tagging:tag_conversation": [_tagged],
    "conversations.actions.views:create_view": [
        lambda town: _viewed(town, "me"),
        lambda town: _viewed(town, "shop"),
        lambda town: views.create_view(
            actor=town.owner, name="팀", filter={}, audience="team", team_id=town.team.pk, position=2
        ),
    ],
    "conversations.actions.views:change_view": [
        lambda town: views.change_view(
            actor=town.agent, view_id=_viewed(town, "me"), changes={"name": "새 이름", "filter": {"text": "찻잔"}}
        ),
        lambda town: views.change_view(actor=town.owner, view_id=_viewed(town, "shop"), changes={"audience": "me"}),
    ],
    "conversations.actions.views:delete_view": [
        lambda town: views.delete_view(actor=town.agent, view_id=_viewed(town, "me")),
        lambda town: views.delete_view(actor=town.owner, view_id=_viewed(town, "shop")),
    ],
}
