"""Rules and macros as a file: taken along, and brought in all or none."""

from typing import Any

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.automation import names, wellformed
from sonnim.automation.actions.macros import save_macro
from sonnim.automation.actions.writing import save_rule
from sonnim.automation.portable import FORMAT
from sonnim.eventlog import log


def bring_in(*, actor: Actor, carried: dict[str, Any]) -> dict[str, int]:
    """Add the rules and macros of a file behind those that are there; rules come switched off, to be looked at first.

    Raises:
        Invalid: it is none, or names what this shop does not have; nothing is brought in.
        Conflict: too many.
    """
    if carried.get("format") != FORMAT or set(carried) - {"format", "rules", "macros"}:
        raise wellformed.refused(f"this is no file of the format {FORMAT}")
    rules, macros = carried.get("rules", []), carried.get("macros", [])
    wellformed.check([rules, macros])
    if not all(isinstance(each, dict) and isinstance(each.get("name"), str) for each in [*rules, *macros]):
        raise wellformed.refused("each needs a name")
    with log.unit(actor.shop_id):
        for each in names.with_ids(actor.shop_id, rules):
            wording = {key: value for key, value in each.items() if key not in {"name", "active"}}
            save_rule(actor=actor, name=each["name"][:80], active=False, wording=wording)
        for each in names.with_ids(actor.shop_id, macros):
            save_macro(
                actor=actor, name=each["name"][:80], steps=each.get("steps", []), canned_id=each.get("canned_id")
            )
        audit.record(actor, "automation.imported", target="rules", rules=len(rules), macros=len(macros))
    return {"rules": len(rules), "macros": len(macros)}
