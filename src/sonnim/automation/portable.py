"""Rules and macros as a file."""

from typing import Any

from sonnim.automation import names
from sonnim.automation.queries import macros_of, rules_of

FORMAT = "sonnim.automation/1"


def carried(shop_id: int) -> dict[str, Any]:
    """All rules and macros, with names in the place of ids."""
    rules = [{"name": each.name, "active": each.active, **each.wording} for each in rules_of(shop_id)]
    macros = [{"name": each.name, "steps": each.steps, "canned_id": each.canned_id} for each in macros_of(shop_id)]
    return {
        "format": FORMAT,
        "rules": names.with_names(shop_id, rules),
        "macros": names.with_names(shop_id, macros),
    }
