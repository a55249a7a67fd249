"""Finding the demo shop, and vouching for its one customer who can sign in."""

from sonnim.accounts.models import Shop
from sonnim.accounts.queries import identity_secret
from sonnim.contacts.identity import sign_identity
from sonnim.demo.people import customer

IDENTITY_LIFETIME_S = 3600


def find_demo_shop() -> Shop | None:
    """The demo shop, or None while there is none."""
    return Shop.objects.filter(is_demo=True).order_by("pk").first()


def sign_customer(*, shop: Shop) -> str:
    """What a store's server does for a signed-in customer: a short-lived token that says who this is."""
    known = customer()
    return sign_identity(
        secret=identity_secret(shop),
        subject=known.subject,
        email=known.email,
        name=known.name,
        lifetime_s=IDENTITY_LIFETIME_S,
    )
