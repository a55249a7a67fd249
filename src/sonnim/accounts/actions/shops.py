"""Writes to shops."""

import secrets as system_secrets
from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from sonnim.accounts import audit
from sonnim.accounts.actions.agents import add_agent
from sonnim.accounts.actions.people import create_user
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent, AuditEntry, Shop, User
from sonnim.accounts.permissions import Role
from sonnim.accounts.rules import checked_business, checked_color, checked_origins, checked_timezone
from sonnim.accounts.shapes import shop_object
from sonnim.eventlog import log
from sonnim.kernel import secrets
from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import pick_locale


class NewShop(NamedTuple):
    """A shop and its first owner."""

    shop: Shop
    owner: Agent


def create_shop(
    *,
    name: str,
    locale: str,
    owner_email: str,
    owner_name: str,
    owner_password: str,
    timezone: str = "UTC",
    color: str = "#0F766E",
    allowed_origins: list[str] | None = None,
    is_demo: bool = False,
) -> NewShop:
    """Open a shop with an owner; an existing user of that address becomes the owner and keeps their password.

    Raises:
        Invalid: a setting is malformed, or a new owner's password is too easy to guess.
    """
    with log.unit():
        shop = Shop.objects.create(
            name=_checked_name(name),
            public_key=system_secrets.token_hex(12),
            locale=pick_locale(locale),
            timezone=checked_timezone(timezone),
            color=checked_color(color),
            allowed_origins=checked_origins(allowed_origins or []),
            is_demo=is_demo,
        )
        log.begin_log(shop.pk)
    try:
        owner = _first_owner(shop, owner_email, owner_name, owner_password)
    except BaseException:
        remove_shop(shop=shop)
        raise
    return NewShop(shop, owner)


def _first_owner(shop: Shop, email: str, name: str, password: str) -> Agent:
    with log.unit(shop.pk):
        user = User.objects.filter(email__iexact=email.strip()).first() or create_user(
            email=email, name=name, password=password, locale=shop.locale
        )
        owner = add_agent(shop_id=shop.pk, user=user, role=Role.OWNER, name=name)
        audit.record(Actor(owner), "shop.created", target=f"shop:{shop.pk}", name=shop.name)
    return owner


def change_settings(
    *,
    actor: Actor,
    name: str | None = None,
    locale: str | None = None,
    timezone: str | None = None,
    color: str | None = None,
    allowed_origins: list[str] | None = None,
    business: Mapping[str, str] | None = None,
) -> Shop:
    """Change what is given. Raises: Invalid, when a value is malformed; nothing is changed then."""
    with log.unit(actor.shop_id) as work:
        shop = Shop.objects.get(pk=actor.shop_id)
        wanted = {
            "name": _checked_name(name) if name is not None else None,
            "locale": pick_locale(locale) if locale is not None else None,
            "timezone": checked_timezone(timezone) if timezone is not None else None,
            "color": checked_color(color) if color is not None else None,
            "allowed_origins": checked_origins(allowed_origins) if allowed_origins is not None else None,
            "business": checked_business(business) if business is not None else None,
        }
        changed = {key: value for key, value in wanted.items() if value is not None and value != getattr(shop, key)}
        for key, value in changed.items():
            setattr(shop, key, value)
        shop.v = work.claim(shop.pk)
        shop.save(update_fields=[*changed, "v"])
        audit.record(actor, "shop.changed", target=f"shop:{shop.pk}", changed=changed)
        work.publish(shop.pk, shop.v, "shop.updated", desk_put={"shop": [shop_object(shop)]})
    return shop


def rotate_identity_secret(*, actor: Actor) -> str:
    """A new secret for signing shoppers' identities; the old one is void at once. It is answered once, kept sealed."""
    secret = secrets.new_token()
    with log.unit(actor.shop_id):
        sealed = secrets.seal(secret, secret_key=settings.SECRET_KEY)
        Shop.objects.filter(pk=actor.shop_id).update(identity_secret=sealed)
        audit.record(actor, "shop.identity_secret_rotated", target=f"shop:{actor.shop_id}")
    return secret


def remove_shop(*, shop: Shop) -> None:
    """Delete a shop, all that belongs to it, and the people who belong to no other shop. Files are not touched."""
    with log.unit(shop.pk):
        people = set(Agent.objects.filter(shop=shop).values_list("user_id", flat=True))
        AuditEntry.objects.filter(shop=shop).delete()
        Shop.objects.filter(pk=shop.pk).delete()
        log.erase_log(shop.pk)
        elsewhere = set(Agent.objects.filter(user_id__in=people).values_list("user_id", flat=True))
        gone = people - elsewhere - set(User.objects.filter(is_staff=True).values_list("pk", flat=True))
        _delete_sessions(gone)
        User.objects.filter(pk__in=gone).delete()


def _delete_sessions(user_ids: set[int]) -> None:
    if user_ids:
        for session in Session.objects.iterator():
            if int(session.get_decoded().get(SESSION_KEY, 0)) in user_ids:
                session.delete()


def _checked_name(name: str) -> str:
    if not name.strip() or len(name) > 120:
        raise Invalid(fields={"name": "1 to 120 characters"})
    return name.strip()
