"""Bodies and answers of the widget's API."""

from typing import Any

from typing_extensions import TypedDict

from sonnim.accounts.http import Body, Text
from sonnim.accounts.shapes import PublicAgent
from sonnim.conversations.shapes import EntryObject, PublicConversation


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
    page: PageBody | None = None
    identity: Text | None = None


class VisitorContact(TypedDict):
    """The shopper, as the shopper sees it."""

    id: int
    name: str | None
    verified: bool


class VisitorShop(TypedDict):
    """The shop, as its shoppers see it."""

    name: str
    color: str
    locale: str
    greeting: dict[str, str]


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
    entries: list[EntryObject]
    entries_before: int | None
    limits: Limits


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
