"""Which clocks a conversation has, by which instant each is due, and what happens when one strikes. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, Protocol

from sonnim.conversations.clocks import Clock, Kind, read, written
from sonnim.conversations.reach import is_carried
from sonnim.conversations.state import State
from sonnim.plan.hours.rules import NEVER

KINDS: tuple[Kind, ...] = ("first_reply", "next_reply", "silence", "resolution")
UPDATE = "update"
"""What agents promise in words. Its time is the one that was said, its target is for what was said without a time; its
clock is the promise itself, see promises/rules.py: no conversation's row has one.
"""
REPLIES = ("first_reply", "next_reply")
LIVES = ("open", "snoozed")
What = Literal["warn", "late", "escalate"]


class Hours(Protocol):
    """Business time, see hours.rules.Calendar."""

    def elapsed(self, start: int, end: int) -> int:
        """Milliseconds of business time between two instants."""

    def after(self, start: int, duration: int) -> int:
        """The instant after so much business time; NEVER when so much will not come."""


class WallClock:
    """Time that never closes."""

    def elapsed(self, start: int, end: int) -> int:
        """Milliseconds between two instants."""
        return end - start

    def after(self, start: int, duration: int) -> int:
        """The instant so many milliseconds later."""
        return start + duration


class Strike(NamedTuple):
    """What happens when so many per cent of a target have passed.

    Attributes:
        notify: who is told: `agent`, `team`, `lead`, or nobody.
        priority: what the conversation's priority is raised to, at least.
        release: whether it goes back to the queue, to be given to somebody else.
        team_id: the team it goes to.
    """

    what: What
    percent: int
    notify: str = ""
    priority: int | None = None
    release: bool = False
    team_id: int | None = None

    @property
    def key(self) -> str:
        """By which a clock remembers that it is behind it."""
        return self.what if self.what != "escalate" else f"e{self.percent}"


class Policy(NamedTuple):
    """A policy, compiled. Empty sets ask for nothing; `tags` are of the contact, which is what segments are made of."""

    id: int
    channels: frozenset[str]
    priorities: frozenset[int]
    teams: frozenset[int]
    tags: frozenset[int]
    locales: frozenset[str]
    targets: Mapping[str, int]  # kind → milliseconds
    calendar_id: int | None
    pauses: bool
    strikes: tuple[Strike, ...]  # by percent, ascending

    def fits(self, about: State) -> bool:
        """Whether it speaks of this conversation."""
        return (
            (not self.channels or about.channel in self.channels)
            and (not self.priorities or about.priority in self.priorities)
            and (not self.teams or about.team_id in self.teams)
            and (not self.locales or about.locale in self.locales)
            and (not self.tags or any(tag in self.tags for tag in _ids(about.contact_tags)))
        )


class Ended(NamedTuple):
    """A clock that came to its end because what it was promised for was done."""

    clock: Clock
    policy: Policy
    took: int
    late: bool


Calendars = Callable[[int | None], Hours]


def turn(
    about: State,
    at: int,
    policies: Sequence[Policy],
    hours: Calendars,
    *,
    anew: bool = False,
    opened: int | None = None,
) -> list[Ended]:
    """Set a conversation's clocks by its state; answers those that were kept or broken by what was just done.

    A clock may begin with what is past already: a promise made to those who wait, a conversation merged into another,
    an answer taken back. That makes no noise any more; what is still to come does.

    Args:
        at: when it happened, in milliseconds.
        anew: reckon every due instant again, because hours or policies may have changed.
        opened: when it was opened, the last time, for a resolution that is promised to what is long under way; without
            it one is promised from `at`.
    """
    had = {clock.kind: clock for clock in read(about.clocks)}
    if not had and not policies:
        return []
    kept: list[Clock] = []
    by_id = {policy.id: policy for policy in policies}
    for kind, started, pausable in _wanted(about, at if opened is None else opened):
        policy = next((each for each in policies if kind in each.targets and each.fits(about)), None)
        if policy is None:
            continue
        clock = had.get(kind)
        if clock is not None and (clock.started == started or kind == "resolution"):
            del had[kind]
        else:
            clock = Clock(kind, policy.id, started, policy.targets[kind], since=started)
        _set(clock, policy, hours(policy.calendar_id), at, still=pausable and policy.pauses, anew=anew)
        kept.append(clock)
    gone = [clock for clock in had.values() if clock.policy in by_id and _was_done(clock, about)]
    about.clocks = written(kept)
    about.due_at = min((each.due for each in kept if each.kind in REPLIES and each.due is not None), default=None)
    about.timer_at = min((each.strikes for each in kept if each.strikes is not None), default=None)
    return [_ended(clock, by_id[clock.policy], hours, at) for clock in gone]


def asked(about: State) -> tuple[Any, ...]:
    """All of a state that `turn` looks at. A turn that changes nothing changes nothing at any later instant either,
    as long as this and the policies are the same: due instants are reckoned when a clock begins or goes on.
    """
    spoken = about.last_at if about.waiting_since is None and about.last_by == "agent" else None
    return (
        about.clocks, about.status, about.waiting_since, about.last_agent_id is None, about.last_by == "agent", spoken,
        about.created_at, about.channel, about.priority, about.team_id, about.locale, about.contact_tags, about.due_at,
        about.timer_at,
    )  # fmt: skip


def struck(about: State, at: int, policies: Sequence[Policy], hours: Calendars) -> list[tuple[Clock, Strike]]:
    """Let the clocks strike whose time has come; answers what happens, in order, but no warning that comes too late."""
    clocks = read(about.clocks)
    by_id = {policy.id: policy for policy in policies}
    found: list[tuple[Clock, Strike]] = []
    for clock in clocks:
        policy = by_id.get(clock.policy)
        if policy is None or clock.strikes is None or clock.strikes > at:
            continue
        due = [each for each, when in _ahead(clock, policy, hours(policy.calendar_id)) if when <= at]
        too_late = any(each.what == "late" for each in due)
        for strike in due:
            clock.done = (*clock.done, strike.key)
            clock.warned |= strike.what == "warn"
            clock.late |= strike.what == "late"
            if not (too_late and strike.what == "warn"):
                found.append((clock, strike))
        clock.strikes = min((when for _, when in _ahead(clock, policy, hours(policy.calendar_id))), default=None)
    about.clocks = written(clocks)
    about.timer_at = min((each.strikes for each in clocks if each.strikes is not None), default=None)
    return found


def _wanted(about: State, opened: int) -> Iterator[tuple[Kind, int, bool]]:
    """The clocks that this state asks for: kind, when it began, whether it may stand still now."""
    if about.status not in LIVES:
        return
    if about.waiting_since is not None:
        yield ("first_reply" if about.last_agent_id is None else "next_reply"), about.waiting_since, False
    elif about.status == "open" and about.last_by == "agent" and not is_carried(about.channel):
        yield "silence", about.last_at, False
    yield "resolution", opened, about.status == "snoozed" or about.last_by == "agent"


def _set(clock: Clock, policy: Policy, hours: Hours, at: int, *, still: bool, anew: bool) -> None:
    target = policy.targets[clock.kind]
    changed = anew or (clock.policy, clock.target) != (policy.id, target)
    if still:
        if clock.since is not None:
            clock.spent += hours.elapsed(clock.since, max(at, clock.since))
        clock.since = clock.warn = clock.due = clock.strikes = None
    elif clock.since is None:
        clock.since, changed = at, True
    clock.policy, clock.target = policy.id, target
    if clock.since is None or not (changed or clock.due is None):
        return
    was = clock.due
    clock.due = hours.after(clock.since, max(target - clock.spent, 0))
    if clock.due >= NEVER:  # closed until further notice: it is reckoned anew when that notice comes
        clock.due = clock.warn = clock.strikes = None
        return
    if was is not None and clock.due > max(was, at):  # a promise that has become longer begins to be kept again
        clock.done, clock.warned, clock.late = (), False, False
    instants = list(_ahead(clock, policy, hours))
    if was is None:
        for strike, when in instants:
            if when <= at:
                clock.done = (*clock.done, strike.key)
                clock.warned |= strike.what == "warn"
                clock.late |= strike.what == "late"
        instants = [(strike, when) for strike, when in instants if when > at]
    clock.warn = next((when for strike, when in instants if strike.what == "warn"), clock.warn)
    clock.strikes = min((when for _, when in instants), default=None)


def _ahead(clock: Clock, policy: Policy, hours: Hours) -> Iterator[tuple[Strike, int]]:
    """The strikes that are not behind a clock, and when each comes."""
    if clock.since is None:
        return
    for strike in policy.strikes:
        if strike.key in clock.done:
            continue
        when = hours.after(clock.since, max(clock.target * strike.percent // 100 - clock.spent, 0))
        if when < NEVER:
            yield strike, when


def _was_done(clock: Clock, about: State) -> bool:
    """Whether a clock that is gone ended with what it had been promised for, and not because nobody needs it."""
    if clock.kind in REPLIES:
        return about.waiting_since is None and about.last_by == "agent" and about.last_at >= clock.started
    return clock.kind == "resolution" and about.status == "resolved"


def _ended(clock: Clock, policy: Policy, hours: Calendars, at: int) -> Ended:
    ran = 0 if clock.since is None else hours(policy.calendar_id).elapsed(clock.since, max(at, clock.since))
    took = clock.spent + ran
    return Ended(clock, policy, took, took > clock.target)


def _ids(encoded: str) -> list[int]:
    return [] if encoded == "[]" else [int(each) for each in encoded.strip("[]").split(",")]
