"""Promises go with their conversation, to whoever has it and into what it was merged into; and with their words."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sonnim.conversations.models import Conversation, Entry
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.plan.models import Promise
from sonnim.plan.promises.queries import OPEN, any_open
from sonnim.plan.promises.shapes import promise_object

FURTHEST = 20
"""How many conversations one after the other went on in the next; nobody merges more."""


def move_promises(*, work: Unit, shop_id: int, agents: Mapping[int, int], merged: Mapping[int, int]) -> int:
    """Let open promises follow; inside the unit in which their conversations moved. Answers how many did.

    Args:
        agents: conversation → the agent who has it now.
        merged: conversation → the one in which it goes on.
    """
    if not any_open(shop_id=shop_id, conversation_ids={*agents, *merged}):
        return 0
    moved = []
    for promise in Promise.objects.filter(OPEN, shop_id=shop_id, conversation_id__in={*agents, *merged}):
        where = merged.get(promise.conversation_id, promise.conversation_id)
        agent = agents.get(promise.conversation_id, promise.agent_id)
        if (where, agent) != (promise.conversation_id, promise.agent_id):
            promise.conversation_id, promise.agent_id = where, agent
            moved.append(promise)
    return _tell(work, moved)


def return_promises(*, work: Unit, shop_id: int, apart: Sequence[tuple[int, int]]) -> int:
    """Give a conversation that was taken out of another one its open promises back; inside that unit.

    Its own are those that its timeline tells of, and those that were said in it; what goes on in it counts as it.

    Args:
        apart: conversation, and the one that it was merged into. Answers how many promises came back.
    """
    moved = []
    for own, other in apart:
        here = list(Promise.objects.filter(OPEN, shop_id=shop_id, conversation_id=_goes_on_in(other)))
        if not here:
            continue
        family = _with_merged(own)
        made = _made_in(family)
        for promise in here:
            if promise.pk in made or promise.said_in_id in family:
                promise.conversation_id = own
                moved.append(promise)
    return _tell(work, moved)


def split_promises(*, work: Unit, shop_id: int, carried: Sequence[tuple[int, int, int, int]]) -> int:
    """Let what was promised in messages that are another matter now go with them; inside that unit.

    Args:
        carried: conversation, the one that was split off, the first and the last seq. Answers how many went.
    """
    moved = []
    for said_in, begun, first, last in carried:
        for promise in Promise.objects.filter(
            OPEN, shop_id=shop_id, conversation_id=said_in, said_in_id=said_in, said_seq__range=(first, last)
        ):
            promise.conversation_id = begun
            moved.append(promise)
    return _tell(work, moved)


def drop_unsaid(*, work: Unit, shop_id: int, places: Sequence[tuple[int, int]]) -> int:
    """What was promised in messages that were taken back was not promised; inside that unit. Answers how many were.

    Args:
        places: conversation and seq of each.
    """
    said = Promise.objects.filter(OPEN, shop_id=shop_id, said_in_id__in={where for where, _ in places})
    gone = [promise for promise in said if (promise.said_in_id, promise.said_seq) in set(places)]
    for promise in gone:
        promise.dropped_at, promise.timer_at, promise.v = clock.from_ms(work.at), None, work.claim(shop_id)
        promise.save(update_fields=["dropped_at", "timer_at", "v"])
        put = {"promises": [promise_object(promise)]}
        work.publish(shop_id, promise.v, "promise.settled", conversation_id=promise.conversation_id, desk_put=put)
    return len(gone)


def forget_words(*, work: Unit, shop_id: int, lines: Mapping[int, str]) -> int:
    """What somebody wrote down at a promise is erased with the line that told of it; inside that unit.

    Args:
        lines: promise → what had been done with it: `dropped` had a reason, anything else a note.
    """
    told = list(Promise.objects.filter(shop_id=shop_id, pk__in=lines))
    for promise in told:
        setattr(promise, "reason" if lines[promise.pk] == "dropped" else "note", "")
        promise.v = work.claim(shop_id)
        promise.save(update_fields=["reason", "note", "v"])
        put = {"promises": [promise_object(promise)]}
        work.publish(shop_id, promise.v, "promise.changed", conversation_id=promise.conversation_id, desk_put=put)
    return len(told)


def _tell(work: Unit, moved: Iterable[Promise]) -> int:
    count = 0
    for promise in moved:
        promise.v = work.claim(promise.shop_id)
        promise.save(update_fields=["conversation_id", "agent_id", "v"])
        put = {"promises": [promise_object(promise)]}
        where = promise.conversation_id
        work.publish(promise.shop_id, promise.v, "promise.moved", conversation_id=where, desk_put=put)
        count += 1
    return count


def _goes_on_in(conversation_id: int) -> int:
    for _ in range(FURTHEST):
        row = Conversation.objects.filter(pk=conversation_id, status="merged").values_list("merged_into_id", flat=True)
        onward = row.first()
        if onward is None:
            break
        conversation_id = onward
    return conversation_id


def _with_merged(conversation_id: int) -> set[int]:
    """A conversation and all that go on in it."""
    family = newest = {conversation_id}
    for _ in range(FURTHEST):
        newest = set(Conversation.objects.filter(merged_into_id__in=newest).values_list("pk", flat=True)) - family
        if not newest:
            break
        family = family | newest
    return family


def _made_in(conversations: set[int]) -> set[int]:
    """The promises of which a line there says that they were made."""
    lines = Entry.objects.filter(conversation_id__in=conversations, kind="event", data__contains='"what":"promise"')
    told = map(msgspec.json.decode, lines.values_list("data", flat=True))
    return {each["promise_id"] for each in told if each["done"] == "made"}
