"""Reads of scripts."""

from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q

from sonnim.accounts.models import Shop, Team
from sonnim.contacts.models import Contact
from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound
from sonnim.plan.models import CannedResponse, ScriptUse, ScriptVariant
from sonnim.plan.scripts import rules
from sonnim.plan.scripts.shapes import ScriptCard, script_card

MAX_CANNED = 500
MAX_SAID = 300


def canned_responses_of(shop_id: int) -> list[CannedResponse]:
    """All of a shop's scripts with their variants, the most used first; there are at most MAX_CANNED."""
    ordered = ScriptVariant.objects.order_by("position", "pk")
    found = CannedResponse.objects.filter(shop_id=shop_id).prefetch_related(Prefetch("variants", ordered))
    return list(found.order_by("-used", "title", "id")[:MAX_CANNED])


def said_to(*, shop_id: int, contact_id: int) -> list[ScriptUse]:
    """What a shopper has read of the scripts, also as whoever was merged into this contact; the latest first.

    Raises:
        NotFound: no contact of this shop.
    """
    known = Contact.objects.filter(Q(pk=contact_id) | Q(merged_into_id=contact_id), shop_id=shop_id)
    readers = list(known.values_list("pk", flat=True))
    if contact_id not in readers:
        raise NotFound("There is no such contact.")
    return list(ScriptUse.objects.filter(contact_id__in=readers, shop_id=shop_id).order_by("-at", "-pk")[:MAX_SAID])


def greetings_of(shop: Shop) -> dict[str, list[str]]:
    """What the chat says by itself today, by language: welcomes that are in force, with the shop's name in them."""
    found = ScriptVariant.objects.filter(canned__shop_id=shop.pk, canned__automatic=True).select_related("canned")
    today = clock.now().astimezone(ZoneInfo(shop.timezone)).date()
    greetings: dict[str, list[str]] = {}
    for variant in found.order_by("canned_id", "position", "pk"):
        said = greetings.setdefault(variant.locale, [])
        canned = variant.canned
        if rules.in_force(canned.active_from, canned.active_until, today=today) and len(said) < rules.MAX_GREETINGS:
            said.append(rules.named(variant.text, shop=shop.name))
    return {locale: said for locale, said in greetings.items() if said}


def cards_of(shop_id: int) -> list[ScriptCard]:
    """All of a shop's scripts, to be carried away; by stage and name."""
    teams = dict(Team.objects.filter(shop_id=shop_id, removed_at=None).values_list("pk", "name"))
    stages = ("", *rules.STAGES)
    found = canned_responses_of(shop_id)
    found.sort(key=lambda canned: (stages.index(canned.stage), canned.title, canned.pk))
    return [script_card(canned, teams=teams) for canned in found]
