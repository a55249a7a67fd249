"""The person who is signed in."""

from typing import Any, Literal

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Schema

from sonnim.accounts import actions, queries
from sonnim.accounts.api.fields import LocaleField, PersonName, RoleField
from sonnim.accounts.callers import SignedIn
from sonnim.accounts.http import SIGNED_IN, Body, OpenRouter
from sonnim.accounts.models import User
from sonnim.accounts.shapes import permission_names

router = OpenRouter(tag="me")
ThemeField = Literal["light", "dark", "auto"]


class Person(Schema):
    id: int
    email: str
    name: str
    locale: LocaleField
    theme: ThemeField


class Membership(Schema):
    """A shop where one works; `welcome` is how far one has come in the first steps, null when they are done."""

    id: int
    name: str
    role: RoleField
    agent_id: int
    permissions: list[str]
    welcome: str | None


class Me(Schema):
    """Who is signed in, where they work, and the CSRF token for unsafe requests."""

    user: Person
    shops: list[Membership]
    csrf: str


class MePatch(Body):
    name: PersonName | None = None
    locale: LocaleField | None = None
    theme: ThemeField | None = None


@router.get("/me", needs=SIGNED_IN, response=Me)
def read_me(who: SignedIn) -> dict[str, Any]:
    """Who am I."""
    return me_object(who.request, who.user)


@router.patch("/me", needs=SIGNED_IN, response=Me)
def change_me(who: SignedIn, body: MePatch) -> dict[str, Any]:
    """Change my name, language or theme."""
    user = actions.change_profile(user=who.user, name=body.name, locale=body.locale, theme=body.theme)
    return me_object(who.request, user)


def me_object(request: HttpRequest, user: User) -> dict[str, Any]:
    shops = [
        {
            "id": place.shop_id,
            "name": place.shop_name,
            "role": place.role,
            "agent_id": place.agent_id,
            "permissions": permission_names(place.role, place.role_permissions),
            "welcome": place.welcome,
        }
        for place in queries.places_of(user.pk)
    ]
    person = {"id": user.pk, "email": user.email, "name": user.name, "locale": user.locale, "theme": user.theme}
    return {"user": person, "shops": shops, "csrf": get_token(request)}
