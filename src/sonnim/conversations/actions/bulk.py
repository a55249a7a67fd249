"""Doing something to many conversations at once, and taking it back."""

from sonnim.accounts.callers import Actor
from sonnim.conversations.bulk import MOST, REMEMBERED, BulkObject, Deed, bulk_object, kept, needed_for, restore
from sonnim.conversations.change import Change
from sonnim.conversations.models import BulkAction
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, Invalid, NotFound

BATCH = 100
"""Conversations in one transaction: what shoppers write in the meantime waits no longer than for these."""


def begin_bulk(*, shop_id: int, by: int, deed: Deed, conversation_ids: list[int]) -> BulkObject:
    """Do something to up to a thousand conversations, in batches; those that it does not fit are left alone.

    Args:
        by: id of the agent who does it, whose devices hear of each batch.

    Raises:
        Invalid: none, or too many.
        NotFound: the agent, the team or a tag is none of this shop's.
    """
    wanted = list(dict.fromkeys(conversation_ids))
    if not 1 <= len(wanted) <= MOST:
        raise Invalid(f"Choose 1 to {MOST:,} conversations.", fields={"ids": "too few or too many"})
    deed.check(shop_id)
    with log.unit(shop_id):
        bulk = BulkAction.objects.create(shop_id=shop_id, agent_id=by, what=deed.what, total=len(wanted))
    for start in range(0, len(wanted), BATCH):
        _do_some(bulk, deed, wanted[start : start + BATCH])
    return bulk_object(bulk)


def _do_some(bulk: BulkAction, deed: Deed, ids: list[int]) -> None:
    with log.unit(bulk.shop_id) as work:
        with Change(work, expected_entries=len(ids)) as change:
            change.load(ids)
            for conversation_id in ids:
                try:
                    about = change.get(bulk.shop_id, conversation_id)
                except NotFound:
                    continue  # not this shop's, or gone since the list was read
                before = kept(about)
                if deed.do(change, about, by=bulk.agent_id):
                    bulk.before.append({"was": before, "now": kept(about)})
        bulk.done += len(ids)
        _publish(work, bulk)


def undo_bulk(*, actor: Actor, bulk_id: int) -> BulkObject:
    """Make each conversation as it was, unless it has gone on since.

    Raises:
        NotFound: there is none such in this shop.
        Forbidden: the actor may not do such a thing.
        Conflict: it is over, by minutes, or was undone before.
    """
    with log.unit(actor.shop_id) as work:
        bulk = BulkAction.objects.filter(pk=bulk_id, shop=actor.shop_id).first()
        if bulk is None:
            raise NotFound("There is nothing to undo.")
        if not actor.may(needed_for(bulk.what)):
            raise Forbidden
        if bulk.undone_at is not None or clock.now() - bulk.at > REMEMBERED:
            raise Conflict("This cannot be undone any more.")
        bulk.undone_at = clock.now()
        _publish(work, bulk)
    for start in range(0, len(bulk.before), BATCH):
        _undo_some(bulk, start, by=actor.agent.pk)
    return bulk_object(bulk)


def _undo_some(bulk: BulkAction, start: int, *, by: int) -> None:
    rows = bulk.before[start : start + BATCH]
    ids = [row["was"]["id"] for row in rows]
    with log.unit(bulk.shop_id) as work, Change(work, expected_entries=len(ids)) as change:
        change.load(ids)
        for row, conversation_id in zip(rows, ids, strict=True):
            try:
                about = change.get(bulk.shop_id, conversation_id)
            except NotFound:
                continue  # gone since
            restore(change, about, what=bulk.what, was=row["was"], now=row["now"], by=by)


def _publish(work: Unit, bulk: BulkAction) -> None:
    bulk.v = pos = work.claim(bulk.shop_id)
    bulk.save()
    work.publish(bulk.shop_id, pos, "bulk.updated", agent_id=bulk.agent_id, desk_put={"bulks": [bulk_object(bulk)]})
