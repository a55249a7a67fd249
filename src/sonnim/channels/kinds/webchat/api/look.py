"""How the chat looks and whether it is open: for those who configure the shop."""

from typing import Literal

from django.core import signing
from django.http import HttpResponse

from sonnim.accounts.actions.appearance import change_appearance
from sonnim.accounts.callers import Caller
from sonnim.accounts.http import Body, ShopRouter, Text, encoded
from sonnim.accounts.permissions import Permission
from sonnim.accounts.queries import shop_by_id
from sonnim.accounts.rules import checked_color
from sonnim.channels.kinds.webchat import schemas
from sonnim.channels.kinds.webchat.appearance import as_object, checked_appearance
from sonnim.channels.kinds.webchat.looks import SALT, look_of
from sonnim.plan.scripts.rules import checked_greetings

router = ShopRouter(tag="widget")


class AppearanceBody(Body):
    """How the chat looks; what is left out is as if nothing had been chosen."""

    side: Literal["right", "left"] = "right"
    offset_x: int = 20
    offset_y: int = 20
    launcher: Literal["round", "pill", "tab"] = "round"
    theme: Literal["auto", "light", "dark"] = "auto"
    labels: dict[Text, Text] = {}
    titles: dict[Text, Text] = {}
    closed: dict[Text, Text] = {}
    hide: list[Text] = []
    typing_preview: bool = False


class WidgetPatch(Body):
    """What shall be changed; the appearance as a whole."""

    appearance: AppearanceBody | None = None


class PreviewBody(Body):
    """A look that is tried on."""

    appearance: AppearanceBody
    color: Text
    greeting: dict[Text, list[Text]] | None = None


@router.get("/widget", needs=Permission.SHOP_CONFIGURE, response=schemas.WidgetSettings)
def read_widget(caller: Caller) -> HttpResponse:
    """How the chat looks."""
    look = look_of(shop_by_id(caller.shop_id))
    return encoded({"appearance": as_object(look.appearance)})


@router.patch("/widget", needs=Permission.SHOP_CONFIGURE, response=schemas.WidgetSettings)
def change_widget(caller: Caller, body: WidgetPatch) -> HttpResponse:
    """Change what is given."""
    wanted = checked_appearance(body.appearance.model_dump()) if body.appearance is not None else None
    shop = change_appearance(
        actor=caller.actor,
        appearance=as_object(wanted) if wanted is not None else None,
    )
    look = look_of(shop)
    return encoded({"appearance": as_object(look.appearance)})


@router.post("/widget/preview", needs=Permission.SHOP_CONFIGURE, response=schemas.Preview)
def preview_widget(caller: Caller, body: PreviewBody) -> HttpResponse:
    """A key with which the chat's pages show a look that nobody has saved; good for ten minutes."""
    tried = {
        "shop": caller.shop_id,
        "color": checked_color(body.color),
        "appearance": as_object(checked_appearance(body.appearance.model_dump())),
    }
    if body.greeting is not None:
        tried["greeting"] = checked_greetings(body.greeting)
    return encoded({"look": signing.dumps(tried, salt=SALT, compress=True)})
