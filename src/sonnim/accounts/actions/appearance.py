"""Writes to how a shop shows itself to shoppers."""

import json
from typing import Any

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Shop
from sonnim.accounts.shapes import shop_object
from sonnim.eventlog import log


def change_appearance(*, actor: Actor, appearance: dict[str, Any] | None) -> Shop:
    """Change it, if one is given; the channel that shows it has checked it."""
    with log.unit(actor.shop_id) as work:
        shop = Shop.objects.get(pk=actor.shop_id)
        kept = None if appearance is None else json.loads(json.dumps(appearance))
        if kept is None or kept == shop.appearance:
            return shop
        shop.appearance = kept
        shop.v = work.claim(shop.pk)
        shop.save(update_fields=["appearance", "v"])
        audit.record(actor, "shop.changed", target=f"shop:{shop.pk}", changed={"appearance": shop.appearance})
        work.publish(shop.pk, shop.v, "shop.updated", desk_put={"shop": [shop_object(shop)]})
    return shop
