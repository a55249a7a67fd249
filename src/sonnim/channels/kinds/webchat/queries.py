"""What the widget reads."""

from typing import Any

from django.conf import settings

from sonnim.accounts.models import Agent, Shop
from sonnim.accounts.shapes import PublicAgent, public_agent
from sonnim.contacts.models import Contact
from sonnim.conversations import queries
from sonnim.conversations.shapes import public_conversation
from sonnim.eventlog.queries import head
from sonnim.kernel.errors import NotFound
from sonnim.kernel.text import MAX_TEXT

FACES = 12


def faces(shop_id: int) -> list[PublicAgent]:
    """The agents whom a shopper may see, those who are not away first."""
    agents = Agent.objects.filter(shop_id=shop_id, removed_at=None).order_by("-availability", "id")[:FACES]
    return [public_agent(agent) for agent in agents]


def session(*, shop: Shop, contact: Contact) -> dict[str, Any]:
    """A shopper's view of the desk. The position is read first, so that events after it complete it."""
    position = head(shop.pk)
    if position is None:
        raise NotFound
    latest = queries.conversations_of(shop_id=shop.pk, contact_id=contact.pk, limit=1)
    entries, before = queries.entries(conversation_id=latest[0].id, public=True) if latest else ([], None)
    return {
        "epoch": position.epoch,
        "pos": position.pos,
        "shop": {"name": shop.name, "color": shop.color, "locale": shop.locale, "greeting": shop.greeting},
        "contact": {"id": contact.pk, "name": contact.name or None, "verified": contact.verified},
        "agents": faces(shop.pk),
        "conversation": public_conversation(latest[0]) if latest else None,
        "entries": entries,
        "entries_before": before,
        "limits": {
            "text": MAX_TEXT,
            "file_bytes": settings.ATTACHMENT_MAX_BYTES,
            "files": settings.ATTACHMENTS_PER_MESSAGE,
        },
    }


def older_entries(*, contact: Contact, before: int, limit: int) -> tuple[list[dict[str, Any]], int | None]:
    """Entries of the shopper's running conversation before a seq."""
    latest = queries.conversations_of(shop_id=contact.shop_id, contact_id=contact.pk, limit=1)
    if not latest:
        return [], None
    return queries.entries(conversation_id=latest[0].id, before=before, limit=limit, public=True)
