"""Writes to the rules of a shop."""

from typing import Any

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Team
from sonnim.eventlog import log
from sonnim.kernel.errors import Invalid
from sonnim.routing.models import Rules
from sonnim.routing.queries import rules_of

BOUNDS = {
    "widen_s": (0, 3600),
    "offer_s": (5, 300),
    "missed_limit": (1, 20),
    "idle_s": (60, 4 * 3600),
    "grace_s": (10, 3600),
    "letters_grace_s": (60, 7 * 24 * 3600),
    "live": (0, 500),
    "letters": (0, 500),
}
"""Between which values a number of the rules lies."""


def change_rules(*, actor: Actor, changes: dict[str, Any]) -> Rules:
    """Decide how the shop gives conversations out; in force from the next one on.

    Raises:
        Invalid: a number is out of its bounds, or a team is none of this shop's.
    """
    with log.unit(actor.shop_id):
        rules = rules_of(actor.shop_id)
        before = set(rules.teams)
        for name, value in changes.items():
            low, high = BOUNDS.get(name, (None, None))
            if low is not None and not low <= value <= high:
                raise Invalid(fields={name: f"not from {low} to {high}"})
            setattr(rules, name, value)
        known = Team.objects.filter(shop_id=actor.shop_id, removed_at=None, pk__in=[int(team) for team in rules.teams])
        alive = {str(pk) for pk in known.values_list("pk", flat=True)}
        if set(rules.teams) - alive - before:
            raise Invalid(fields={"teams": "not a team of this shop"})
        # One that was removed since is let go: whoever changes another has read it here.
        rules.teams = {team: told for team, told in rules.teams.items() if team in alive}
        rules.save()
        audit.record(actor, "routing.changed", target=f"shop:{actor.shop_id}", **changes)
    return rules
