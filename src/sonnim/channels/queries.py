"""Reads of what came in."""

from sonnim.channels.models import Inbound
from sonnim.kernel.errors import NotFound

PAGE = 25
MOST_COUNTED = 1_000


def inbound_page(shop_id: int, *, state: str, before_id: int | None, limit: int = PAGE) -> list[Inbound]:
    """One more than `limit`, if there are more; the newest first. What has been deleted for good is left out."""
    found = Inbound.objects.filter(shop_id=shop_id, state=state)
    if state == "discarded":
        found = found.exclude(file="")
    if before_id is not None:
        found = found.filter(pk__lt=before_id)
    return list(found.order_by("-id")[: limit + 1])


def inbound_by_id(shop_id: int, inbound_id: int) -> Inbound:
    """Raises: NotFound."""
    row = Inbound.objects.filter(pk=inbound_id, shop_id=shop_id).first()
    if row is None:
        raise NotFound("Nothing like this came in.")
    return row


def quarantined(shop_id: int) -> int:
    """How many wait for a person, up to MOST_COUNTED."""
    return Inbound.objects.filter(shop_id=shop_id, state="quarantined").order_by()[:MOST_COUNTED].count()
