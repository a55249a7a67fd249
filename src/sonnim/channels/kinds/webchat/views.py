"""The widget's own pages: the loader that a store includes, and the frame in which the chat lives."""

import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from sonnim.accounts.models import Shop
from sonnim.accounts.queries import shop_by_key
from sonnim.channels.kinds.webchat.queries import faces
from sonnim.kernel.errors import NotFound
from sonnim.kernel.text import pick_locale

PLACEHOLDER = "__SONNIM_CONFIG__"
NOT_BUILT = "/* The widget is not built yet: run ./run setup */"


def _dist() -> Path:
    return Path(settings.WEB_DIR) / "widget" / "dist"


@require_safe
def loader(request: HttpRequest, key: str) -> HttpResponse:
    """The script that a store's page includes, with the shop's launcher baked in."""
    shop = _shop(key)
    source = _loader_source()
    if source is None:
        return HttpResponse(NOT_BUILT, content_type="text/javascript", status=503)
    config = {
        "origin": settings.PUBLIC_URL if settings.SECURE else f"{request.scheme}://{request.get_host()}",
        "key": shop.public_key,
        "color": shop.color,
        "ink": ink_upon(shop.color),
        "name": shop.name,
        "locale": shop.locale,
    }
    body = source.replace(PLACEHOLDER, json.dumps(config).replace("<", "\\u003c"))
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8", headers={"ETag": etag})
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=300)
    return response


def ink_upon(color: str) -> str:
    """What is drawn on a ground of this colour: ink on a light one, white on a dark one."""
    red, green, blue = bytes.fromhex(color[1:])
    # Weights of the eye for red, green and blue; above this lightness ink reads better than white.
    return "#1c2421" if red * 0.3 + green * 0.6 + blue * 0.1 > 145 else "#fff"


@require_safe
def frame(request: HttpRequest, key: str) -> HttpResponse:
    """The page inside the iframe. Only the shop's own sites may frame it."""
    shop = _shop(key)
    built = _manifest()
    if built is None:
        return HttpResponse("The widget is not built yet: run ./run setup", status=503, content_type="text/plain")
    locale = pick_locale(request.GET.get("locale"), fallback=shop.locale)
    config = {
        "key": shop.public_key,
        "locale": locale,
        "shop": {"name": shop.name, "color": shop.color},
        "greeting": shop.greeting,
        "agents": faces(shop.pk)[:3],
    }
    files = {"script": built["app.js"], "style": built["app.css"]}
    response = render(request, "webchat/frame.html", {"locale": locale, "name": shop.name, "config": config, **files})
    ancestors = " ".join(["'self'", *framing_origins(shop.allowed_origins)])
    response["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
        f"media-src blob:; connect-src 'self' {_sockets(request)}; base-uri 'none'; form-action 'none'; "
        f"frame-ancestors {ancestors}"
    )
    response["Cross-Origin-Opener-Policy"] = "unsafe-none"
    response["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    patch_cache_control(response, private=True, max_age=60)
    return response


@require_safe
def asset(request: HttpRequest, name: str) -> HttpResponse:
    """A built file; its name changes with its content, so that browsers may keep it."""
    built = _manifest()
    if built is None or name not in built.values():
        raise Http404
    file = _dist() / name
    kind = "text/javascript; charset=utf-8" if name.endswith(".js") else "text/css; charset=utf-8"
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(_packed(file) if packed else file.read_bytes(), content_type=kind)
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=31536000, immutable=True)
    return response


@lru_cache(maxsize=8)
def _packed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 9)


def framing_origins(allowed: list[str]) -> list[str]:
    """The origins that may frame the chat: what the shop allows, and on a loopback desk every loopback page."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    own = ["http://localhost:*", "http://127.0.0.1:*"] if host in {"localhost", "127.0.0.1"} else []
    return [*own, *allowed]


def _sockets(request: HttpRequest) -> str:
    return f"{'wss' if settings.SECURE else 'ws'}://{request.get_host()}"


def _shop(key: str) -> Shop:
    try:
        return shop_by_key(key)
    except NotFound as error:
        raise Http404 from error


def _loader_source() -> str | None:
    file = _dist() / "loader.js"
    return _read(file, file.stat().st_mtime_ns) if file.is_file() else None


def _manifest() -> dict[str, str] | None:
    file = _dist() / "manifest.json"
    if not file.is_file():
        return None
    found: dict[str, str] = json.loads(_read(file, file.stat().st_mtime_ns))
    return found


@lru_cache(maxsize=8)
def _read(file: Path, changed: int) -> str:
    return file.read_text(encoding="utf-8")
