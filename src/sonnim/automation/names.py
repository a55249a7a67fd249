"""Of whom and of what a rule speaks: whether they are this shop's, and by which names they are carried elsewhere."""

from collections.abc import Callable, Iterator
from typing import Any

from sonnim.accounts.models import Agent, Team
from sonnim.automation.rules import OWN
from sonnim.automation.wellformed import refused
from sonnim.contacts.models import Tag
from sonnim.plan.models import CannedResponse

Change = Callable[[str, Any], Any]
"""(kind, id or name) → what stands in its place."""
_KEYS = {"agent_id": "agent", "team_id": "team", "add": "tag", "remove": "tag", "tags": "tag", "canned_id": "script"}


def changed(wording: Any, change: Change) -> Any:
    """A wording with each id in it changed."""
    if isinstance(wording, list):
        return [changed(each, change) for each in wording]
    if not isinstance(wording, dict):
        return wording
    field = wording.get("field")
    own = OWN.get(field) if isinstance(field, str) else None
    found = {}
    for key, value in wording.items():
        kind = own if key == "value" else _KEYS.get(key)
        if kind is None:
            found[key] = changed(value, change)
        elif isinstance(value, list):
            found[key] = [each if each is None else change(kind, each) for each in value]
        else:
            found[key] = value if value is None else change(kind, value)
    return found


def named(wording: Any) -> dict[str, set[Any]]:
    """All ids, or names, of each kind."""
    found: dict[str, set[Any]] = {}

    def note(kind: str, value: Any) -> Any:
        found.setdefault(kind, set()).add(value)
        return value

    changed(wording, note)
    return found


def check_own(shop_id: int, wording: Any, *, before: Any = ()) -> None:
    """Raises: Invalid, when something that is named is none of this shop's, or is no more.

    Args:
        before: how it was worded so far: what has been removed since may stay in it, else it could not be switched off.
    """
    known = {kind: {pk for pk, _ in rows} for kind, rows in names_of(shop_id).items()}
    former = named(before)
    for kind, ids in named(wording).items():
        if ids - known[kind] - former.get(kind, set()):
            raise refused(f"a {kind} is none of this shop's")


def names_of(shop_id: int) -> dict[str, list[tuple[int, str]]]:
    """The agents, teams, tags and scripts of a shop: (id, name)."""
    return {
        "agent": list(_agents(shop_id)),
        "team": list(Team.objects.filter(shop_id=shop_id, removed_at=None).values_list("pk", "name")),
        "tag": list(Tag.objects.filter(shop_id=shop_id, removed_at=None).values_list("pk", "name")),
        "script": list(CannedResponse.objects.filter(shop_id=shop_id).values_list("pk", "shortcut")),
    }


def _agents(shop_id: int) -> Iterator[tuple[int, str]]:
    for agent in Agent.objects.filter(shop_id=shop_id, removed_at=None).select_related("user").order_by("pk"):
        yield agent.pk, agent.user.email


def with_names(shop_id: int, wording: Any) -> Any:
    """A wording to be carried elsewhere: agents by their addresses, teams and tags by name, scripts by shortcut."""
    known = {kind: dict(rows) for kind, rows in names_of(shop_id).items()}
    return changed(wording, lambda kind, pk: known[kind].get(pk, f"#{pk}"))


def with_ids(shop_id: int, wording: Any) -> Any:
    """The same back. Raises: Invalid, naming what this shop does not have."""
    known = {kind: {name: pk for pk, name in reversed(rows)} for kind, rows in names_of(shop_id).items()}

    def find(kind: str, name: Any) -> Any:
        if not isinstance(name, str) or name not in known[kind]:
            raise refused(f"this shop has no {kind} {name!r}")
        return known[kind][name]

    return changed(wording, find)
