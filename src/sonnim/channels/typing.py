"""Whether agents of a shop may see what its shoppers are still writing."""

from django.core.cache import cache

from sonnim.accounts.models import Shop

FRESH_S = 10
LONGEST = 500


def typing_is_shown(shop_id: int) -> bool:
    """The shop's own choice, off by default; a change is in force after FRESH_S at the latest."""
    key = f"typing-shown:{shop_id}"
    known: bool | None = cache.get(key)
    if known is None:
        chosen = Shop.objects.filter(pk=shop_id).values_list("appearance", flat=True).first() or {}
        known = chosen.get("typing_preview") is True
        cache.set(key, known, timeout=FRESH_S)
    return known
