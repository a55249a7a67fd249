"""When a promise warns, is overdue and escalates; pure. Instants are milliseconds since 1970 UTC."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from sonnim.plan.clocks.rules import Strike
from sonnim.plan.hours.rules import NEVER

Stage = Literal["warned", "overdue", "escalated"]
USUAL = (Strike("warn", 70, "agent"), Strike("late", 100, "agent"))
"""Where no policy says otherwise its agent is reminded once so much of the time has gone, and told when it is over."""
LEAD_AFTER = 15 * 60_000
"""How long after its time the leads hear of it, where no policy says otherwise."""
SOON = 60 * 60_000
SOMETIME = 4 * 60 * 60_000
"""How much business time is proposed for what is promised for soon, and for no time at all."""
FURTHEST = 7 * 24 * 60 * 60_000
FURTHEST_PROMISED = 365 * 24 * 60 * 60_000
"""What is proposed is no further away, however long the shop is closed; the second where a policy says so much."""


class Calendar(Protocol):
    """Business hours, as far as they matter here."""

    def elapsed(self, start: int, end: int, /) -> int:
        """Business time between two instants."""

    def after(self, start: int, milliseconds: int, /) -> int:
        """The instant after so much business time; NEVER when so much will not come."""


class Step(NamedTuple):
    """Something that happens to a promise that is not kept by then."""

    at: int
    stage: Stage
    strike: Strike


def steps(*, since: int, due: int, calendar: Calendar, strikes: Sequence[Strike] | None) -> list[Step]:
    """What happens to a promise and when, in order.

    Args:
        since: when it got its present time.
        strikes: what a policy says; None where none does.
    """
    found = [
        Step(at, _stage(strike), strike)
        for strike in (USUAL if strikes is None else strikes)
        if (at := _instant(strike.percent, since, due, calendar)) < NEVER
    ]
    if strikes is None:
        found.append(Step(due + LEAD_AFTER, "escalated", Strike("escalate", 100, "lead")))
    return sorted(found, key=lambda step: step.at)


def warn_at(planned: Sequence[Step], *, due: int) -> int:
    """From when on it is shown as pressing."""
    return next((step.at for step in planned if step.strike.what == "warn"), due)


def next_at(planned: Sequence[Step], *, after: int) -> int | None:
    """When it wants to be looked at next."""
    return next((step.at for step in planned if step.at > after), None)


def struck(planned: Sequence[Step], *, after: int, now: int) -> list[Step]:
    """What has happened since an instant; a reminder that comes too late is left out."""
    found = [step for step in planned if after < step.at <= now]
    too_late = any(step.stage != "warned" for step in found)
    return [step for step in found if not (too_late and step.strike.what == "warn")]


def proposed(*, at: int, due: int | None, how: str, calendar: Calendar, within: int | None = None) -> int:
    """By when a promise is offered to be kept: what was said, else a time that a shopper may take for soon.

    Args:
        within: how much time a policy gives to what is promised for no time.
    """
    if due is not None:
        return due
    enough = within or SOMETIME
    furthest = FURTHEST if within is None else FURTHEST_PROMISED
    return min(calendar.after(at, min(SOON, enough) if how == "soon" else enough), at + furthest)


def _stage(strike: Strike) -> Stage:
    if strike.percent < 100:
        return "warned"
    return "overdue" if strike.what == "late" else "escalated"


def _instant(percent: int, since: int, due: int, calendar: Calendar) -> int:
    """When so many per cent of the business time have gone; of all time, if none of it is business."""
    if percent == 100:
        return due
    business = calendar.elapsed(since, due)
    part = (business or max(due - since, 0)) * percent // 100
    if business <= 0:
        return since + part
    return min(calendar.after(since, part), due) if percent < 100 else calendar.after(due, part - business)
