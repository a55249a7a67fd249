"""The demo's people and conversations, read from content/ into typed records."""

from functools import cache
from typing import Any, Literal

import msgspec

from sonnim.demo.catalogue import CONTENT
from sonnim.kernel.text import LOCALES
from sonnim.plan.scripts.wanted import Wanted


class ShopCard(msgspec.Struct, frozen=True):
    """The store's settings at the desk."""

    name: str
    locale: str
    timezone: str
    color: str
    business: dict[str, str]


class Colleague(msgspec.Struct, frozen=True):
    """Somebody who works at the demo's desk; `face` is a path of a static file."""

    key: str
    name: str
    email: str
    role: str
    locale: str
    languages: list[str]
    color: str
    face: str
    availability: str


class Group(msgspec.Struct, frozen=True):
    """A team, by the keys of its agents."""

    name: str
    agents: list[str]


class Label(msgspec.Struct, frozen=True):
    """A tag."""

    key: str
    name: str
    color: str


class Lens(msgspec.Struct, frozen=True):
    """A view that the shop shares: by the keys of tags, or by how shoppers write."""

    name: str
    tags: list[str] = []
    via: list[str] = []


class Word(msgspec.Struct, frozen=True):
    """A service promise: to who writes in these ways, in seconds by kind, and what happens when it is broken.

    `hours` is the key of a calendar; without one it is the standard one.
    """

    name: str
    via: list[str]
    targets: dict[str, int]
    stages: list[dict[str, Any]]
    hours: str = ""


class Staff(msgspec.Struct, frozen=True):
    """The shop and all who work there; the first is its owner. `mailbox` and `forms` are what its channels take.

    `limits` are what each role may concede without asking, by the entry of the plan's menu.
    """

    shop: ShopCard
    agents: list[Colleague]
    teams: list[Group]
    mailbox: dict[str, Any]
    forms: dict[str, Any]
    tags: list[Label]
    views: list[Lens]
    promises: list[Word]
    limits: dict[str, dict[str, str]]


class Shopper(msgspec.Struct, frozen=True):
    """Somebody who wrote to the store. One with a `subject` is a customer for whom the store vouches."""

    key: str
    name: str
    locale: str
    timezone: str
    email: str = ""
    phone: str = ""
    notes: str = ""
    subject: str = ""
    attributes: dict[str, Any] = {}


class Turn(msgspec.Struct, frozen=True):
    """One message or note. `by` is "shopper", an agent's key, or "note:" and an agent's key.

    Attributes:
        html: of a mail, with {text} where its text stands.
        refused: what a mail server says when it gives an answer back.
    """

    by: str
    minutes_ago: float
    text: str
    picture: str = ""
    html: str = ""
    refused: str = ""


class Talk(msgspec.Struct, frozen=True):
    """A conversation as it was held, and how it stands now.

    Attributes:
        via: how the shopper writes: in the chat, by letter, or through the form of a kind.
        subject: of the letters.
        answers: what is written into the form beside the message.
        tags: what the first agent to answer put on it.
    """

    key: str
    locale: str
    shopper: str
    status: Literal["open", "snoozed", "resolved"]
    assignee: str | None
    page: str
    turns: list[Turn]
    snooze_minutes: int = 0
    via: Literal["chat", "letter", "form"] = "chat"
    subject: str = ""
    form: str = ""
    answers: dict[str, str] = {}
    tags: list[str] = []


class Dialogue(msgspec.Struct, frozen=True):
    """What a simulated shopper says: first, in answer to each answer, when nobody answers, and at the end."""

    locale: str
    page: str
    title: str
    opening: list[str]
    replies: list[str]
    nudge: str
    farewell: str


@cache
def staff() -> Staff:
    """Who works at the demo's desk."""
    return msgspec.json.decode((CONTENT / "agents.json").read_bytes(), type=Staff)


@cache
def shoppers() -> dict[str, Shopper]:
    """Everybody who wrote, by key."""
    found = msgspec.json.decode((CONTENT / "shoppers.json").read_bytes(), type=list[Shopper])
    return {shopper.key: shopper for shopper in found}


@cache
def customer() -> Shopper:
    """The one shopper who can sign in to the store."""
    return next(shopper for shopper in shoppers().values() if shopper.subject)


@cache
def talks() -> list[Talk]:
    """All conversations."""
    return [
        talk
        for locale in LOCALES
        for name in ("conversations", "letters")
        for talk in msgspec.json.decode((CONTENT / f"{name}.{locale}.json").read_bytes(), type=list[Talk])
    ]


@cache
def canned() -> list[Wanted]:
    """The desk's own scripts, beside those that ship with the product."""
    return msgspec.json.decode((CONTENT / "canned.json").read_bytes(), type=list[Wanted])


@cache
def dialogues() -> list[Dialogue]:
    """What simulated shoppers say."""
    return msgspec.json.decode((CONTENT / "dialogues.json").read_bytes(), type=list[Dialogue])
