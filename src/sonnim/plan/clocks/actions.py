"""Writes of service promises: the policies, and the clocks under way when a policy or the hours change."""

from typing import Any

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Team
from sonnim.contacts.models import Tag
from sonnim.conversations.change import Change
from sonnim.conversations.rules import rank
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel.errors import Conflict, Invalid, NotFound
from sonnim.plan.clocks import compiling, rules
from sonnim.plan.clocks.queries import MAX_POLICIES, WALL, in_force, reopened_at, under_way
from sonnim.plan.clocks.shapes import policy_object
from sonnim.plan.models import HoursCalendar, Policy

RESET = "clocks.reset"
"""The outbox's kind for the clocks of a shop that are to be set anew."""
AT_ONCE = 200


def save_policy(
    *, actor: Actor, values: dict[str, Any], policy_id: int | None = None, seen: int | None = None
) -> Policy:
    """Promise something, or promise it otherwise; the clocks under way follow within moments.

    Args:
        values: name, active, fits, targets (seconds by kind), calendar_id, warn_percent, pauses, stages.
        seen: the version that was changed, where somebody else's change in between must not be lost.

    Raises:
        NotFound: no such policy.
        Conflict: the shop has 50 of them; somebody else has changed it since.
        Invalid: naming what is wrong.
    """
    with log.unit(actor.shop_id) as work:
        if policy_id is None:
            places = list(Policy.objects.filter(shop_id=actor.shop_id).values_list("position", flat=True))
            if len(places) >= MAX_POLICIES:
                raise Conflict(f"A shop makes at most {MAX_POLICIES} promises.")
            policy = Policy(shop_id=actor.shop_id, position=max(places, default=-1) + 1)
        else:
            policy = _policy(actor.shop_id, policy_id)
            if seen is not None and policy.v != seen:
                raise Conflict("Somebody else has changed this promise meanwhile.")
        checked = _checked(policy, values)
        for name, value in checked.items():
            setattr(policy, name, value)
        _publish(work, [policy])
        done = "policy.created" if policy_id is None else "policy.changed"
        audit.record(actor, done, target=f"policy:{policy.pk}", name=policy.name)
        reset_clocks(shop_id=actor.shop_id)
    return policy


def delete_policy(*, actor: Actor, policy_id: int) -> None:
    """Promise it no longer; its clocks end without a sound. Raises: NotFound."""
    with log.unit(actor.shop_id) as work:
        policy = _policy(actor.shop_id, policy_id)
        audit.record(actor, "policy.deleted", target=f"policy:{policy.pk}", name=policy.name)
        policy.delete()
        pos = work.claim(actor.shop_id)
        work.publish(actor.shop_id, pos, "policy.deleted", desk_drop={"policies": [policy_id]})
        reset_clocks(shop_id=actor.shop_id)


def order_policies(*, actor: Actor, ids: list[int]) -> None:
    """Say in which order policies are asked. Raises: Invalid, unless each of the shop's is named once."""
    with log.unit(actor.shop_id) as work:
        found = {policy.pk: policy for policy in Policy.objects.filter(shop_id=actor.shop_id)}
        if sorted(ids) != sorted(found):
            raise Invalid("Name each promise once.", fields={"ids": "not each once"})
        moved = []
        for at, each in enumerate(ids):
            if found[each].position != at:
                found[each].position = at
                moved.append(found[each])
        if moved:
            _publish(work, moved)
            audit.record(actor, "policy.ordered", target="policies")
            reset_clocks(shop_id=actor.shop_id)


def reset_clocks(*, shop_id: int) -> None:
    """Have all clocks of a shop set anew after the commit; inside a unit of the shop."""
    log.current().enqueue(RESET, {"shop_id": shop_id, "after": 0}, shop_id=shop_id)


def renew_clocks(*, shop_id: int, after: int = 0) -> None:
    """One step of it: the next conversations, and the order for those after them in the same transaction."""
    with log.unit(shop_id) as work:
        ids = under_way(shop_id, after=after, limit=AT_ONCE)
        if not ids:
            return
        with Change(work) as change:
            change.load(ids)
            force = in_force(change.cursor, shop_id)
            opened = reopened_at(change.cursor, ids) if force.promises("resolution") else {}
            for each in ids:
                about = change.get(shop_id, each)
                was = about.clock_part()
                since = opened.get(each, about.created_at)
                rules.turn(about, work.at, force.policies, force.hours, anew=True, opened=since)
                if about.clock_part() != was:
                    about.rank = rank(about)
                    change.record(about, "conversation.promised")
        work.enqueue(RESET, {"shop_id": shop_id, "after": ids[-1]}, shop_id=shop_id)


def _checked(policy: Policy, values: dict[str, Any]) -> dict[str, Any]:
    """The values as they are kept. What the policy names already may be gone meanwhile: it can be changed all the same.

    Hours that are gone are the standard ones, by which it goes since then.
    """
    name = values["name"].strip()
    if not name:
        raise Invalid(fields={"name": "empty"})
    calendar_id = values["calendar_id"]
    own = HoursCalendar.objects.filter(pk=calendar_id, shop_id=policy.shop_id)
    if calendar_id not in (None, WALL) and not own.exists():
        if calendar_id != policy.calendar_id:
            raise Invalid(fields={"calendar_id": "not a calendar of this shop"})
        calendar_id = None
    fits, stages = compiling.checked_fits(values["fits"]), compiling.checked_stages(values["stages"])
    _require_own(policy, fits, stages)
    return {
        "name": name,
        "active": values["active"],
        "fits": fits,
        "targets": compiling.checked_targets(values["targets"]),
        "calendar_id": calendar_id,
        "warn_percent": values["warn_percent"],
        "pauses": values["pauses"],
        "stages": stages,
    }


def _require_own(policy: Policy, fits: dict[str, Any], stages: list[dict[str, Any]]) -> None:
    teams = _teams_of(fits, stages) - _teams_of(policy.fits, policy.stages)
    if Team.objects.filter(pk__in=teams, shop_id=policy.shop_id, removed_at=None).count() != len(teams):
        raise Invalid(fields={"teams": "not a team of this shop"})
    tags = set(fits.get("tags", ())) - set(policy.fits.get("tags", ()))
    if Tag.objects.filter(pk__in=tags, shop_id=policy.shop_id, removed_at=None).count() != len(tags):
        raise Invalid(fields={"tags": "not a tag of this shop"})


def _teams_of(fits: dict[str, Any], stages: list[dict[str, Any]]) -> set[int]:
    return {*fits.get("teams", ()), *(stage["team_id"] for stage in stages if stage.get("team_id"))}


def _policy(shop_id: int, policy_id: int) -> Policy:
    policy = Policy.objects.filter(pk=policy_id, shop_id=shop_id).first()
    if policy is None:
        raise NotFound("There is no such promise.")
    return policy


def _publish(work: Unit, policies: list[Policy]) -> None:
    pos = work.claim(policies[0].shop_id)
    for policy in policies:
        policy.v = pos
        policy.save()
    put = {"policies": [policy_object(policy) for policy in policies]}
    work.publish(policies[0].shop_id, pos, "policy.saved", desk_put=put)
