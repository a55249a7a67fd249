"""By which policy and hours the time of a promise goes: what the shop promises of such promises, or what is usual."""

from typing import NamedTuple

from django.db.backends.utils import CursorWrapper

from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.plan.clocks.queries import Force, in_force
from sonnim.plan.clocks.rules import UPDATE, Hours, Policy
from sonnim.plan.models import Promise
from sonnim.plan.promises import rules
from sonnim.plan.promises.rules import Step


class Timing(NamedTuple):
    """How promises in a conversation are timed; without a policy as is usual, by the shop's standard hours."""

    policy: Policy | None
    hours: Hours

    @property
    def within(self) -> int | None:
        """How much time it has what was promised for no time, in milliseconds."""
        return None if self.policy is None else self.policy.targets[UPDATE]

    def steps(self, promise: Promise) -> list[Step]:
        """What happens to a promise, and when."""
        strikes = None if self.policy is None else self.policy.strikes
        since, due = clock.to_ms(promise.since or promise.made_at), clock.to_ms(promise.due_at)
        return rules.steps(since=since, due=due, calendar=self.hours, strikes=strikes)


def timing_of(cursor: CursorWrapper, about: State) -> Timing:
    """The timing in a conversation; costs one read, and one for the hours."""
    return timing_in(in_force(cursor, about.shop_id), about)


def timing_in(force: Force, about: State) -> Timing:
    """The same where what is in force is read already."""
    policy = next((each for each in force.policies if UPDATE in each.targets and each.fits(about)), None)
    return Timing(policy, force.hours(None if policy is None else policy.calendar_id))


def looked_at(promise: Promise) -> int:
    """Until when everything has happened to a promise that had to."""
    moments = (promise.since or promise.made_at, promise.warned_at, promise.overdue_at, promise.escalated_at)
    return max(clock.to_ms(each) for each in moments if each is not None)


def set_timer(promise: Promise, timing: Timing) -> None:
    """Have it looked at when something is to happen to it next."""
    planned = timing.steps(promise)
    promise.warn_at = clock.from_ms(rules.warn_at(planned, due=clock.to_ms(promise.due_at)))
    at = rules.next_at(planned, after=looked_at(promise))
    promise.timer_at = None if at is None else clock.from_ms(at)
