"""What happens when clocks strike: within a second of the instant, once, whoever looks and however often."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from django.db import connection

from sonnim.accounts.models import Team
from sonnim.conversations import deeds
from sonnim.conversations.change import Change
from sonnim.conversations.clocks import Clock
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel import clock as time
from sonnim.kernel.clock import from_ms
from sonnim.plan.clocks import rules
from sonnim.plan.clocks.queries import in_force
from sonnim.plan.clocks.rules import Policy, Strike

AT_ONCE = 100
DUE = "SELECT shop_id, id FROM conversations_conversation WHERE timer_at <= %s ORDER BY timer_at LIMIT %s"


def strike_due(*, limit: int = 1_000) -> int:
    """Let every clock strike whose time has come; answers how many conversations were looked at.

    Safe to run anywhere, at any time, twice: what a clock has struck stands in its conversation's row, which is
    written in the transaction that tells of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(DUE, [time.now_ms(), limit])
        due = sorted(cursor.fetchall())
    failures: list[Exception] = []
    for shop_id, rows in groupby(due, key=itemgetter(0)):
        ids = [row[1] for row in rows]
        try:
            for at in range(0, len(ids), AT_ONCE):
                _strike(shop_id, ids[at : at + AT_ONCE])
        except Exception as failure:  # one shop's trouble holds up no other shop's clocks
            failures.append(failure)
    if failures:
        raise failures[0]
    return len(due)


def _strike(shop_id: int, ids: list[int]) -> None:
    with log.unit(shop_id) as work, Change(work, expected_entries=len(ids)) as change:
        change.load(ids)
        force = in_force(change.cursor, shop_id)
        teams = living_teams(shop_id, force.policies)
        now = time.now_ms()
        for each in ids:
            about = change.get(shop_id, each)
            if about.timer_at is None or about.timer_at > now:
                continue  # another node was here, or an answer
            # Hours and policies may have changed since it was set; what is promised now is what counts.
            rules.turn(about, now, force.policies, force.hours, anew=True)
            found = rules.struck(about, now, force.policies, force.hours)
            entries = [change.entry(about, "event", data=_told(clock, strike)) for clock, strike in found]
            change.record(about, "clock.struck" if found else "conversation.promised", entries=entries)
            for _, strike in found:
                escalate(change, about, strike, teams)


def living_teams(shop_id: int, policies: Sequence[Policy]) -> frozenset[int]:
    """Of the teams to which something may go on those that there still are: at any other nobody would see it."""
    strikes = (strike for policy in policies for strike in policy.strikes)
    named = {strike.team_id for strike in strikes if strike.team_id is not None}
    if not named:
        return frozenset()
    return frozenset(Team.objects.filter(shop_id=shop_id, pk__in=named, removed_at=None).values_list("pk", flat=True))


def _told(clock: Clock, strike: Strike) -> dict[str, object]:
    return {
        "what": "clock",
        "strike": strike.what,
        "kind": clock.kind,
        "policy_id": clock.policy,
        "started_at": from_ms(clock.started),
        "due_at": None if clock.due is None else from_ms(clock.due),
        "percent": strike.percent,
        "notify": strike.notify,
    }


def escalate(change: Change, about: State, strike: Strike, teams: frozenset[int]) -> None:
    """Do what a strike does beside telling somebody. `teams` are the living ones of those that are named."""
    if strike.priority is not None and strike.priority > about.priority:
        deeds.set_priority(change, about, by=None, priority=strike.priority)
    to = strike.team_id if strike.team_id in teams else None
    if strike.release or to is not None:
        agent = None if strike.release else about.assignee_id
        team = about.team_id if to is None else to
        deeds.assign(change, about, by=None, agent_id=agent, team_id=team)
