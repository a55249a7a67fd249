"""Many scripts at once: from another shop, or those that ship with the product."""

from collections.abc import Sequence
from typing import NamedTuple

from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Shop
from sonnim.eventlog import log
from sonnim.kernel.errors import Invalid
from sonnim.plan.models import CannedResponse
from sonnim.plan.scripts.actions.writing import keep_script, rewrite_script
from sonnim.plan.scripts.starter import starter_set
from sonnim.plan.scripts.wanted import Wanted, checked


class Brought(NamedTuple):
    """How many scripts are new, were written anew, and stayed as they were."""

    added: int
    changed: int
    kept: int


def import_scripts(*, actor: Actor, wanted: Sequence[Wanted], replace: bool) -> Brought:
    """Take scripts over: all of them, or none when one cannot be kept.

    Args:
        replace: write those whose shortcut is here already anew, rather than leaving them as they are.

    Raises:
        Conflict: more than a shop keeps.
        Invalid: as create_canned_response; the field begins with the place of the script, `scripts.3.texts`.
    """
    known = {canned.shortcut: canned for canned in CannedResponse.objects.filter(shop_id=actor.shop_id)}
    added = changed = kept = 0
    with log.unit(actor.shop_id) as work:
        for place, each in enumerate(wanted):
            try:
                ready = checked(each)
                former = known.get(ready.shortcut)
                if former is None:
                    known[ready.shortcut] = keep_script(work=work, actor=actor, kept=ready)
                    added += 1
                elif replace:
                    rewrite_script(work=work, actor=actor, canned=former, kept=ready)
                    changed += 1
                else:
                    kept += 1
            except Invalid as error:
                fields = {f"scripts.{place}.{name}": why for name, why in (error.fields or {}).items()}
                raise Invalid(f"Script {place + 1}: {error}", fields=fields) from None
    return Brought(added, changed, kept)


def add_starter_set(*, actor: Actor) -> Brought:
    """Add what ships with the product and is not here yet, in the shop's words; once is as good as twice.

    A greeting is added only while the shop has none of its own.

    Raises:
        Conflict: more than a shop keeps.
    """
    shop = Shop.objects.get(pk=actor.shop_id)
    added = kept = 0
    with log.unit(actor.shop_id) as work:
        here = CannedResponse.objects.filter(shop_id=shop.pk).values_list("origin", "shortcut", "automatic")
        origins = {origin for origin, _, _ in here}
        taken = {shortcut for _, shortcut, _ in here}
        greets = any(automatic for _, _, automatic in here)
        for card in starter_set():
            if card.key in origins or (card.automatic and greets):
                kept += 1
                continue
            ready = checked(card.wanted(locale=shop.locale, taken=taken))
            keep_script(work=work, actor=actor, kept=ready, origin=card.key)
            taken.add(ready.shortcut)
            added += 1
    return Brought(added, 0, kept)
