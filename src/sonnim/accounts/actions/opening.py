"""Shops that people open themselves: the first one of an installation, and further ones."""

from sonnim.accounts import queries, setup
from sonnim.accounts.actions.shops import NewShop, create_shop
from sonnim.accounts.models import Agent, User
from sonnim.accounts.permissions import Role
from sonnim.accounts.rules import checked_email
from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict, Forbidden, Invalid

MAX_SHOPS = 50


def set_up(*, token: str, shop_name: str, name: str, email: str, password: str, locale: str, timezone: str) -> Agent:
    """Make an installation's first owner and their shop, by the link that `sonnim up` shows.

    Raises:
        NotFound: not the link, or there is a shop already.
        Conflict: somebody has this address; Invalid: an address, a zone or a password that will not do. The link stays
            good.
    """
    setup.claim_set_up(token)
    try:
        address = checked_email(email)
        if User.objects.filter(email__iexact=address).exists():
            raise Conflict("There is an account with this address already; take another one.")
        made = create_shop(
            name=shop_name,
            locale=locale,
            timezone=timezone,
            owner_email=address,
            owner_name=name.strip(),
            owner_password=password,
        )
    except BaseException:
        setup.give_back()
        raise
    setup.close_set_up()
    _welcome(made)
    return made.owner


def open_further_shop(*, user: User, name: str, locale: str, timezone: str) -> Agent:
    """Open another shop for somebody who owns one.

    Raises:
        Forbidden: they own none.
        Invalid: a zone that does not exist, or more shops than one person can want.
    """
    owned = [place for place in queries.places_of(user.pk) if place.role == Role.OWNER]
    if not owned:
        raise Forbidden("Only who owns a shop can open another one.")
    if len(owned) >= MAX_SHOPS:
        raise Invalid(fields={"name": f"at most {MAX_SHOPS} shops for one person"})
    made = create_shop(
        name=name, locale=locale, timezone=timezone, owner_email=user.email, owner_name=user.name, owner_password=""
    )
    _welcome(made)
    return made.owner


def finish_welcome(*, agent: Agent, step: str | None) -> None:
    """Remember how far somebody has come in the first steps with their shop; None when they are done with it."""
    with log.unit(agent.shop_id):
        present = Agent.objects.get(pk=agent.pk)
        kept = {key: value for key, value in present.preferences.items() if key != "welcome"}
        present.preferences = kept if step is None else {**kept, "welcome": step}
        present.save(update_fields=["preferences"])


def _welcome(made: NewShop) -> None:
    finish_welcome(agent=made.owner, step="shop")
