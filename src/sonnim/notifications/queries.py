"""Reads of notices, and of what the log says to whom."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

from sonnim.accounts.models import Agent, Team
from sonnim.conversations.deciding import Whom, awaits
from sonnim.conversations.models import Conversation, Entry, Question
from sonnim.kernel import clock, secrets, sql
from sonnim.kernel.text import preview
from sonnim.notifications import presence, rules
from sonnim.notifications.models import Device, Follow, Notification, SigningKey
from sonnim.notifications.news import Talk
from sonnim.notifications.shapes import (
    DeviceObject,
    ListedNotification,
    NotificationObject,
    device_object,
    notification_object,
)

MAX_UNSEEN = 100
PREFERENCES = "notifications"  # the key in Agent.preferences


def unseen(*, agent_id: int) -> list[NotificationObject]:
    """What an agent has not looked at yet, newest first; there are never more than MAX_UNSEEN."""
    found = Notification.objects.filter(agent_id=agent_id, seen_at=None).order_by("-id")
    return [notification_object(notice) for notice in found[:MAX_UNSEEN]]


def page(*, agent_id: int, before: int | None, limit: int) -> tuple[list[ListedNotification], int | None]:
    """The list behind the bell, newest first, and from where it goes on."""
    found = Notification.objects.filter(agent_id=agent_id).order_by("-id")
    rows = list((found.filter(pk__lt=before) if before else found)[: limit + 1])
    shown = rows[:limit]
    names = _contacts({row.conversation_id for row in shown})
    texts = texts_of((row.conversation_id, row.seq) for row in shown)
    asked = _questions({row.question_id for row in shown if row.question_id})
    listed = [
        ListedNotification(
            **notification_object(row),
            contact_id=names[row.conversation_id][0],
            contact_name=names[row.conversation_id][1],
            text=asked.get(row.question_id or 0, texts.get((row.conversation_id, row.seq), "")),
        )
        for row in shown
    ]
    return listed, shown[-1].pk if len(rows) > limit else None


def _contacts(conversation_ids: Collection[int]) -> dict[int, tuple[int, str]]:
    rows = Conversation.objects.filter(pk__in=conversation_ids).values_list("pk", "contact_id", "contact__name")
    return {conversation: (contact, name) for conversation, contact, name in rows}


def _questions(ids: Collection[int]) -> dict[int, str]:
    rows = Question.objects.filter(pk__in=ids).values_list("pk", "text", "answer")
    return {pk: preview(answer or text) for pk, text, answer in rows}


def texts_of(places: Iterable[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """What entries say, shortened, by (conversation, seq); those without a text are left out."""
    wanted = {place for place in places if place[1]}
    rows = Entry.objects.filter(
        conversation_id__in={place[0] for place in wanted}, seq__in={place[1] for place in wanted}
    ).values_list("conversation_id", "seq", "text")
    return {(where, seq): preview(text) for where, seq, text in rows if text and (where, seq) in wanted}


def devices(*, agent_id: int) -> list[DeviceObject]:
    """The browsers that take an agent's pushes, newest first."""
    return [device_object(device) for device in Device.objects.filter(agent_id=agent_id).order_by("-id")]


def preferences(agent_id: int) -> rules.Preferences:
    """How an agent wants to be told."""
    kept = Agent.objects.filter(pk=agent_id).values_list("preferences", flat=True).get()
    return rules.preferences_of(kept.get(PREFERENCES, {}))


def signing_key() -> str | None:
    """The installation's private key for pushes, as PEM, or None while there is none."""
    row = SigningKey.objects.first()
    return secrets.unseal(row.sealed, secret_key=settings.SECRET_KEY) if row else None


@dataclass(frozen=True, slots=True)
class Member:
    """An agent as the rules see it."""

    id: int
    role: str
    preferences: rules.Preferences
    quiet: bool


def members_of(shop_id: int, ids: Collection[int]) -> dict[int, Member]:
    """These agents, as far as they still work in the shop."""
    rows = Agent.objects.filter(pk__in=ids, shop_id=shop_id, removed_at=None)
    found = {}
    for pk, role, kept, zone in rows.values_list("pk", "role", "preferences", "shop__timezone"):
        wanted = rules.preferences_of(kept.get(PREFERENCES, {}))
        found[pk] = Member(pk, role, wanted, rules.is_quiet(wanted.quiet, clock.now().astimezone(_zone(zone))))
    return found


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError):  # a zone that this machine does not know
        return UTC


def holders_of(shop_id: int, role: str) -> list[int]:
    """The agents for whom a question to a role waits: those who hold it, and those above."""
    rows = Agent.objects.filter(shop_id=shop_id, removed_at=None).values_list("pk", "role")
    return [pk for pk, held in rows if awaits(agent_id=pk, role=held, whom=Whom(role=role))]


def who_is_there(shop_id: int, team_id: int | None) -> list[int]:
    """Of a team, or of all, those who are at the desk; if nobody is, those whose devices can be reached."""
    there = presence.at_desk(shop_id)
    reached = frozenset(there) | with_devices(shop_id)
    if team_id is not None:
        reached &= teams_of(shop_id).get(team_id, frozenset())
    return sorted(reached & there or reached)


def with_devices(shop_id: int) -> frozenset[int]:
    """The agents of a shop who could be pushed to."""
    return frozenset(Device.objects.filter(shop_id=shop_id).values_list("agent_id", flat=True).distinct())


def teams_of(shop_id: int) -> dict[int, frozenset[int]]:
    """The members of each team."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows = Team.objects.filter(shop_id=shop_id, removed_at=None, agents__isnull=False).values_list("pk", "agents")
    for team, agent in rows:
        found[team].add(agent)
    return {team: frozenset(agents) for team, agents in found.items()}


# ---- the log


def heads() -> dict[int, int]:
    """Where each shop's log stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT shop_id, pos FROM eventlog_head")
        return dict(cursor.fetchall())


def followed_to(shop_ids: Collection[int]) -> Mapping[int, int]:
    """Up to where each of these logs has been read, as it was kept last."""
    return dict(Follow.objects.filter(shop_id__in=shop_ids).values_list("shop_id", "pos"))


_SILENT = ("message.created", "conversation.seen", "draft.saved", "notification.created", "notification.seen")


def telling(shop_id: int, after: int, upto: int) -> list[tuple[str, str, str]]:
    """Type, public and desk part of the events of a stretch that may concern a single agent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, public, desk FROM eventlog_event WHERE shop_id = %s AND pos > %s AND pos <= %s "
            "AND type NOT IN (%s, %s, %s, %s, %s) ORDER BY pos",
            [shop_id, after, upto, *_SILENT],
        )
        return [(type, public, desk) for type, public, desk in cursor.fetchall()]


def talks(shop_id: int, after: int, upto: int) -> tuple[list[Talk], int]:
    """The conversations in which something was said in a stretch, as they stand now, and when the stretch began."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conversation_id, MIN(at) FROM eventlog_event WHERE shop_id = %s AND pos > %s AND pos <= %s "
            "AND type = 'message.created' GROUP BY conversation_id",
            [shop_id, after, upto],
        )
        said = cursor.fetchall()
        if not said:
            return [], 0
        columns = "id, assignee_id, team_id, follower_ids, waiting_since, last_by, last_agent_id, last_seq"
        ids = [sql.many([row[0] for row in said])]
        rows = sql.select_rows(cursor, columns, f"FROM conversations_conversation WHERE {sql.among('id')}", ids)
    return [Talk(*row) for row in rows], min(row[1] for row in said)
