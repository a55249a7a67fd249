"""From what waits to pushes in the outbox: in bundles, at the right time, to whoever is not at the desk."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sonnim.eventlog import log
from sonnim.kernel import clock, sql
from sonnim.notifications import presence, queries, rules
from sonnim.notifications.models import Device, PendingPush

OUTBOX_KIND = "push"
MAX_WAITING = 2_000


def push_due() -> int:
    """Hand what is due to the outbox, one push a device; answers how many pushes."""
    ripe = clock.from_ms(clock.now_ms() - rules.GATHER_MS)
    waiting: defaultdict[tuple[int, int], list[PendingPush]] = defaultdict(list)
    for row in PendingPush.objects.filter(at__lte=ripe).order_by("at")[:MAX_WAITING]:
        waiting[row.shop_id, row.agent_id].append(row)
    return sum(_push_to(shop, agent, rows) for (shop, agent), rows in waiting.items())


def _push_to(shop_id: int, agent_id: int, rows: Sequence[PendingPush]) -> int:
    member = queries.members_of(shop_id, [agent_id]).get(agent_id)
    devices = list(Device.objects.filter(agent_id=agent_id))
    pushed = max((device.pushed_at for device in devices if device.pushed_at), default=None)
    now, at_desk = clock.now_ms(), agent_id in presence.at_desk(shop_id)
    fates: defaultdict[str, list[PendingPush]] = defaultdict(list)
    for row in rows:
        if member is None or not devices:
            fates["drop"].append(row)
            continue
        since = now - clock.to_ms(pushed) if pushed else None
        age = now - clock.to_ms(row.at)
        fates[rules.fate(age_ms=age, at_desk=at_desk, quiet=member.quiet, since_push_ms=since)].append(row)
    if not fates["drop"] and not fates["send"]:
        return 0
    with log.unit() as work:
        _taken(fates["drop"])
        lines = [_line(row) for row in _still_new(_taken(fates["send"]))]
        if not lines:
            return 0
        for device in devices:
            payload = {"device": device.pk, "lines": lines, "at": clock.now_ms()}
            work.enqueue(OUTBOX_KIND, payload, shop_id=shop_id)
        Device.objects.filter(pk__in=[device.pk for device in devices]).update(pushed_at=clock.now())
    return len(devices)


def _taken(rows: Sequence[PendingPush]) -> list[PendingPush]:
    """Those of the rows that no other node has taken; they are deleted."""
    if not rows:
        return []
    found = PendingPush.objects.filter(pk__in=[row.pk for row in rows]).select_related("conversation", "notice")
    taken = list(found if sql.is_sqlite() else found.select_for_update(skip_locked=True, of=("self",)))
    PendingPush.objects.filter(pk__in=[row.pk for row in taken]).delete()
    return taken


def _still_new(rows: Iterable[PendingPush]) -> list[PendingPush]:
    """Without what somebody has read or answered meanwhile."""
    return [row for row in rows if _is_new(row)]


def _is_new(row: PendingPush) -> bool:
    if row.notice is not None:
        return row.notice.seen_at is None
    about = row.conversation
    unread = about.waiting_since is not None and about.desk_seen_seq < about.last_seq
    return unread and about.assignee_id == (row.agent_id if row.kind == "message" else None)


def _line(row: PendingPush) -> dict[str, int | str | None]:
    return {"kind": row.kind, "conversation": row.conversation_id, "seq": row.seq, "by": row.by_id}


def push_test(*, shop_id: int, agent_id: int) -> int:
    """Push something to an agent's devices now, to see that it arrives; answers to how many."""
    with log.unit(shop_id) as work:
        devices = list(Device.objects.filter(agent_id=agent_id, shop_id=shop_id).values_list("pk", flat=True))
        for device in devices:
            work.enqueue(OUTBOX_KIND, {"device": device, "lines": [], "at": clock.now_ms()}, shop_id=shop_id)
    return len(devices)
