"""The widget's own pages: the loader that a store includes, and the frame in which the chat lives."""

import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from sonnim.accounts.imprint import imprint
from sonnim.accounts.models import Shop
from sonnim.accounts.queries import shop_by_key
from sonnim.channels.framing import framing_origins
from sonnim.channels.kinds.webchat.appearance import hiding
from sonnim.channels.kinds.webchat.looks import Look, look_of
from sonnim.channels.kinds.webchat.queries import faces, greeting_of
from sonnim.kernel.errors import NotFound
from sonnim.kernel.text import pick_locale

PLACEHOLDER = "__SONNIM_CONFIG__"
PARTS = {"app.js", "app.css", "bridge.js", "preview.js"}
NOT_BUILT = "/* The widget is not built yet: run ./run setup */"


def _dist() -> Path:
    return Path(settings.WEB_DIR) / "widget" / "dist"


@require_safe
def loader(request: HttpRequest, key: str) -> HttpResponse:
    """The script that a store's page includes, with the shop's launcher baked in."""
    shop = _shop(key)
    source, built = _loader_source(), _manifest()
    if source is None or built is None:
        return HttpResponse(NOT_BUILT, content_type="text/javascript", status=503)
    look = look_of(shop, tried=request.GET.get("look", ""))
    origin = settings.PUBLIC_URL if settings.SECURE else f"{request.scheme}://{request.get_host()}"
    config = launcher_config(look, key=shop.public_key, origin=origin, bridge=built["bridge.js"])
    body = source.replace(PLACEHOLDER, json.dumps(config).replace("<", "\\u003c"))
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8", headers={"ETag": etag})
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=300)
    return response


def launcher_config(look: Look, *, key: str, origin: str, bridge: str) -> dict[str, Any]:
    """What the loader must know: see web/widget/loader/scene.ts."""
    chosen = look.appearance
    return {
        "origin": origin,
        "frame": f"{origin}/widget/{key}/frame" + (f"?look={look.tried}" if look.tried else ""),
        "bridge": f"{origin}/widget/assets/{bridge}",
        "name": look.name,
        "locale": look.locale,
        "color": look.color,
        "ink": ink_upon(look.color),
        "launcher": chosen.launcher,
        "side": "end" if chosen.side == "right" else "start",
        "x": chosen.offset_x,
        "y": chosen.offset_y,
        "labels": chosen.labels,
        "theme": chosen.theme,
        "hide": hiding(chosen),
        **({"preview": True} if look.tried else {}),
    }


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
    look = look_of(shop, tried=request.GET.get("look", ""))
    locale = pick_locale(request.GET.get("locale"), fallback=shop.locale)
    config = {
        "key": shop.public_key,
        "locale": locale,
        "shop": {**look.titled(), "imprint": imprint(shop.business, locale)},
        "greeting": greeting_of(shop, tried=look.greeting),
        "agents": faces(shop.pk)[:3],
        "preview": bool(look.tried),
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
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """A page with nothing on it but the chat, for the desk's own settings page to hold."""
    shop = _shop(key)
    built = _manifest()
    if built is None:
        return HttpResponse(NOT_BUILT, status=503, content_type="text/plain")
    response = render(request, "webchat/preview.html", {"name": shop.name, "script": built["preview.js"], "key": key})
    response["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    )
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
    """Name → file of what was built; None unless all of it was."""
    file = _dist() / "manifest.json"
    if not file.is_file():
        return None
    found: dict[str, str] = json.loads(_read(file, file.stat().st_mtime_ns))
    return found if found.keys() >= PARTS else None


@lru_cache(maxsize=8)
def _read(file: Path, changed: int) -> str:
    return file.read_text(encoding="utf-8")
