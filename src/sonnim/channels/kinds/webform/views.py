"""The forms' own pages: one for each form, on its own or within a page of the store."""

import base64
import hashlib
from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sonnim.channels.framing import framing_origins
from sonnim.channels.kinds.webform import assets, load, pages, tokens
from sonnim.channels.kinds.webform.handing import handed_in
from sonnim.channels.kinds.webform.models import Form
from sonnim.channels.kinds.webform.pages import Shown
from sonnim.channels.kinds.webform.queries import form_by_key
from sonnim.kernel.errors import NotFound
from sonnim.kernel.text import pick_locale


@csrf_exempt  # it reads no cookie, so that a foreign page gains nothing; the page's own mark is asked for instead
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, key: str) -> HttpResponse:
    """A form to be filled in, and what becomes of it."""
    form = _form(key)
    given = request.POST if request.method == "POST" else request.GET
    asked = given.get("lang") or request.headers.get("Accept-Language", "").split(",")[0]
    spoken = pages.languages_of(form.texts)
    locale = pick_locale(asked, fallback=form.shop.locale)
    shown = Shown(
        locale if locale in spoken else spoken[0],
        framed=given.get("in") == "frame",
        theme=given.get("theme", "") if given.get("theme") in ("light", "dark") else "",
        context=pages.context_of(given),
    )
    if request.method == "POST":
        return _answer(request, form, *handed_in(request, form, shown))
    return _answer(request, form, shown, 200)


@require_safe
def insert(request: HttpRequest, key: str) -> HttpResponse:
    """The script that a store's page includes where the form shall stand."""
    _form(key)
    file = assets.folder() / assets.manifest().get(assets.INSERT, "-")
    if not file.is_file():
        return HttpResponse("/* Not built yet: run ./run setup */", content_type="text/javascript", status=503)
    response = HttpResponse(file.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=300)
    return response


@require_safe
def asset(request: HttpRequest, name: str) -> HttpResponse:
    """A built file; its name changes with its content, so that browsers may keep it."""
    if name not in assets.manifest().values():
        raise Http404
    kind = "text/css" if name.endswith(".css") else "text/javascript"
    response = HttpResponse((assets.folder() / name).read_bytes(), content_type=f"{kind}; charset=utf-8")
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=31536000, immutable=True)
    return response


def _form(key: str) -> Form:
    try:
        form = form_by_key(key)
    except NotFound as error:
        raise Http404 from error
    if not form.active:
        raise Http404
    return form


def _answer(request: HttpRequest, form: Form, shown: Shown, status: int) -> HttpResponse:
    if not shown.mark:
        bits = load.bits_asked(form.pk)
        shown = replace(shown, mark=tokens.issue(form.pk, bits=bits), bits=bits)
    response = HttpResponse(pages.drawn(form, shown, mark=shown.mark), status=status)
    ancestors = " ".join(["'self'", *framing_origins(form.origins or form.shop.allowed_origins)])
    style = base64.b64encode(hashlib.sha256(pages.style_of(form.shop).encode()).digest()).decode()
    response["Content-Security-Policy"] = (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'sha256-{style}'; img-src 'self' data:; "
        f"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
    )
    response["Cross-Origin-Opener-Policy"] = "unsafe-none"
    response["Cache-Control"] = "no-store"
    return response
