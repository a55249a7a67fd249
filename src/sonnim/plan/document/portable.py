"""A plan as a file: people and teams go by name, since another shop has other numbers for them. Pure: no Django."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from sonnim.kernel.errors import Invalid
from sonnim.plan.document.schema import PlanDocument
from sonnim.plan.document.wording import Names

FORMAT = "sonnim-plan"
FORMAT_VERSION = 1
_PEOPLE = ("team", "agent")
DEEPEST = 10
"""No plan nests its values further; a file that does is none of ours."""
Json = dict[str, Any]


def exported(document: PlanDocument, names: Names) -> Json:
    """What `imported` reads: the document, and how the people in it are called."""
    plan = document.model_dump(mode="json", exclude_defaults=True)
    meant = {(each["kind"], each["id"]) for each in _parties(plan) if each["kind"] in _PEOPLE}
    people = [{"kind": kind, "id": id, "name": names[kind, id]} for kind, id in sorted(meant) if (kind, id) in names]
    return {"format": FORMAT, "version": FORMAT_VERSION, "plan": plan, "people": people}


def imported(data: Json, here: Mapping[tuple[str, str], int]) -> tuple[PlanDocument, list[str]]:
    """The plan of a file, and who in it is not here, by name; what they did is an open question then.

    Args:
        here: ("team", name) → id, of the teams and agents of the shop that takes it.

    Raises:
        Invalid: not a plan of ours, or one that breaks its rules.
    """
    if data.get("format") != FORMAT or data.get("version") != FORMAT_VERSION or not isinstance(data.get("plan"), dict):
        raise Invalid("This is no service plan that was exported here.", fields={"plan": "another format"})
    names = _names(data.get("people"))
    missing: list[str] = []
    plan = _settled(data["plan"], names, here, missing)
    try:
        return PlanDocument.model_validate(plan), sorted(set(missing))
    except ValidationError as error:
        raise Invalid("This plan cannot be read.", fields=_fields(error)) from None


def _names(people: object) -> dict[tuple[str, int], str]:
    rows = people if isinstance(people, list) else []
    known = [each for each in rows if isinstance(each, dict) and isinstance(each.get("name"), str)]
    return {(str(each.get("kind")), each["id"]): each["name"] for each in known if isinstance(each.get("id"), int)}


def _settled(
    value: Any,
    names: Mapping[tuple[str, int], str],
    here: Mapping[tuple[str, str], int],
    missing: list[str],
    depth: int = 0,
) -> Any:
    if depth > DEEPEST:
        raise Invalid("This plan cannot be read.", fields={"plan": "too deep"})
    if isinstance(value, list):
        return [_settled(each, names, here, missing, depth + 1) for each in value]
    if not isinstance(value, dict):
        return value
    if _is_party(value):
        kind, id = value["kind"], value.get("id")
        name = names.get((kind, id), "") if isinstance(id, int) else ""
        if (kind, name) in here:
            return {"kind": kind, "id": here[kind, name]}
        missing.append(name or "?")
        return None
    # A calendar of another shop has another number too.
    return {
        key: None if key == "calendar_id" else _settled(each, names, here, missing, depth + 1)
        for key, each in value.items()
    }


def _is_party(value: Json) -> bool:
    return value.get("kind") in _PEOPLE and set(value) <= {"kind", "id", "role"}


def _parties(value: Any) -> Iterator[Json]:
    if isinstance(value, list):
        for each in value:
            yield from _parties(each)
    elif isinstance(value, dict):
        if _is_party(value):
            yield value
        else:
            yield from _parties(list(value.values()))


def _fields(error: ValidationError) -> dict[str, str]:
    return {".".join(map(str, each["loc"])): each["msg"] for each in error.errors(include_url=False)[:20]}
