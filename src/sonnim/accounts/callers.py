"""Who is asking: an agent by session cookie or API token. Two queries for a session, one for a token."""

import json
import logging
from dataclasses import dataclass
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import OperationalError, connection
from django.db.models import Model
from django.http import HttpRequest

from sonnim.accounts.models import Agent, ApiToken, Shop, User
from sonnim.accounts.permissions import Permission, allows
from sonnim.eventlog import log
from sonnim.kernel import clock, secrets
from sonnim.kernel.errors import Forbidden, NotFound, Unauthenticated

Via = Literal["session", "token"]
TOKEN_PREFIX = "sk_"  # noqa: S105
_LAST_USED_STEP_MS = 10 * 60 * 1000
_log = logging.getLogger(__name__)


def _in_model_order(model: type[Model], *names: str) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname in names)


# What a request may need of both; the rest is deferred, which Model.from_db takes in the model's own order only.
_USER = _in_model_order(User, "id", "email", "password", "name", "locale", "theme", "is_active", "is_staff")
_AGENT = _in_model_order(
    Agent, "id", "shop_id", "user_id", "role", "name", "color", "avatar", "languages", "availability", "removed_at", "v"
)
_SHOP = _in_model_order(Shop, "id", "name", "role_permissions")
_COLUMNS = ", ".join(
    [*(f"u.{name}" for name in _USER), *(f"a.{name}" for name in _AGENT), *(f"s.{name}" for name in _SHOP)]
)
# Written out because building and compiling this join with the ORM costs 0.3 ms of a 1.6 ms request.
_BY_USER = (
    f"SELECT {_COLUMNS} FROM accounts_user u LEFT JOIN accounts_agent a "  # noqa: S608
    "ON a.user_id = u.id AND a.shop_id = %s AND a.removed_at IS NULL "
    "LEFT JOIN accounts_shop s ON s.id = a.shop_id WHERE u.id = %s"
)
_BY_TOKEN = (
    f"SELECT {_COLUMNS}, t.id, t.last_used_at FROM accounts_apitoken t "  # noqa: S608
    "JOIN accounts_agent a ON a.id = t.agent_id AND a.removed_at IS NULL JOIN accounts_user u ON u.id = a.user_id "
    "JOIN accounts_shop s ON s.id = a.shop_id WHERE t.token_hash = %s AND t.revoked_at IS NULL"
)


@dataclass(frozen=True, slots=True)
class Actor:
    """The agent on whose behalf an action runs, and the network address it came from."""

    agent: Agent
    address: str = ""

    @property
    def shop_id(self) -> int:
        return self.agent.shop_id

    def may(self, permission: Permission) -> bool:
        return allows(self.agent.role, permission, self.agent.shop.role_permissions)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person with a valid session, in no particular shop."""

    request: HttpRequest
    user: User


@dataclass(frozen=True, slots=True)
class Caller:
    """An agent of the shop that the route names."""

    request: HttpRequest
    agent: Agent
    user: User
    shop_id: int
    via: Via

    @property
    def actor(self) -> Actor:
        return Actor(self.agent, client_address(self.request))

    def may(self, permission: Permission) -> bool:
        return allows(self.agent.role, permission, self.agent.shop.role_permissions)

    def require(self, permission: Permission) -> None:
        """Raises: Forbidden, when the caller's role lacks the permission."""
        if not self.may(permission):
            raise Forbidden


def client_address(request: HttpRequest) -> str:
    """The address of the peer; what a proxy reports of it counts only behind a declared proxy."""
    if settings.BEHIND_PROXY:
        reported = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rsplit(",", 1)[-1].strip()
        if reported:
            return reported[:45]
    return str(request.META.get("REMOTE_ADDR") or "")[:45]


def bearer(request: HttpRequest) -> str | None:
    """The API token that the request carries, if any. Other schemes (a proxy's Basic) are somebody else's."""
    scheme, _, value = str(request.META.get("HTTP_AUTHORIZATION", "")).partition(" ")
    return value.strip() if scheme.lower() == "bearer" else None


