"""The one place where conversations are given to agents: within one unit of the shop, so that none is given twice."""

from collections.abc import Collection, Sequence

from django.db import connection

from sonnim.conversations import deeds
from sonnim.conversations.change import Change
from sonnim.eventlog import log
from sonnim.eventlog import queries as logs
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.routing import queries
from sonnim.routing.actions.offering import hold_out
from sonnim.routing.models import Rules, Seat
from sonnim.routing.queries import BEFORE_ALL, PAGE, Row
from sonnim.routing.rules import Decision, Kind, Settings, Waiting, choose, with_room

MOST = 100
"""How many are given out in one unit: shoppers' messages wait that long, which is about 20 ms."""


PRESSING = 2
"""The priority from which on a conversation is looked for beyond the first page of the queue."""


def give_out(*, shop_id: int) -> int:
    """Give out all that can be given now; answers how many were, or were offered to somebody.

    Safe at any time, on several nodes at once: a look around locks nothing, and what it finds is decided anew under
    the shop's lock, on the loads that are true then.
    """
    if not queries.anybody_waits(shop_id):
        return 0
    rules = queries.rules_of(shop_id)
    if not queries.gives_out(rules):
        return 0
    settings, given, after = queries.settings_of(rules), 0, BEFORE_ALL
    head, seats = _head(shop_id), queries.seats_at(rules)
    while True:
        kinds = with_room(seats)
        rows = queries.waiting_rows(shop_id, after, PAGE, kinds) if kinds else []
        if not rows:
            return given
        last, full = (rows[-1].rank, rows[-1].id), len(rows) == PAGE
        if full and after == BEFORE_ALL:
            rows = _pressing_first(shop_id, rows, kinds)
        queries.seat_teams(seats, rows)
        at, again_ms = clock.now_ms(), max(60, 2 * rules.offer_s) * 1000
        waiting = queries.waiting_for(rows, settings, shop_id=shop_id, at=at, again_ms=again_ms)
        found = choose(waiting, seats, settings, most=MOST)
        if found:
            wanted = {each.conversation for each in found}
            wishes = [each for each in waiting if each.id in wanted]
            given += _give(rules, settings, wishes, rows, found=found, head=head)
        if len(found) == MOST:  # there may be more of the same
            head, seats = _head(shop_id), queries.seats_at(rules)
        elif not full:
            return given
        else:
            after = last


def _head(shop_id: int) -> int:
    at = logs.head(shop_id)
    return at.pos if at else 0


def _pressing_first(shop_id: int, rows: list[Row], kinds: Collection[Kind]) -> list[Row]:
    """What is urgent comes before all others, however far behind it stands in the queue."""
    here = {row.id for row in rows}
    pressing = queries.waiting_rows(shop_id, limit=PAGE, kinds=kinds, least=PRESSING)
    return [*(row for row in pressing if row.id not in here), *rows]


def _give(
    rules: Rules,
    settings: Settings,
    wanted: Sequence[Waiting],
    rows: Sequence[Row],
    *,
    found: list[Decision],
    head: int,
) -> int:
    with log.unit(rules.shop_id) as work:
        # What was found is still true if the shop's log stands where it stood before looking: whoever gives, takes,
        # comes or goes writes to it.
        decisions = found if work.upcoming(rules.shop_id) == head + 1 else _anew(rules, settings, wanted, rows)
        if decisions:
            _write(work, rules, decisions)
    return len(decisions)


def _anew(rules: Rules, settings: Settings, wanted: Sequence[Waiting], rows: Sequence[Row]) -> list[Decision]:
    there = queries.still_waiting(rules.shop_id, [each.id for each in wanted])
    seats = queries.seats_at(rules)
    queries.seat_teams(seats, rows)
    return choose([each for each in wanted if each.id in there], seats, settings)


def _write(work: Unit, rules: Rules, decisions: Sequence[Decision]) -> None:
    with Change(work, expected_entries=len(decisions)) as change:
        change.load([each.conversation for each in decisions])
        for each in decisions:
            about = change.get(rules.shop_id, each.conversation)
            if not each.offered:
                deeds.assign(change, about, by=None, agent_id=each.agent, team_id=about.team_id, why=each.why)
        hold_out(
            work=work,
            shop_id=rules.shop_id,
            to={each.conversation: each.agent for each in decisions if each.offered},
            seconds=rules.offer_s,
        )
    turns = {each.agent: each.turn for each in decisions}
    fresh = []
    with connection.cursor() as cursor:
        for agent, turn in turns.items():
            cursor.execute("UPDATE routing_seat SET turn = %s WHERE agent_id = %s", [turn, agent])
            if not cursor.rowcount:
                fresh.append(agent)
    if not fresh:
        return
    Seat.objects.bulk_create([Seat(agent_id=agent, shop_id=rules.shop_id, turn=turns[agent]) for agent in fresh])
