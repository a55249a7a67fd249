"""What happens to promises with time: a reminder, the deadline, the leads. Each once, whoever looks, however often."""

from itertools import groupby
from operator import itemgetter

from django.db import connection

from sonnim.accounts.models import Agent
from sonnim.conversations.change import Change
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.plan.clocks.firing import escalate, living_teams
from sonnim.plan.clocks.queries import in_force
from sonnim.plan.models import Promise
from sonnim.plan.promises import rules
from sonnim.plan.promises.rules import Step
from sonnim.plan.promises.shapes import line_of, promise_object
from sonnim.plan.promises.timing import looked_at, set_timer, timing_in

AT_ONCE = 100


def strike_due_promises(*, limit: int = 1_000) -> int:
    """Remind, and escalate what is overdue; answers how many promises were looked at.

    Safe to run anywhere, at any time, twice: how far a promise has come stands in its row, which is written under the
    shop's lock in the transaction that tells of it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT shop_id, conversation_id, id FROM plan_promise WHERE timer_at IS NOT NULL AND timer_at <= %s "
            "ORDER BY timer_at LIMIT %s",
            [clock.now_ms(), limit],
        )
        due = sorted(cursor.fetchall())
    failures: list[Exception] = []
    for shop_id, found in groupby(due, key=itemgetter(0)):
        rows = list(found)
        try:
            for at in range(0, len(rows), AT_ONCE):
                some = rows[at : at + AT_ONCE]
                _strike(shop_id, {row[1] for row in some}, [row[2] for row in some])
        except Exception as failure:  # one shop's trouble holds up no other shop's promises
            failures.append(failure)
    if failures:
        raise failures[0]
    return len(due)


def _strike(shop_id: int, conversations: set[int], ids: list[int]) -> None:
    with log.unit(shop_id) as work, Change(work, expected_entries=len(ids)) as change:
        change.load(conversations)
        force = in_force(change.cursor, shop_id)
        teams = living_teams(shop_id, force.policies)
        now = clock.now_ms()
        found = list(Promise.objects.filter(pk__in=ids, conversation_id__in=conversations).order_by("timer_at", "id"))
        here = set(
            Agent.objects.filter(pk__in={each.agent_id for each in found}, removed_at=None).values_list("pk", flat=True)
        )
        for promise in found:
            if promise.timer_at is None or clock.to_ms(promise.timer_at) > now:
                continue  # another node was here, or its agent
            about = change.follow(change.get(shop_id, promise.conversation_id))
            # Hours and policies may have changed since its time was set; what is promised now is what counts.
            timing = timing_in(force, about)
            happens = rules.struck(timing.steps(promise), after=looked_at(promise), now=now)
            for step in happens:
                setattr(promise, f"{step.stage}_at", clock.from_ms(now))
            set_timer(promise, timing)
            for step in happens:
                _tell(change, about, promise, step, is_here=promise.agent_id in here)
                escalate(change, about, step.strike, teams)
            if not happens:
                promise.save(update_fields=["timer_at"])


def _tell(change: Change, about: State, promise: Promise, step: Step, *, is_here: bool) -> None:
    promise.v = change.upcoming(about)
    promise.save()
    notify = _whom(step, is_here)
    done = "stepped" if step.stage == "escalated" and notify != "lead" else step.stage
    entry = change.entry(about, "event", data=line_of(promise, done) | {"notify": notify})
    change.record(about, "promise.struck", entries=[entry], desk_put={"promises": [promise_object(promise)]})


def _whom(step: Step, is_here: bool) -> str:
    """Who is told; of what is overdue the leads, where its agent works here no more."""
    return "lead" if step.stage == "overdue" and not is_here else step.strike.notify
