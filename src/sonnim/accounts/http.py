"""The API kit: every route declares who may call it, and its view is handed who called.

`ShopRouter` puts its paths under `/shops/{shop_id}`; a view's first parameter is the `Caller`. `OpenRouter` has no
prefix: with PUBLIC the first parameter is the request, with SIGNED_IN a `SignedIn`, with `visitor(resolve)` whatever
`resolve(request)` answers. Identifiers in paths (`{…_id}`) are digits; anything else is a 404.
"""

import functools
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import register_converter
from ninja import Router
from ninja.constants import NOT_SET
from ninja.utils import check_csrf
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from sonnim.accounts import audit, callers
from sonnim.accounts.permissions import Permission
from sonnim.kernel.errors import Forbidden

Kind = Literal["PUBLIC", "SIGNED_IN", "VISITOR", "PERMISSION"]
Resolve = Callable[[HttpRequest], Any]
View = TypeVar("View", bound=Callable[..., Any])
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_encoder = msgspec.json.Encoder()


class IdConverter:
    """A database id in a path: digits that fit every database's bigint and JavaScript's numbers."""

    regex = "[0-9]{1,15}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(IdConverter, "id")


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may call a route."""

    kind: Kind
    permission: Permission | None = None
    resolve: Resolve | None = None

    def __str__(self) -> str:
        return self.permission.value if self.permission else self.kind


PUBLIC = Policy("PUBLIC")
PUBLIC_COOKIELESS = Policy("PUBLIC", resolve=lambda request: request)
"""Public, and blind to cookies, so that a cross-site request gains nothing and no CSRF token is due."""
SIGNED_IN = Policy("SIGNED_IN")


def visitor(resolve: Resolve) -> Policy:
    """For shoppers: `resolve` reads the visitor token of the request, or raises Unauthenticated."""
    return Policy("VISITOR", resolve=resolve)


def rfc3339(moment: datetime) -> str:
    """A moment as it stands on the wire: UTC with milliseconds."""
    utc = moment.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def _only_text(value: object) -> object:
    if isinstance(value, str):
        return value
    raise ValueError("must be an RFC 3339 time")


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("must name its zone, such as 2026-11-22T03:04:05Z")
    return value


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain a NUL character")
    return value


Instant = Annotated[datetime, PlainSerializer(rfc3339, return_type=str)]
"""A time in an answer."""
Moment = Annotated[datetime, Field(strict=False), BeforeValidator(_only_text), AfterValidator(_aware)]
"""A time in a request body."""
Text = Annotated[str, AfterValidator(_storable)]
"""A string in a request body that every database can store."""
RowId = Annotated[int, Field(ge=1, lt=10**15)]
"""A database id in a request body."""


class Body(BaseModel):
    """Base of request bodies: a field that is unknown or of another type is refused (422), never dropped."""

    model_config = ConfigDict(extra="forbid", strict=True)


def encoded(data: Any, *, status: int = 200) -> HttpResponse:
    """An answer straight from structs or dicts, past pydantic; times must be strings already (`rfc3339`)."""
    return HttpResponse(_encoder.encode(data), content_type="application/json", status=status)


class OpenRouter:
    """Routes outside a shop."""

    prefix = ""

    def __init__(self, *, tag: str) -> None:
        self.ninja = Router(tags=[tag])

    def get(
        self, path: str, *, needs: Policy | Permission, response: Any = NOT_SET, **options: Any
    ) -> Callable[[View], View]:
        return self.route("GET", path, needs=needs, response=response, **options)

    def post(
        self, path: str, *, needs: Policy | Permission, response: Any = NOT_SET, **options: Any
    ) -> Callable[[View], View]:
        return self.route("POST", path, needs=needs, response=response, **options)

    def put(
        self, path: str, *, needs: Policy | Permission, response: Any = NOT_SET, **options: Any
    ) -> Callable[[View], View]:
        return self.route("PUT", path, needs=needs, response=response, **options)

    def patch(
        self, path: str, *, needs: Policy | Permission, response: Any = NOT_SET, **options: Any
    ) -> Callable[[View], View]:
        return self.route("PATCH", path, needs=needs, response=response, **options)

    def delete(
        self, path: str, *, needs: Policy | Permission, response: Any = NOT_SET, **options: Any
    ) -> Callable[[View], View]:
        return self.route("DELETE", path, needs=needs, response=response, **options)

    def route(self, method: str, path: str, *, needs: Policy | Permission, **options: Any) -> Callable[[View], View]:
        """Register the decorated view; ninja's own options (`summary`, `response`, …) pass through."""
        policy = needs if isinstance(needs, Policy) else Policy("PERMISSION", permission=needs)
        self._check(policy)
        pattern = re.sub(r"\{(\w*_id)\}", r"{id:\1}", self.prefix + path)

        def register(view: View) -> View:
            options.setdefault("operation_id", view.__name__)
            adapted = _adapt(view, policy, in_shop=bool(self.prefix))
            self.ninja.api_operation([method], pattern, auth=_Gate(policy), **options)(adapted)
            return view

        return register

    def _check(self, policy: Policy) -> None:
        if policy.kind == "PERMISSION":
            raise TypeError("a permission holds in a shop: use ShopRouter")


class ShopRouter(OpenRouter):
    """Routes of one shop, for its agents."""

    prefix = "/shops/{shop_id}"

    def _check(self, policy: Policy) -> None:
        if policy.kind != "PERMISSION":
            raise TypeError("a route of a shop needs a permission")


class _Gate:
    """Ninja's authentication callback: runs before the body is parsed, so that a stranger learns nothing from it."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def __call__(self, request: HttpRequest) -> Any:
        policy = self.policy
        if policy.permission is not None:
            match = request.resolver_match
            caller = callers.caller_in(request, shop_id=match.kwargs["shop_id"] if match else 0)
            if caller.via == "session":
                require_csrf(request)
            if not caller.may(policy.permission):
                if request.method not in SAFE_METHODS:
                    audit.record_refusal(caller, policy.permission)
                raise Forbidden
            return caller
        if policy.resolve is not None:
            return policy.resolve(request)
        who = callers.signed_in(request) if policy.kind == "SIGNED_IN" else request
        require_csrf(request)
        return who


def require_csrf(request: HttpRequest) -> None:
    """Refuse an unsafe request that does not prove that it comes from our own pages (ninja exempts its views).

    Raises:
        Forbidden: no token, a wrong one, or a foreign origin.
    """
    if request.method not in SAFE_METHODS and check_csrf(request) is not None:
        raise Forbidden("The request lacks the X-CSRFToken header of this session.")


def _adapt(view: Callable[..., Any], policy: Policy, *, in_shop: bool) -> Callable[..., Any]:
    """The function that ninja sees: `request` first, `shop_id` in a shop, then the view's own parameters."""

    @functools.wraps(view)
    def adapted(request: HttpRequest, **values: Any) -> Any:
        values.pop("shop_id", None)
        who = request.auth  # type: ignore[attr-defined]
        try:
            return view(who, **values)
        except Forbidden:
            if policy.permission is not None and request.method not in SAFE_METHODS:
                audit.record_refusal(who, policy.permission)
            raise

    own = list(inspect.signature(view, eval_str=True).parameters.values())[1:]
    added = [inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=HttpRequest)]
    if in_shop:
        added.append(inspect.Parameter("shop_id", inspect.Parameter.KEYWORD_ONLY, annotation=int))
    own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]
    adapted.__signature__ = inspect.Signature([*added, *own])  # type: ignore[attr-defined]
    adapted.sonnim_policy = policy  # type: ignore[attr-defined]
    return adapted
