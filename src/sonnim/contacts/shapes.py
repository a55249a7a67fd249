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
    tag_ids: list[int]
    consents: dict[str, Any]


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
        tag_ids=json.loads(contact.tag_ids),
        consents=contact.consents,
    )


CONTACT_COLUMNS = tuple(ContactObject.__annotations__)


def contact_from_row(row: tuple[Any, ...]) -> ContactObject:
    """A contact for agents, from a raw row of CONTACT_COLUMNS."""
    (
        identity, v, name, email, phone, locale, timezone, verified, blocked, notes, attributes,
        created_at, last_seen_at, tag_ids, consents,
    ) = row  # fmt: skip
    return ContactObject(
        id=identity,
        v=v,
        name=name,
        email=email or None,
        phone=phone or None,
        locale=locale,
        timezone=timezone or None,
        verified=bool(verified),
        blocked=bool(blocked),
        notes=notes,
        attributes={} if attributes == "{}" else json.loads(attributes),
        created_at=from_ms(created_at),
        last_seen_at=None if last_seen_at is None else from_ms(last_seen_at),
        tag_ids=[] if tag_ids == "[]" else json.loads(tag_ids),
        consents={} if consents == "{}" else json.loads(consents),
    )
