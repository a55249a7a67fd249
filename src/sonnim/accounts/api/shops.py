"""Further shops of somebody who has one, and the first one of an installation."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Schema, Status
from pydantic import StringConstraints

from sonnim.accounts import actions
from sonnim.accounts.api.fields import Address, LocaleField, Password, PersonName
from sonnim.accounts.api.invitations import sign_in_as
from sonnim.accounts.api.me import Me, me_object
from sonnim.accounts.callers import Caller, SignedIn
from sonnim.accounts.http import PUBLIC, SIGNED_IN, Body, OpenRouter, ShopRouter, Text
from sonnim.accounts.permissions import Permission
from sonnim.accounts.setup import require_set_up

router = OpenRouter(tag="shops")
welcome_router = ShopRouter(tag="shops")
Zone = Annotated[Text, StringConstraints(max_length=60)]


class ShopBody(Body):
    """A new shop."""

    name: PersonName
    locale: LocaleField = "en"
    timezone: Zone = "UTC"


class WelcomeBody(Body):
    """The next of the first steps; null when there is none any more."""

    step: Literal["shop", "widget", "test"] | None


class OpenSetUp(Schema):
    """The set-up waits for its owner."""

    open: bool = True


class SetUpBody(Body):
    """The first owner, and what the shop is called."""

    shop_name: PersonName
    name: PersonName
    email: Address
    password: Password
    locale: LocaleField = "en"
    timezone: Zone = "UTC"


@router.post("/shops", needs=SIGNED_IN, response={201: Me})
def open_shop(who: SignedIn, body: ShopBody) -> Status[dict[str, Any]]:
    """Open another shop; who owns one may own more."""
    actions.open_further_shop(user=who.user, name=body.name, locale=body.locale, timezone=body.timezone)
    return Status(201, me_object(who.request, who.user))


@welcome_router.put("/agents/me/welcome", needs=Permission.CONVERSATION_READ, response={204: None})
def remember_welcome(caller: Caller, body: WelcomeBody) -> Status[None]:
    """How far I have come in the first steps with my shop."""
    actions.finish_welcome(agent=caller.agent, step=body.step)
    return Status(204, None)


@router.get("/setup/{token}", needs=PUBLIC, response=OpenSetUp)
def read_set_up(request: HttpRequest, token: str) -> dict[str, bool]:
    """Is this the link that `sonnim up` has shown? 404 when it is not, and for ever after the set-up."""
    require_set_up(token)
    return {"open": True}


@router.post("/setup/{token}", needs=PUBLIC, response={201: Me})
def set_up(request: HttpRequest, token: str, body: SetUpBody) -> Status[dict[str, Any]]:
    """Make the first owner and their shop, and sign the owner in."""
    owner = actions.set_up(
        token=token,
        shop_name=body.shop_name,
        name=body.name,
        email=body.email,
        password=body.password,
        locale=body.locale,
        timezone=body.timezone,
    )
    sign_in_as(request, owner.user)
    return Status(201, me_object(request, owner.user))
