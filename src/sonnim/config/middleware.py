"""The first middleware: what no request may exceed, and the headers that every answer carries."""

from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from sonnim.kernel.errors import Forbidden, Invalid, NotFound, SonnimError, TooLarge

Respond = Callable[[HttpRequest], HttpResponseBase]
AUTH_BODY_BYTES = 16 * 1024
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MULTIPART_ROOM = 64 * 1024


class MethodNotAllowed(SonnimError):
    code, status, title = "method_not_allowed", 405, "This address does not take this method"


class GuardMiddleware:
    """Refuses oversized and cross-site requests before anything reads them, and sets security headers."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond
        self.own_origin = settings.PUBLIC_URL
        self.headers = _common_headers(self.own_origin)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        refusal = self._refusal(request)
        response = _problem(refusal) if refusal else self.respond(request)
        if request.path.startswith(("/api/", "/_allauth/")):
            response = _as_problem(response)
            if not response.has_header("Cache-Control"):
                response["Cache-Control"] = "no-store"
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        if not response.has_header("Content-Security-Policy"):
            response["Content-Security-Policy"] = _policy(request)
        return response

    def _refusal(self, request: HttpRequest) -> SonnimError | None:
        if request.method in _SAFE:
            return None
        origin = request.META.get("HTTP_ORIGIN")
        if origin and origin != self.own_origin and origin != f"{request.scheme}://{request.META.get('HTTP_HOST')}":
            return Forbidden("The request comes from another site.")
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            return Invalid("The request's length is not a number.")
        if request.path.startswith("/_allauth/"):
            return Invalid("This is too long for a sign-in.") if length > AUTH_BODY_BYTES else None
        return TooLarge("The request is too large.") if length > _limit(request) else None


def _limit(request: HttpRequest) -> int:
    if request.path.startswith("/hooks/"):
        return int(settings.HOOK_MAX_BYTES)
    if request.path.startswith("/forms/") and request.content_type == "multipart/form-data":
        return int(settings.FORM_MAX_BYTES)
    upload: int = settings.ATTACHMENT_MAX_BYTES + _MULTIPART_ROOM
    plain: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return upload if request.content_type == "multipart/form-data" else plain


def _problem(error: SonnimError) -> HttpResponseBase:
    from sonnim.config.api import problem  # the API's routers need the app registry

    return problem(error)


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """An answer that Django or ninja made before any view ran, in the API's own form."""
    if response.get("Content-Type", "").startswith(("application/problem+json", "application/json")):
        return response
    if response.status_code == 405:
        told = _problem(MethodNotAllowed())
        told["Allow"] = response.get("Allow", "")
        return told
    return _problem(NotFound()) if response.status_code == 404 else response


def _common_headers(own_origin: str) -> dict[str, str]:
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if settings.SECURE:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return headers


def _policy(request: HttpRequest) -> str:
    console = request.path.startswith("/console")
    host = request.META.get("HTTP_HOST", "")
    return _written_policy(console, _socket_origins(host if _is_plain_host(host) else ""))


def _is_plain_host(host: str) -> bool:
    return len(host) < 256 and all(character.isalnum() or character in ".-:[]" for character in host)


def _socket_origins(host: str) -> str:
    public = urlsplit(settings.PUBLIC_URL)
    named = {f"{'wss' if settings.SECURE else 'ws'}://{public.netloc}"}
    if host and not settings.SECURE:
        named.add(f"ws://{host}")
    return " ".join(sorted(named))


@lru_cache(maxsize=64)
def _written_policy(console: bool, sockets: str) -> str:
    # Mantine writes its theme's variables into a style element at run time; scripts stay strict.
    style = "'self' 'unsafe-inline'" if console else "'self'"
    return (
        f"default-src 'self'; script-src 'self'; style-src {style}; img-src 'self' data: blob:; "
        f"connect-src 'self' {sockets}; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
