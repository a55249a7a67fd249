"""Which sentence of a script the desk says by itself, with the names that it knows."""

import re
from zoneinfo import ZoneInfo

from sonnim.accounts.models import Shop
from sonnim.contacts.models import Contact
from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.kernel.text import MAX_TEXT
from sonnim.plan.models import CannedResponse, ScriptVariant
from sonnim.plan.scripts.queries import said_to
from sonnim.plan.scripts.rules import in_force

_LEADS_AWAY = re.compile(r"://|@|\w\.\w{2,}")
_VARIABLE = re.compile(r"\{\{\s*([^\s{}|]{1,100})\s*(?:\|([^{}]*))?\}\}")


def sentence(*, shop: Shop, canned_id: int, about: State) -> tuple[int, str] | None:
    """The variant, and its words for this shopper: in their language where there is one, one they have not read yet."""
    canned = CannedResponse.objects.filter(pk=canned_id, shop_id=shop.pk).first()
    today = clock.now().astimezone(ZoneInfo(shop.timezone)).date()
    if canned is None or not in_force(canned.active_from, canned.active_until, today=today):
        return None
    variants = list(ScriptVariant.objects.filter(canned=canned).order_by("position", "pk"))
    own = [each for each in variants if each.locale == about.locale] or variants
    if not own:
        return None
    read = {use.variant_id: use.at for use in said_to(shop_id=shop.pk, contact_id=about.contact_id)}
    fresh = [each for each in own if each.pk not in read]
    chosen = fresh[0] if fresh else min(own, key=lambda each: read[each.pk])
    contact = Contact.objects.get(pk=about.contact_id)
    known = {
        "contact.name": _name(contact.name),
        "contact.email": contact.email,
        "contact.phone": contact.phone,
        "shop.name": shop.name,
        "conversation.id": str(about.id),
    }
    known |= {f"contact.attributes.{name}": str(value) for name, value in contact.attributes.items()}
    return chosen.pk, filled(chosen.text, known)[:MAX_TEXT]


def _name(told: str) -> str:
    """A name that somebody gave themself: what leads elsewhere is none, lest a form have the desk mail it to others."""
    return "" if _LEADS_AWAY.search(told) else " ".join(told.split())


def filled(text: str, known: dict[str, str]) -> str:
    """The text with its variables; what is not known has its fallback, or is left out."""
    return _VARIABLE.sub(lambda found: known.get(found[1], "") or (found[2] or "").strip(), text)
