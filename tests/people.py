"""Standing test people: everybody whom a permission could concern, in a shop and outside it.

A conftest makes the fixtures available with `pytest_plugins = ["tests.people"]`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache as shared_cache
from django.test import Client

from sonnim.accounts import actions
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent, Shop, User
from sonnim.accounts.permissions import Role

PASSWORD = "celadon bows meet twice"


@cache
def password_hash() -> str:
    """PASSWORD hashed once, because Argon2 is slow by design."""
    return make_password(PASSWORD)


def make_user(name: str, *, locale: str = "en") -> User:
    """A user `<name>@people.test` who signs in with PASSWORD."""
    user = actions.create_user(email=f"{name}@people.test", name=name.title(), password=None, locale=locale)
    User.objects.filter(pk=user.pk).update(password=password_hash())
    user.refresh_from_db()
    return user


def make_agent(shop: Shop, name: str, role: str) -> Agent:
    """A new user with a place in `shop`."""
    return actions.add_agent(shop_id=shop.pk, user=make_user(name), role=role)


def make_shop(name: str, *, owner: str) -> tuple[Shop, Agent]:
    """A shop and its owner `<owner>@people.test`."""
    make_user(owner)
    made = actions.create_shop(
        name=name, locale="en", owner_email=f"{owner}@people.test", owner_name=owner.title(), owner_password=PASSWORD
    )
    return made.shop, made.owner


class Browser:
    """A signed-in browser: cookies, and the CSRF header on every unsafe request."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if user is not None:
            self.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def csrf(self) -> str:
        """The token as the console knows it."""
        self.client.get("/console/")
        return str(self.client.cookies["csrftoken"].value)

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """A request with a JSON body; `headers` in Django's form (`HTTP_…`)."""
        if method not in {"GET", "HEAD", "OPTIONS"}:
            headers.setdefault("HTTP_X_CSRFTOKEN", self.csrf())
        data = b"" if body is None else json.dumps(body).encode()
        extra: Any = headers
        return self.client.generic(method, path, data, content_type="application/json", **extra)

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: object = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)

    def put(self, path: str, body: object = None, **headers: str) -> Any:
        return self.call("PUT", path, body, **headers)

    def patch(self, path: str, body: object = None, **headers: str) -> Any:
        return self.call("PATCH", path, body, **headers)

    def delete(self, path: str, body: object = None, **headers: str) -> Any:
        return self.call("DELETE", path, body, **headers)


def actor_of(agent: Agent) -> Actor:
    """The agent as the actor of an action, read afresh."""
    return Actor(Agent.objects.select_related("user", "shop").get(pk=agent.pk))


@dataclass
class People:
    """A shop with one agent of each role, one who was removed, and the owner of another shop."""

    shop: Shop
    owner: Agent
    admin: Agent
    lead: Agent
    agent: Agent
    removed: Agent
    other_shop: Shop
    outsider: Agent

    def browser(self, who: Agent) -> Browser:
        return Browser(who.user)

    def actor(self, who: Agent) -> Actor:
        return actor_of(who)

    def url(self, path: str) -> str:
        return f"/api/v1/shops/{self.shop.pk}{path}"


@pytest.fixture
def people(db: None) -> Iterator[People]:
    """Everybody, freshly made."""
    shared_cache.clear()
    yield make_people()
    shared_cache.clear()


def make_people() -> People:
    """Everybody, for tests that make their own database state."""
    shop, owner = make_shop("Ongi", owner="owner")
    admin, lead, agent, removed = (
        make_agent(shop, name, role)
        for name, role in (("admin", Role.ADMIN), ("lead", Role.LEAD), ("agent", Role.AGENT), ("removed", Role.AGENT))
    )
    actions.remove_agent(actor=Actor(owner), agent_id=removed.pk)
    other_shop, outsider = make_shop("Elsewhere", owner="outsider")
    return People(shop, owner, admin, lead, agent, Agent.objects.get(pk=removed.pk), other_shop, outsider)
