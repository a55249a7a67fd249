"""Reads of forms."""

from sonnim.channels.kinds.webform.models import Form
from sonnim.kernel.errors import NotFound

MAX_FORMS = 100


def forms_of(shop_id: int) -> list[Form]:
    """All forms of a shop, the oldest first."""
    return list(Form.objects.filter(shop_id=shop_id).order_by("id")[:MAX_FORMS])


def form_of(shop_id: int, form_id: int) -> Form:
    """Raises: NotFound."""
    found = Form.objects.filter(shop_id=shop_id, pk=form_id).first()
    if found is None:
        raise NotFound("There is no such form.")
    return found


def form_by_key(key: str) -> Form:
    """The form at a public address. Raises: NotFound."""
    found = Form.objects.select_related("shop").filter(key=key).first() if len(key) <= 32 else None
    if found is None:
        raise NotFound("There is no such form.")
    return found
