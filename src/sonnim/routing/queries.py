"""What a decision needs to know, each by one statement however many agents and conversations there are."""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q

from sonnim.accounts.models import Agent
from sonnim.accounts.permissions import Permission, Role, allows
from sonnim.conversations import queues, reach
from sonnim.kernel import sql
from sonnim.routing import models, presence
from sonnim.routing.models import Rules
from sonnim.routing.rules import NOBODY, Kind, Mode, Seat, Settings, Strategy, Waiting
from sonnim.routing.wants import wants_of

PAGE = 200
BEFORE_ALL = (-1, 0)
_WAITS = 5 * 10**12  # ranks of who waits are instants; those of the others are above, see conversations.rules.rank
Place = tuple[int, int]


class Row(NamedTuple):
    """A conversation that waits for somebody to have it."""

    id: int
    rank: int
    channel: str
    team_id: int | None
    locale: str
    priority: int
    waiting_since: int
    contact_id: int
    last_agent_id: int | None
    tag_ids: str
    contact_tags: str


def rules_of(shop_id: int) -> Rules:
    """What a shop has decided; by hand, where it has decided nothing."""
    # As it stands: asked for each conversation that comes, and the rest is put together slower than it is read.
    found = Rules.objects.raw("SELECT * FROM routing_rules WHERE shop_id = %s", [shop_id])
    return next(iter(found), None) or Rules(shop_id=shop_id)


def settings_of(rules: Rules) -> Settings:
    """The same for a decision."""
    teams: dict[int, tuple[Mode, Strategy]] = {
        int(team): (told.get("mode", rules.mode), told.get("strategy", rules.strategy))
        for team, told in rules.teams.items()
    }
    return Settings(
        mode=rules.mode,  # type: ignore[arg-type]
        strategy=rules.strategy,  # type: ignore[arg-type]
        sticky=rules.sticky,
        by_language=rules.by_language,
        by_skill=rules.by_skill,
        widen_ms=rules.widen_s * 1000,
        teams=teams,
    )


def shops_at_work() -> set[int]:
    """The shops that give conversations out, or in which something is offered."""
    found = {rules.shop_id for rules in Rules.objects.exclude(mode="manual", teams={}) if gives_out(rules)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT shop_id FROM routing_offer WHERE outcome = ''")
        return found | {row[0] for row in cursor.fetchall()}


def gives_out(rules: Rules) -> bool:
    """Whether the shop, or one of its teams, does not give conversations out by hand."""
    return rules.mode != "manual" or any(mode_of(rules, int(team)) != "manual" for team in rules.teams)


def mode_of(rules: Rules, team: int) -> str:
    """How a team's conversations are given out."""
    return str(rules.teams.get(str(team), {}).get("mode", rules.mode))


def anybody_waits(shop_id: int) -> bool:
    """Whether a conversation waits that nobody has."""
    return bool(waiting_rows(shop_id, limit=1))


def waiting_rows(
    shop_id: int, after: Place = BEFORE_ALL, limit: int = PAGE, kinds: Collection[Kind] = ("live", "letters"),
    least: int = 0,
) -> list[Row]:  # fmt: skip
    """Who waits and is nobody's, in the queue's order; what is offered to somebody is left out.

    Args:
        least: the lowest priority that is of interest.
    """
    # SQLite counts equations, and would rather read all who wait than those who are nobody's.
    index = "INDEXED BY conversation_unassigned " if sql.is_sqlite() else ""
    of_kind, parameters = "", [shop_id, _WAITS, *after]
    if len(kinds) == 1:
        of_kind = f"AND {'' if 'letters' in kinds else 'NOT '}{sql.among('c.channel', 'text')} "
        parameters.append(sql.many(reach.carried()))
    if least:
        of_kind += "AND c.priority >= %s "
        parameters.append(least)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.rank, c.channel, c.team_id, c.locale, c.priority, c.waiting_since, c.contact_id, "  # noqa: S608
            f"c.last_agent_id, c.tag_ids, k.tag_ids FROM conversations_conversation c {index}"
            "JOIN contacts_contact k ON k.id = c.contact_id "
            "WHERE c.shop_id = %s AND c.status = 'open' AND c.assignee_id IS NULL "
            "AND c.rank < %s AND (c.rank, c.id) > (%s, %s) AND c.waiting_since IS NOT NULL "
            f"{of_kind}AND NOT EXISTS ("
            "SELECT 1 FROM routing_offer o WHERE o.conversation_id = c.id AND o.outcome = '') "
            "ORDER BY c.rank, c.id LIMIT %s",
            [*parameters, limit],
        )
        return [Row(*row) for row in cursor.fetchall()]


