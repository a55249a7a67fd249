"""Notices: made from what the log tells, seen, forgotten."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from operator import attrgetter

from django.db import connection

from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.notifications.models import Follow, Notification, PendingPush
from sonnim.notifications.news import News
from sonnim.notifications.queries import MAX_UNSEEN
from sonnim.notifications.rules import LISTED
from sonnim.notifications.shapes import notification_object

KEPT = timedelta(days=90)
BATCH = 2_000


def begin_following(*, positions: Mapping[int, int]) -> None:
    """Read these shops' logs from here on; who follows one already keeps its place."""
    with log.unit():
        rows = [Follow(shop_id=shop, pos=pos) for shop, pos in positions.items()]
        Follow.objects.bulk_create(rows, ignore_conflicts=True)


def save_position(*, shop_id: int, was: int, now: int) -> bool:
    """Note how far a log has been read; False when another node has noted something since `was`."""
    with log.unit():
        return _move(shop_id, was, now)


def _move(shop_id: int, was: int, now: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notifications_follow SET pos = %s WHERE shop_id = %s AND pos = %s", [now, shop_id, was])
        return bool(cursor.rowcount == 1)


def add_news(*, shop_id: int, was: int, now: int, news: Sequence[News], heard: Collection[tuple[int, str]]) -> bool:
    """Keep what a stretch of the log means for agents, and tell them; False when another node has been faster.

    Args:
        was: the position that was kept last; `now` replaces it.
        news: each with its agent.
        heard: (agent, kind) of what shall also be pushed.
    """
    with log.unit(shop_id) as work:
        if not _move(shop_id, was, now):
            return False
        moment = clock.from_ms(work.at)
        listed = [each for each in news if each.kind in LISTED]
        made = _add_notices(work, shop_id, _unknown(listed))
        waiting = [
            PendingPush(
                shop_id=shop_id, agent_id=each.agent_id, conversation_id=each.conversation_id, kind=each.kind,
                seq=each.seq, by_id=each.by_id, notice=made.get(each), at=moment,
            )
            for each in news
            if (each.agent_id, each.kind) in heard and (each in made or each.kind not in LISTED)
        ]  # fmt: skip
        # What waits already keeps its time: a talkative shopper must not put the push off for ever.
        PendingPush.objects.bulk_create(
            waiting,
            update_conflicts=True,
            unique_fields=["agent", "conversation", "kind"],
            update_fields=["seq", "by_id", "notice"],
        )
        return True


def _unknown(news: Sequence[News]) -> list[News]:
    """Without a second word on a followed conversation whose first has not been looked at yet."""
    followed = [each for each in news if each.kind == "followed"]
    if not followed:
        return list(news)
    known = set(
        Notification.objects.filter(
            kind="followed", seen_at=None, agent_id__in={each.agent_id for each in followed},
            conversation_id__in={each.conversation_id for each in followed},
        ).values_list("agent_id", "conversation_id")
    )  # fmt: skip
    return [each for each in news if each.kind != "followed" or (each.agent_id, each.conversation_id) not in known]


def _add_notices(work: Unit, shop_id: int, news: Sequence[News]) -> dict[News, Notification]:
    made: dict[News, Notification] = {}
    by_agent = attrgetter("agent_id")
    for agent, some in groupby(sorted(news, key=by_agent), key=by_agent):
        pos = work.claim(shop_id)
        own = {
            each: Notification(
                shop_id=shop_id, agent_id=agent, kind=each.kind, conversation_id=each.conversation_id, seq=each.seq,
                by_id=each.by_id, question_id=each.question_id, v=pos, at=clock.from_ms(work.at),
            )
            for each in some
        }  # fmt: skip
        Notification.objects.bulk_create(own.values())
        made |= own
        work.publish(
            shop_id,
            pos,
            "notification.created",
            agent_id=agent,
            desk_put={"notifications": [notification_object(notice) for notice in own.values()]},
            desk_drop=_overflow(agent, pos),
        )
    return made


def _overflow(agent_id: int, pos: int) -> dict[str, list[int]]:
    """Whoever looks at none of a hundred will not look at more: the oldest count as seen."""
    unseen = Notification.objects.filter(agent_id=agent_id, seen_at=None).order_by("-id")
    ids = list(unseen.values_list("pk", flat=True)[MAX_UNSEEN : MAX_UNSEEN + BATCH])
    if not ids:
        return {}
    Notification.objects.filter(pk__in=ids).update(seen_at=clock.now(), v=pos)
    return {"notifications": ids}


def mark_notices_seen(
    *, shop_id: int, agent_id: int, ids: Collection[int] = (), conversation_id: int | None = None, all: bool = False
) -> int:
    """An agent has looked at these notices, at those of a conversation, or at all; answers how many were new."""
    unseen = Notification.objects.filter(agent_id=agent_id, shop_id=shop_id, seen_at=None)
    if conversation_id is not None:
        unseen = unseen.filter(conversation_id=conversation_id)
    elif not all:
        unseen = unseen.filter(pk__in=ids)
    if not unseen.exists():
        return 0
    with log.unit(shop_id) as work:
        found = sorted(unseen.values_list("pk", flat=True))
        if not found:
            return 0
        pos = work.claim(shop_id)
        Notification.objects.filter(pk__in=found).update(seen_at=clock.from_ms(work.at), v=pos)
        work.publish(shop_id, pos, "notification.seen", agent_id=agent_id, desk_drop={"notifications": found})
    return len(found)


def forget_old_notices() -> int:
    """Delete notices of a quarter of a year ago; answers how many."""
    forgotten = 0
    while ids := list(
        Notification.objects.filter(at__lt=clock.now() - KEPT).order_by("at").values_list("pk", flat=True)[:BATCH]
    ):
        with log.unit():
            Notification.objects.filter(pk__in=ids).delete()
        forgotten += len(ids)
    return forgotten
