"""Settings of a shop."""

from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from sonnim.accounts import actions, queries
from sonnim.accounts.api.fields import LocaleField, PersonName
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, ShopRouter, Text
from sonnim.accounts.permissions import Permission
from sonnim.accounts.shapes import SettingsObject, settings_object
from sonnim.kernel.errors import Forbidden

router = ShopRouter(tag="settings")
Origin = Annotated[Text, StringConstraints(max_length=200)]
Line = Annotated[Text, StringConstraints(max_length=300)]


class SettingsPatch(Body):
    name: PersonName | None = None
    locale: LocaleField | None = None
    timezone: Text | None = None
    color: Text | None = None
    allowed_origins: Annotated[list[Origin], Field(max_length=20)] | None = None
    business: Annotated[dict[Line, Line], Field(max_length=20)] | None = None


class IdentitySecret(Schema):
    """The secret for signing shoppers' identities: shown this once."""

    secret: str


@router.get("/settings", needs=Permission.SHOP_CONFIGURE, response=SettingsObject)
def read_settings(caller: Caller) -> SettingsObject:
    """The shop's settings."""
    return settings_object(queries.shop_by_id(caller.shop_id))


@router.patch("/settings", needs=Permission.SHOP_CONFIGURE, response=SettingsObject)
def change_settings(caller: Caller, body: SettingsPatch) -> SettingsObject:
    """Change what is given."""
    shop = actions.change_settings(
        actor=caller.actor,
        name=body.name,
        locale=body.locale,
        timezone=body.timezone,
        color=body.color,
        allowed_origins=body.allowed_origins,
        business=body.business,
    )
    return settings_object(shop)


@router.post("/settings/identity-secret", needs=Permission.SHOP_CONFIGURE, response=IdentitySecret)
def rotate_identity_secret(caller: Caller) -> dict[str, str]:
    """A new secret for signing shoppers' identities; the old one is void at once."""
    if caller.via == "token":
        raise Forbidden("A token cannot read this secret; sign in to the console.")
    return {"secret": actions.rotate_identity_secret(actor=caller.actor)}
