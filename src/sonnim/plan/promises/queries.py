"""Reads of promises, and of what a message promises."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from sonnim.accounts.models import Shop
from sonnim.contacts.queries import contact_objects
from sonnim.conversations.models import Entry
from sonnim.conversations.queries import conversation_state, conversations_among
from sonnim.conversations.queues import check_limit, cursor_after, read_cursor
from sonnim.conversations.shapes import conversation_object
from sonnim.kernel import clock, sql
from sonnim.kernel.errors import NotFound
from sonnim.plan.hours.queries import calendar_of
from sonnim.plan.models import Promise
from sonnim.plan.promises import rules
from sonnim.plan.promises.detection import find
from sonnim.plan.promises.shapes import FoundPromise, FoundPromises, PromiseObject, PromisePage, promise_object
from sonnim.plan.promises.timing import timing_of

NEWEST = 200
SETTLED = 20
MAX_SEQ = 2**31 - 1
LAST_MS = 253_402_300_799_000
OPEN = Q(kept_at=None, dropped_at=None)


def any_open(*, shop_id: int, conversation_ids: Collection[int]) -> bool:
    """Whether something is still promised in one of these conversations; cheap, for every change of hands."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM plan_promise WHERE {sql.among('conversation_id')} AND shop_id = %s "  # noqa: S608
            "AND kept_at IS NULL AND dropped_at IS NULL LIMIT 1",
            [sql.many(sorted(conversation_ids)), shop_id],
        )
        return cursor.fetchone() is not None


def open_promises(*, shop_id: int) -> list[PromiseObject]:
    """What a shop has still to keep, the soonest due first; at most 200."""
    found = Promise.objects.filter(OPEN, shop_id=shop_id).order_by("due_at", "id")
    return [promise_object(promise) for promise in found[:NEWEST]]


def promises_in(*, shop_id: int, conversation_id: int) -> list[PromiseObject]:
    """A conversation's open promises, the soonest due first, then the last 20 that were settled, newest first."""
    own = Promise.objects.filter(shop_id=shop_id, conversation_id=conversation_id)
    found = [*own.filter(OPEN).order_by("due_at", "id")[:NEWEST], *own.exclude(OPEN).order_by("-id")[:SETTLED]]
    return [promise_object(promise) for promise in found]


def found_in(*, shop_id: int, conversation_id: int, seq: int) -> FoundPromises:
    """What a message or a note of an agent seems to promise, and what of it is kept already.

    Raises:
        NotFound: there is no such message of an agent in this shop.
    """
    seq = min(seq, MAX_SEQ)
    entry = Entry.objects.filter(
        shop_id=shop_id, conversation_id=conversation_id, seq=seq, kind__in=("message", "note"), author_kind="agent"
    ).first()
    if entry is None:
        raise NotFound("There is no such message.")
    at, calendar = clock.to_ms(entry.at), calendar_of(shop_id)
    with connection.cursor() as cursor:
        timing = timing_of(cursor, conversation_state(shop_id=shop_id, conversation_id=conversation_id))
    found = find(entry.text, at=at, zone=_zone(shop_id), calendar=calendar)
    made = Promise.objects.filter(shop_id=shop_id, said_in_id=conversation_id, said_seq=seq).order_by("id")
    return FoundPromises(
        found=[
            FoundPromise(
                act=each.act,
                start=each.start,
                end=each.end,
                said=each.said,
                how=each.how,
                due_at=None if each.due is None else clock.from_ms(each.due),
                proposed_at=clock.from_ms(
                    rules.proposed(at=at, due=each.due, how=each.how, calendar=timing.hours, within=timing.within)
                ),
            )
            for each in found
        ],
        made=[promise_object(promise) for promise in made],
    )


def page(*, shop_id: int, agent_id: int | None, cursor: str | None, limit: int) -> PromisePage:
    """Open promises, of one agent or of all, the soonest due first; with their conversations and contacts.

    Raises:
        Invalid: no such cursor or limit.
    """
    check_limit(limit)
    wanted = OPEN & Q(shop_id=shop_id)
    if agent_id is not None:
        wanted &= Q(agent_id=agent_id)
    if cursor is not None:
        due_ms, last = read_cursor(cursor, 2)
        due = clock.from_ms(min(due_ms, LAST_MS))
        wanted &= Q(due_at__gte=due) & (Q(due_at__gt=due) | Q(pk__gt=last))
    rows = list(Promise.objects.filter(wanted).order_by("due_at", "id")[: limit + 1])
    shown = rows[:limit]
    states = conversations_among(shop_id=shop_id, conversation_ids=sorted({row.conversation_id for row in shown}))
    return PromisePage(
        items=[promise_object(row) for row in shown],
        conversations=[conversation_object(state) for state in states],  # type: ignore[misc]
        contacts=contact_objects(shop_id, {state.contact_id for state in states}),
        next=cursor_after(clock.to_ms(shown[-1].due_at), shown[-1].pk) if len(rows) > limit else None,
    )


def _zone(shop_id: int) -> ZoneInfo:
    return ZoneInfo(Shop.objects.values_list("timezone", flat=True).get(pk=shop_id))
