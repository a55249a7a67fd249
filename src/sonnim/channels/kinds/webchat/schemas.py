"""Bodies and answers of the widget's API."""

from typing import Any, Literal

from typing_extensions import TypedDict

from sonnim.accounts.http import Body, Text
from sonnim.accounts.shapes import PublicAgent
from sonnim.conversations.shapes import EntryObject, PublicConversation
from sonnim.plan.hours.shapes import HoursObject


class PageBody(Body):
    """The store's page that the shopper is on."""

    url: Text = ""
    title: Text = ""
    referrer: Text = ""


class SessionBody(Body):
    """Who opens the chat, as far as the browser knows. `token` is judged by hand: anything odd is a 401, not a 422."""

    key: Text
    token: Any = None
    locale: Text = "en"
    timezone: Text = ""
    page: PageBody | None = None
    identity: Text | None = None


class VisitorContact(TypedDict):
    """The shopper, as the shopper sees it; `reachable`: has left an address."""

    id: int
    name: str | None
    verified: bool
    reachable: bool


class VisitorShop(TypedDict):
    """The shop, as its shoppers see it."""

    name: str
    color: str
    locale: str
    greeting: dict[str, list[str]]
    theme: Literal["auto", "light", "dark"]
    titles: dict[str, str]
    closed: dict[str, str]
    imprint: str


class Now(TypedDict):
    """How it stands: `ahead` wait longer, an answer takes `wait_s` (null: too few to say); `mail` can be sent;
    an answer `follows` by mail whoever has left an address and goes. In `auto` it is open while somebody is online;
    else it opens or closes at `changes_at`.
    """

    mode: Literal["auto", "open", "closed"]
    changes_at: str | None
    hours: HoursObject | None
    ahead: int
    wait_s: int | None
    typing_preview: bool
    mail: bool
    follows: bool


class Card(TypedDict):
    """What a page of the store is about."""

    url: str
    title: str
    description: str


class AppearanceObject(TypedDict):
    """How the chat looks on the store's pages."""

    side: Literal["right", "left"]
    offset_x: int
    offset_y: int
    launcher: Literal["round", "pill", "tab"]
    theme: Literal["auto", "light", "dark"]
    labels: dict[str, str]
    titles: dict[str, str]
    closed: dict[str, str]
    hide: list[str]
    typing_preview: bool


class WidgetSettings(TypedDict):
    """The chat, as those who configure the shop see it."""

    appearance: AppearanceObject


class Preview(TypedDict):
    """The key of a look that is tried on."""

    look: str


class Limits(TypedDict):
    """What a message may hold."""

    text: int
    file_bytes: int
    files: int


class SessionAnswer(TypedDict):
    """All that the chat needs to begin."""

    token: str
    epoch: str
    pos: int
    shop: VisitorShop
    contact: VisitorContact
    agents: list[PublicAgent]
    online: list[int]
    conversation: PublicConversation | None
    conversations: list[PublicConversation]
    entries: list[EntryObject]
    entries_before: int | None
    limits: Limits
    now: Now


class WidgetMessageBody(Body):
    """A shopper's message."""

    client_id: str
    text: str = ""
    attachments: list[int] = []
    conversation: int | None = None
    page: PageBody | None = None


class VisitorBody(Body):
    """How the shop may call and reach the shopper."""

    name: Text | None = None
    email: Text | None = None
    page: PageBody | None = None