def signed_in(request: HttpRequest) -> SignedIn:
    """The person whose session cookie came with the request.

    Raises:
        Unauthenticated: no session, an ended one, or one from before the password was changed.
    """
    user, _ = _by_session(request, shop_id=0)
    return SignedIn(request, user)


def caller_in(request: HttpRequest, *, shop_id: int) -> Caller:
    """The agent of `shop_id` that is asking, by API token if there is one, else by session.

    Raises:
        Unauthenticated: neither is valid.
        NotFound: valid, but not of this shop.
    """
    token = bearer(request)
    if token is not None:
        agent = agent_by_token(token)
        if agent.shop_id != shop_id:
            raise NotFound
        return Caller(request, agent, agent.user, shop_id, "token")
    user, found = _by_session(request, shop_id=shop_id)
    if found is None:
        raise NotFound
    return Caller(request, found, user, shop_id, "session")


def agent_by_token(token: str) -> Agent:
    """The agent that an API token acts for.

    Raises:
        Unauthenticated: unknown or revoked, or its agent was removed.
    """
    row = None
    if token.startswith(TOKEN_PREFIX) and len(token) < 100:
        with connection.cursor() as cursor:
            cursor.execute(_BY_TOKEN, [secrets.hash_token(token)])
            row = cursor.fetchone()
    user, agent = _people(row[:-2]) if row else (None, None)
    if row is None or user is None or agent is None or not user.is_active:
        raise Unauthenticated("This API token is not valid.")
    _note_use(agent.shop_id, *row[-2:])
    return agent


def agent_by_session(session: Any, *, shop_id: int) -> Agent | None:
    """The agent of a shop whose loaded session this is; for the gateway. None when not signed in or not of the shop."""
    try:
        return _by_session_data(session, shop_id=shop_id)[1]
    except Unauthenticated:
        return None


def _by_session(request: HttpRequest, *, shop_id: int) -> tuple[User, Agent | None]:
    return _by_session_data(request.session, shop_id=shop_id)


def _by_session_data(session: Any, *, shop_id: int) -> tuple[User, Agent | None]:
    user_id, backend = session.get(SESSION_KEY), session.get(BACKEND_SESSION_KEY)
    if user_id is None or backend not in settings.AUTHENTICATION_BACKENDS:
        raise Unauthenticated
    with connection.cursor() as cursor:
        cursor.execute(_BY_USER, [shop_id, int(user_id)])
        row = cursor.fetchone()
    user, agent = _people(row) if row else (None, None)
    if user is None or not user.is_active:
        raise Unauthenticated
    if not secrets.same(str(session.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash()):
        raise Unauthenticated("Your password was changed; please sign in again.")
    return user, agent


def _people(row: tuple[Any, ...]) -> tuple[User, Agent | None]:
    user = User.from_db("default", _USER, row[: len(_USER)])
    values = _read(_AGENT, row[len(_USER) : len(_USER) + len(_AGENT)], "languages")
    if values[_AGENT.index("id")] is None:
        return user, None
    agent = Agent.from_db("default", _AGENT, values)
    agent.user = user
    agent.shop = Shop.from_db("default", _SHOP, _read(_SHOP, row[len(_USER) + len(_AGENT) :], "role_permissions"))
    return user, agent


def _read(names: tuple[str, ...], row: tuple[Any, ...], json_column: str) -> list[Any]:
    """The values of a raw row; both databases hand out JSON as text."""
    values = list(row)
    index = names.index(json_column)
    if isinstance(values[index], str):
        values[index] = json.loads(values[index])
    return values


def _note_use(shop_id: int, token_id: int, last_used_ms: int | None) -> None:
    now = clock.now_ms()
    if last_used_ms is None or now - last_used_ms > _LAST_USED_STEP_MS:
        try:
            with log.unit(shop_id):
                ApiToken.objects.filter(pk=token_id).update(last_used_at=clock.from_ms(now))
        except OperationalError as error:  # a full disk must not refuse those who only read
            _log.warning("token %d: its use could not be noted: %s", token_id, error)
