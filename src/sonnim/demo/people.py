"""The demo's people and conversations, read from content/ into typed records."""

from functools import cache
from typing import Any, Literal

import msgspec

from sonnim.demo.catalogue import CONTENT
from sonnim.kernel.text import LOCALES


class ShopCard(msgspec.Struct, frozen=True):
    """The store's settings at the desk."""

    name: str
    locale: str
    timezone: str
    color: str
    greeting: dict[str, str]


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


class Staff(msgspec.Struct, frozen=True):
    """The shop and all who work there; the first is its owner."""

    shop: ShopCard
    agents: list[Colleague]
    teams: list[Group]


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
    """One message or note. `by` is "shopper", an agent's key, or "note:" and an agent's key."""

    by: str
    minutes_ago: float
    text: str
    picture: str = ""


class Talk(msgspec.Struct, frozen=True):
    """A conversation as it was held, and how it stands now."""

    key: str
    locale: str
    shopper: str
    status: Literal["open", "snoozed", "resolved"]
    assignee: str | None
    page: str
    turns: list[Turn]
    snooze_minutes: int = 0


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
        for talk in msgspec.json.decode((CONTENT / f"conversations.{locale}.json").read_bytes(), type=list[Talk])
    ]


@cache
def dialogues() -> list[Dialogue]:
    """What simulated shoppers say."""
    return msgspec.json.decode((CONTENT / "dialogues.json").read_bytes(), type=list[Dialogue])
