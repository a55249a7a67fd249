"""Contacts as clients see them."""

import json
from datetime import datetime
from typing import Any

from typing_extensions import TypedDict

from sonnim.contacts.models import Contact
from sonnim.kernel.clock import from_ms


class ContactObject(TypedDict):
    """A contact as agents see it."""

    id: int
    v: int
    name: str
    email: str | None
    phone: str | None
    locale: str
    timezone: str | None
    verified: bool
    blocked: bool
    notes: str
    attributes: dict[str, Any]
    created_at: datetime
    last_seen_at: datetime | None


class IdentityObject(TypedDict):
    """One way in which a channel knows a contact."""

    kind: str
    value: str
    verified: bool


def contact_object(contact: Contact) -> ContactObject:
    """A contact for agents."""
    return ContactObject(
        id=contact.pk,
        v=contact.v,
        name=contact.name,
        email=contact.email or None,
        phone=contact.phone or None,
        locale=contact.locale,
        timezone=contact.timezone or None,
        verified=contact.verified,
        blocked=contact.blocked,
        notes=contact.notes,
        attributes=contact.attributes,
        created_at=contact.created_at,
        last_seen_at=contact.last_seen_at,
    )


CONTACT_COLUMNS = tuple(ContactObject.__annotations__)


def contact_from_row(row: tuple[Any, ...]) -> ContactObject:
    """A contact for agents, from a raw row of CONTACT_COLUMNS."""
    found = dict(zip(CONTACT_COLUMNS, row, strict=True))
    return ContactObject(
        id=found["id"],
        v=found["v"],
        name=found["name"],
        email=found["email"] or None,
        phone=found["phone"] or None,
        locale=found["locale"],
        timezone=found["timezone"] or None,
        verified=bool(found["verified"]),
        blocked=bool(found["blocked"]),
        notes=found["notes"],
        attributes={} if found["attributes"] == "{}" else json.loads(found["attributes"]),
        created_at=from_ms(found["created_at"]),
        last_seen_at=None if found["last_seen_at"] is None else from_ms(found["last_seen_at"]),
    )
