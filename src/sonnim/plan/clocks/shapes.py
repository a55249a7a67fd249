"""Policies as clients see them."""

from typing import Any

from typing_extensions import TypedDict

from sonnim.plan.models import Policy


class PolicyObject(TypedDict):
    """`targets` are seconds by kind; `calendar_id` 0 is the clock on the wall, null the shop's hours."""

    id: int
    v: int
    name: str
    position: int
    active: bool
    fits: dict[str, Any]
    targets: dict[str, int]
    calendar_id: int | None
    warn_percent: int
    pauses: bool
    stages: list[dict[str, Any]]


def policy_object(policy: Policy) -> PolicyObject:
    """A policy for agents."""
    return PolicyObject(
        id=policy.pk,
        v=policy.v,
        name=policy.name,
        position=policy.position,
        active=policy.active,
        fits=policy.fits,
        targets=policy.targets,
        calendar_id=policy.calendar_id,
        warn_percent=policy.warn_percent,
        pauses=policy.pauses,
        stages=policy.stages,
    )
