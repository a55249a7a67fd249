"""Finding the demo shop, and vouching for its one customer who can sign in."""

from django.conf import settings

from sonnim.accounts.models import Shop
from sonnim.contacts.identity import sign_identity
from sonnim.demo.catalogue import read_content
from sonnim.kernel.secrets import unseal

IDENTITY_LIFETIME_S = 3600


def find_demo_shop() -> Shop | None:
    """The demo shop, or None while there is none."""
    return Shop.objects.filter(is_demo=True).order_by("pk").first()


def sign_customer(*, shop: Shop) -> str:
    """What a store's server does for a signed-in customer: a short-lived token that says who this is."""
    customer = next(person for person in read_content("shoppers.json") if person.get("subject"))
    return sign_identity(
        secret=unseal(shop.identity_secret, secret_key=settings.SECRET_KEY),
        subject=customer["subject"],
        email=customer["email"],
        name=customer["name"],
        lifetime_s=IDENTITY_LIFETIME_S,
    )
