"""What the widget reads."""

from typing import Any

from django.conf import settings

from sonnim.accounts.imprint import imprint
from sonnim.accounts.mail import can_send
from sonnim.accounts.models import Agent, Shop
from sonnim.accounts.shapes import PublicAgent, public_agent
from sonnim.channels.kinds.webchat.appearance import Appearance, appearance_of
from sonnim.channels.kinds.webchat.looks import look_of
from sonnim.contacts.models import Contact
from sonnim.conversations import reach, waiting
from sonnim.conversations.shapes import public_conversation
from sonnim.conversations.state import State
from sonnim.conversations.talks import talk_entries, talk_of
from sonnim.eventlog.queries import head
from sonnim.kernel.errors import NotFound
from sonnim.kernel.text import MAX_TEXT
from sonnim.plan.hours.queries import opening_of
from sonnim.plan.hours.shapes import hours_object, instant
from sonnim.plan.scripts.queries import greetings_of

FACES = 12


def greeting_of(shop: Shop, *, tried: dict[str, list[str]] | None = None) -> dict[str, list[str]]:
    """What the chat says by itself: what is tried on, else the scripts that greet."""
    return greetings_of(shop) if tried is None else tried


def faces(shop_id: int) -> list[PublicAgent]:
    """The agents whom a shopper may see, those who are not away first."""
    agents = Agent.objects.filter(shop_id=shop_id, removed_at=None).order_by("-availability", "id")[:FACES]
    return [public_agent(agent) for agent in agents]


def session(*, shop: Shop, contact: Contact) -> dict[str, Any]:
    """A shopper's view of the desk. The position is read first, so that events after it complete it."""
    position = head(shop.pk)
    if position is None:
        raise NotFound
    talk = talk_of(shop_id=shop.pk, contact_id=contact.pk)
    entries, before = talk_entries(ids=talk.ids) if talk else ([], None)
    return {
        "epoch": position.epoch,
        "pos": position.pos,
        "shop": {
            **look_of(shop).titled(),
            "locale": shop.locale,
            "greeting": greetings_of(shop),
            "imprint": imprint(shop.business, contact.locale),
        },
        "contact": {
            "id": contact.pk,
            "name": contact.name or None,
            "verified": contact.verified,
            "reachable": bool(contact.email),
        },
        "agents": faces(shop.pk),
        "conversation": public_conversation(talk.current) if talk else None,
        "conversations": [public_conversation(state) for state in talk.conversations] if talk else [],
        "entries": entries,
        "entries_before": before,
        "limits": {
            "text": MAX_TEXT,
            "file_bytes": settings.ATTACHMENT_MAX_BYTES,
            "files": settings.ATTACHMENTS_PER_MESSAGE,
        },
        "now": _now(shop, talk.current if talk else None),
    }


def now(*, shop: Shop, contact: Contact) -> dict[str, Any]:
    """Whether the shop is open, and how long this shopper may have to wait."""
    talk = talk_of(shop_id=shop.pk, contact_id=contact.pk)
    return _now(shop, talk.current if talk else None)


def _now(shop: Shop, state: State | None) -> dict[str, Any]:
    wait = waiting.wait_of(shop_id=shop.pk, state=state)
    return {
        **_opening(shop.pk),
        "ahead": wait.ahead,
        "wait_s": wait.wait_s,
        "typing_preview": previews_typing(shop),
        "mail": can_send(),
        "follows": reach.follows(shop.pk),
    }


def _opening(shop_id: int) -> dict[str, Any]:
    """Whether the shop is open, as its calendar or somebody's hand has it; without either, whoever is online says."""
    opening = opening_of(shop_id)
    if opening is None or (opening.calendar.is_round_the_clock and not opening.by_hand):
        return {"mode": "auto", "changes_at": None, "hours": None}
    return {
        "mode": "open" if opening.is_open else "closed",
        "changes_at": instant(opening.changes_at),
        "hours": None if opening.calendar.is_round_the_clock else hours_object(opening.calendar),
    }


def previews_typing(shop: Shop) -> bool:
    """Whether agents of the shop see what shoppers are writing."""
    chosen: Appearance = appearance_of(shop.appearance)
    return chosen.typing_preview


def older_entries(*, contact: Contact, before: int, limit: int) -> tuple[list[dict[str, Any]], int | None]:
    """Entries of the shopper's running talk before the one with an id."""
    talk = talk_of(shop_id=contact.shop_id, contact_id=contact.pk)
    return talk_entries(ids=talk.ids, before=before, limit=limit) if talk else ([], None)
