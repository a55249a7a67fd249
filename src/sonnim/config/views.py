"""Pages of the installation itself: the console's shell, health, and what failed before a view was found."""

import mimetypes
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from sonnim.accounts.queries import shop_by_key
from sonnim.config.api import problem
from sonnim.config.help_pages import words
from sonnim.kernel.errors import Forbidden, NotFound, SonnimError

_YEAR_S = 365 * 24 * 3600
_MANIFEST = "application/manifest+json"


def _is_api(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/_allauth/"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF check refused the request."""
    return problem(Forbidden("The request lacks the X-CSRFToken header of this session."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No route, or a view raised Http404."""
    if _is_api(request):
        return problem(NotFound())
    return render(request, "config/not_found.html", words(request), status=404)


def closed(request: HttpRequest, path: str = "") -> HttpResponse:
    """An address of the sign-in library that this installation does not offer."""
    return problem(NotFound())


def server_error(request: HttpRequest) -> HttpResponse:
    """A view failed; Django has logged why."""
    return problem(SonnimError())


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"ok": False}, status=503)
    return JsonResponse({"ok": True})


@require_safe
@ensure_csrf_cookie
def console(request: HttpRequest, path: str = "") -> HttpResponse:
    """The console's page; its own router reads the rest of the address."""
    index = Path(settings.WEB_DIR) / "console" / "dist" / "index.html"
    try:
        page = index.read_bytes()
    except FileNotFoundError:
        return render(request, "config/not_built.html", words(request), status=503)
    response = HttpResponse(page)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def console_asset(request: HttpRequest, path: str) -> HttpResponseBase:
    """A built file of the console; its name carries its hash, so it may be kept for ever."""
    return _built("assets", path, cache=f"public, max-age={_YEAR_S}, immutable")


@require_safe
def console_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file of the console that is known by its name: the service worker, the manifest, an icon."""
    return _built("", path, cache="no-cache")


def _built(part: str, path: str, *, cache: str) -> HttpResponseBase:
    folder = (Path(settings.WEB_DIR) / "console" / "dist" / part).resolve()
    file = (folder / path).resolve()
    if not file.is_relative_to(folder) or not file.is_file():
        raise Http404
    kind = _MANIFEST if file.suffix == ".webmanifest" else mimetypes.guess_type(file.name)[0]
    response = FileResponse(file.open("rb"), content_type=kind)
    response["Cache-Control"] = cache
    return response


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """The three doors: store, console, help."""
    return render(request, "config/welcome.html", words(request))


@require_safe
def practice(request: HttpRequest, key: str) -> HttpResponse:
    """A page with a shop's chat on it, for before it is on the shop's own pages."""
    try:
        shop = shop_by_key(key)
    except NotFound as error:
        raise Http404 from error
    about = {"shop_name": shop.name, "public_key": shop.public_key}
    return render(request, "config/try.html", {**words(request), **about})


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """The help page."""
    return render(request, "config/help.html", words(request))