def still_waiting(shop_id: int, ids: Sequence[int]) -> set[int]:
    """Those of these conversations that nobody has got meanwhile; to be asked under the shop's lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.id FROM conversations_conversation c WHERE {sql.among('c.id')} AND c.shop_id = %s "  # noqa: S608
            "AND c.status = 'open' AND c.assignee_id IS NULL AND c.waiting_since IS NOT NULL AND NOT EXISTS ("
            "SELECT 1 FROM routing_offer o WHERE o.conversation_id = c.id AND o.outcome = '')",
            [sql.many(ids), shop_id],
        )
        return {row[0] for row in cursor.fetchall()}


def waiting_for(rows: Sequence[Row], settings: Settings, *, shop_id: int, at: int, again_ms: int) -> list[Waiting]:
    """The same for a decision."""
    last = _last_agents(rows) if settings.sticky else {}
    refused = _refusals(rows, at - again_ms)
    wants = wants_of(shop_id, rows) if settings.by_skill else {}
    nothing: frozenset[str] = frozenset()
    return [
        Waiting(
            row.id,
            kind_of(row.channel),
            row.priority,
            row.rank,
            at - row.waiting_since,
            row.team_id,
            row.locale,
            wants.get(row.id, nothing),
            last.get(row.contact_id) if row.last_agent_id is None else row.last_agent_id,
            refused.get(row.id, NOBODY),
        )
        for row in rows
    ]


def kind_of(channel: str) -> Kind:
    """Whether its shoppers sit there and wait, or get letters."""
    return "letters" if reach.is_carried(channel) else "live"


def _last_agents(rows: Sequence[Row]) -> dict[int, int]:
    """Contact → who answered them last, in whichever conversation, for those whom nobody has answered in this one."""
    contacts = {row.contact_id for row in rows if row.last_agent_id is None}
    if not contacts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT contact_id, last_agent_id FROM conversations_conversation WHERE id IN ("  # noqa: S608
            f"SELECT max(id) FROM conversations_conversation WHERE {sql.among('contact_id')} "
            "AND last_agent_id IS NOT NULL GROUP BY contact_id)",
            [sql.many(sorted(contacts))],
        )
        return dict(cursor.fetchall())


def _refusals(rows: Sequence[Row], since: int) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conversation_id, agent_id FROM routing_offer "  # noqa: S608
            f"WHERE {sql.among('conversation_id')} AND ended_at > %s AND outcome IN ('declined', 'missed')",
            [sql.many([row.id for row in rows]), since],
        )
        for conversation_id, agent_id in cursor.fetchall():
            found[conversation_id] = found.get(conversation_id, NOBODY) | {agent_id}
    return found


def seats_at(rules: Rules) -> list[Seat]:
    """All who work in the shop, as a decision sees them; for their teams see `seat_teams`."""
    shop_id = rules.shop_id
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id, a.languages, a.availability, a.role, s.skills, s.live, s.letters, s.turn "
            "FROM accounts_agent a LEFT JOIN routing_seat s ON s.agent_id = a.id "
            "WHERE a.shop_id = %s AND a.removed_at IS NULL ORDER BY a.id",
            [shop_id],
        )
        people = cursor.fetchall()
        cursor.execute("SELECT agent_id, letter FROM routing_offer WHERE shop_id = %s AND outcome = ''", [shop_id])
        offered = cursor.fetchall()
    answering = answering_roles(shop_id)
    lines, held = presence.lines(shop_id), queues.loads(shop_id=shop_id)
    usual: dict[Kind, int] = {"live": rules.live, "letters": rules.letters}
    seats = []
    for agent, languages, availability, role, skills, live, letters, turn in people:
        mine, carried = held.get(agent, (0, 0))
        own = live is not None or letters is not None
        seats.append(
            Seat(
                agent=agent,
                free=availability == "online" and agent in lines and role in answering,
                languages=_words(_text(languages)),
                skills=_words(_text(skills)),
                held={"live": mine - carried, "letters": carried},
                capacity=usual if not own else {"live": _or(live, rules.live), "letters": _or(letters, rules.letters)},
                turn=turn or 0,
            )
        )
    if offered:
        by_agent = {seat.agent: seat for seat in seats}
        for agent, letter in offered:
            if agent in by_agent:
                by_agent[agent].asked = True
                by_agent[agent].held["letters" if letter else "live"] += 1
    return seats


def answering_roles(shop_id: int) -> frozenset[str]:
    """The roles that may answer shoppers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT role_permissions FROM accounts_shop WHERE id = %s", [shop_id])
        return _answering_roles(_text(cursor.fetchone()[0] or {}))


def _or(own: int | None, usual: int) -> int:
    return usual if own is None else own


def _text(found: Any) -> str:
    """A column of JSON, which drivers give as text or read already."""
    return found if isinstance(found, str) else json.dumps(found) if found else "[]"


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(json.loads(text))


@lru_cache(maxsize=256)
def _answering_roles(role_permissions: str) -> frozenset[str]:
    changes = dict(json.loads(role_permissions))
    return frozenset(role.value for role in Role if allows(role.value, Permission.CONVERSATION_REPLY, changes))


def seat_teams(seats: Sequence[Seat], rows: Sequence[Row]) -> None:
    """Let the seats know of which of these conversations' teams they are."""
    teams = {row.team_id for row in rows if row.team_id is not None}
    if not teams:
        return
    found: defaultdict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT agent_id, team_id FROM accounts_team_agents WHERE {sql.among('team_id')}",  # noqa: S608
            [sql.many(sorted(teams))],
        )
        for agent_id, team_id in cursor.fetchall():
            found[agent_id].add(team_id)
    for seat in seats:
        seat.teams = frozenset(found.get(seat.agent, ()))


IDLE = Q(reason="idle", agent__availability="away", agent__v=F("v"))
"""Seats of agents whom the desk has set away for idleness, and who have chosen nothing else since."""


def any_online(shop_id: int, agent_ids: Collection[int]) -> bool:
    """Whether one of these says that they take conversations."""
    return (
        bool(agent_ids)
        and Agent.objects.filter(pk__in=agent_ids, shop_id=shop_id, removed_at=None, availability="online").exists()
    )


def any_idle(shop_id: int, agent_ids: Collection[int]) -> bool:
    """Whether the desk has set one of these away because they did nothing."""
    return bool(agent_ids) and models.Seat.objects.filter(IDLE, pk__in=agent_ids, shop_id=shop_id).exists()
