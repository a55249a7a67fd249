"""What vanished agents hold goes back to the queue: nobody waits for somebody who is not there."""

from typing import Any

from django.db import connection

from sonnim.conversations import deeds, reach
from sonnim.conversations.change import Change
from sonnim.eventlog import log
from sonnim.kernel import clock, sql
from sonnim.routing import presence, queries
from sonnim.routing.models import Rules

BATCH = 100
UNSEEN = ("idle", "missed")
_WAITS = 5 * 10**12


def take_back(*, shop_id: int, since: int) -> int:
    """Give up what waits for agents who have been gone longer than the grace time; answers how many.

    Args:
        since: before which nobody can be said to be missing (ms), such as the start of this process.
    """
    rules = queries.rules_of(shop_id)
    if not queries.gives_out(rules):
        return 0
    now = clock.now_ms()
    gone = _gone(rules, now, since)
    if not gone or not _waiting_for(rules, gone, now):
        return 0
    taken = 0
    with log.unit(shop_id) as work:
        gone = _gone(rules, work.at, since)
        held = _waiting_for(rules, gone, work.at)
        with Change(work, expected_entries=len(held)) as change:
            change.load(held)
            for each in held:
                about = change.get(shop_id, each)
                if about.status == "open" and about.assignee_id in gone and about.waiting_since is not None:
                    taken += deeds.assign(change, about, by=None, agent_id=None, team_id=about.team_id, why="vanished")
    return taken


def _gone(rules: Rules, now: int, since: int) -> set[int]:
    """Whose line has been closed for the grace time, or who has left the desk that long without closing it."""
    before = now - rules.grace_s * 1000
    if since > before:
        return set()
    lines = presence.lines(rules.shop_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id, a.availability, s.absence, s.reason, s.since, s.seen_at "
            "FROM accounts_agent a LEFT JOIN routing_seat s ON s.agent_id = a.id WHERE a.shop_id = %s",
            [rules.shop_id],
        )
        found = cursor.fetchall()
    gone = set()
    for agent, availability, absence, reason, moved, seen in found:
        left = availability == "away" and (absence == "offline" or reason in UNSEEN) and moved <= before
        if left or (agent not in lines and (seen is None or seen <= before)):
            gone.add(agent)
    return gone


def _waiting_for(rules: Rules, gone: set[int], now: int) -> list[int]:
    """Conversations of these agents that have waited so long, and with which nobody did anything lately; where the shop
    gives out by hand, those of the teams that do not.
    """
    live, letters = now - rules.grace_s * 1000, now - rules.letters_grace_s * 1000
    carried = list(reach.carried())
    by_letter = sql.among("c.channel", "text")
    parameters: list[Any] = [
        sql.many(sorted(gone)), _WAITS, sql.many(carried), live, sql.many(carried), letters, live,
    ]  # fmt: skip
    of_team = ""
    if rules.mode == "manual":
        of_team = f"AND {sql.among('+c.team_id')} "
        parameters.append(
            sql.many([team for team in map(int, rules.teams) if queries.mode_of(rules, team) != "manual"])
        )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT c.id FROM conversations_conversation c WHERE {sql.among('c.assignee_id')} "  # noqa: S608
            f"AND c.status = 'open' AND c.rank < %s "
            f"AND ((NOT {by_letter} AND c.waiting_since <= %s) OR ({by_letter} AND c.waiting_since <= %s)) "
            "AND NOT EXISTS (SELECT 1 FROM conversations_entry e WHERE e.conversation_id = c.id "
            f"AND e.seq > c.last_seq - 20 AND e.kind = 'event' AND e.at > %s) {of_team}ORDER BY c.rank, c.id LIMIT %s",
            [*parameters, BATCH],
        )
        return [row[0] for row in cursor.fetchall()]
