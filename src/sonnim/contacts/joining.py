"""Pure rules of what becomes of the fields when two contacts turn out to be one person, and when they are parted."""

from collections.abc import Mapping
from typing import Any

from sonnim.contacts.rules import LIMITS
from sonnim.kernel.errors import Conflict

Fields = Mapping[str, Any]
JOINED = (
    "name", "email", "phone", "timezone", "notes", "attributes", "consents", "tag_ids", "verified", "blocked",
    "last_seen_at", "created_at",
)  # fmt: skip


def joined(kept: Fields, gone: Fields) -> dict[str, Any]:
    """The fields of `kept` once it also stands for `gone`; `tag_ids` are lists, times milliseconds or None.

    What `kept` says goes before; of two answers to a consent the later one counts; a block stays a block. A customer
    whom the store has proven is never written to at an address that only a stranger has given.

    Raises:
        Conflict: the notes or the attributes of both are together more than a contact can have.
    """
    one = {name: kept[name] or gone[name] for name in ("name", "phone", "timezone")}
    one["email"] = kept["email"] if _is_strangers(kept, gone) else kept["email"] or gone["email"]
    notes = list(dict.fromkeys(text for each in (kept, gone) if (text := str(each["notes"]).strip())))
    attributes = {**gone["attributes"], **kept["attributes"]}
    if len("\n\n".join(notes)) > LIMITS["notes"] or len(attributes) > 50 or len(str(attributes)) > 10_000:
        raise Conflict("Notes or attributes of both are too much for one contact; shorten them first.")
    return {
        **one,
        "notes": kept["notes"] if len(notes) < 2 and kept["notes"] else "\n\n".join(notes),
        "attributes": attributes,
        "consents": _later(kept["consents"], gone["consents"]),
        "tag_ids": list(dict.fromkeys([*kept["tag_ids"], *gone["tag_ids"]])),
        "verified": kept["verified"] or gone["verified"],
        "blocked": kept["blocked"] or gone["blocked"],
        "last_seen_at": max((kept["last_seen_at"], gone["last_seen_at"]), key=lambda at: -1 if at is None else at),
        "created_at": min(kept["created_at"], gone["created_at"]),
    }


def other_ways(kept: Fields, gone: Fields) -> list[tuple[str, str]]:
    """Addresses of `gone` that the joined contact does not show itself, and must go on being known by."""
    shown = {kind: kept[kind] or gone[kind] for kind in ("email", "phone")}
    if _is_strangers(kept, gone):
        shown["email"] = kept["email"]
    return [(kind, gone[kind]) for kind in shown if gone[kind] and gone[kind] != shown[kind]]


def _is_strangers(kept: Fields, gone: Fields) -> bool:
    return bool(kept["verified"] and not gone["verified"])


def parted(before: Fields, after: Fields, now: Fields) -> dict[str, Any]:
    """What to set back on the kept contact: the fields that nobody has touched since."""
    return {name: before[name] for name in JOINED if now[name] == after[name] and before[name] != after[name]}


def keys_end(kept: Fields, gone: Fields) -> bool:
    """Whether the browsers of the contact that goes must begin anew.

    The history of a customer whom the store has proven is for browsers with that proof: an agent's belief that a
    stranger is the same person is what an impostor would try to bring about.
    """
    return bool(kept["verified"] != gone["verified"])


def _later(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    later = {purpose: said for purpose, said in other.items() if purpose in one and said["at"] > one[purpose]["at"]}
    return {**other, **one, **later}
