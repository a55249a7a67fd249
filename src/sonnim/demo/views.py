"""The demo store's pages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from sonnim.demo.catalogue import KINDS, find_product, goes_with, products, texts
from sonnim.demo.pages import CUSTOMER_COOKIE, page_locale, render_page


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """The shelf, whole or one kind of it."""
    locale = page_locale(request)
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else ""
    shown = [product for product in products(locale) if kind in ("", product.kind)]
    kinds = [("", texts(locale)["all"]), *((name, texts(locale)[f"kind_{name}"]) for name in KINDS)]
    return render_page(request, "demo/home.html", products=shown, kind=kind, kinds=kinds)


@require_safe
def show_product(request: HttpRequest, slug: str) -> HttpResponse:
    """One product, large."""
    locale = page_locale(request)
    product = find_product(slug, locale=locale)
    if product is None:
        return render_page(request, "demo/missing.html", title=texts(locale)["missing_title"], status=404)
    return render_page(
        request,
        "demo/product.html",
        title=product.name,
        product=product,
        also=goes_with(product, locale=locale),
    )


@require_safe
def show_shipping(request: HttpRequest) -> HttpResponse:
    """Rates, times, customs, breakage, returns and gifts."""
    words = texts(page_locale(request))
    rates = [
        tuple(words[f"rate_{place}{part}"] for part in ("", "_fee", "_free", "_days"))
        for place in ("kr", "jeju", "cn", "world")
    ]
    return render_page(request, "demo/shipping.html", title=words["shipping_title"], rates=rates)


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign the demo customer in to the store, as any store does in its own way."""
    response = _back(request)
    response.set_signed_cookie(
        CUSTOMER_COOKIE, "jiwoo", salt="sonnim.demo", httponly=True, samesite="Lax", secure=request.is_secure()
    )
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign the demo customer out again."""
    response = _back(request)
    response.delete_cookie(CUSTOMER_COOKIE, samesite="Lax")
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if safe else f"{reverse('demo:home')}?lang={page_locale(request)}")
