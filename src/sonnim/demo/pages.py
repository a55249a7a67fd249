"""What every page of the demo store has: language, navigation, the widget's tag, the customer, its headers."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from sonnim.demo.catalogue import products, texts
from sonnim.demo.shop import find_demo_shop, sign_customer
from sonnim.kernel.text import LOCALES, pick_locale

LANGUAGE_TAGS = {"ko": "ko", "zh": "zh-Hans", "en": "en"}
LANGUAGE_NAMES = {"ko": "한국어", "zh": "中文", "en": "English"}
CUSTOMER_COOKIE = "ongi_customer"
# Nothing inline and nothing from elsewhere: the widget must live in a store as strict as this one.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class Language:
    """One entry of the language switch."""

    locale: str
    tag: str
    name: str
    address: str
    current: bool


def page_locale(request: HttpRequest) -> str:
    """The language asked for by `?lang=`, else the first one that the browser prefers and the store speaks."""
    asked = request.GET.get("lang") or request.POST.get("lang")
    if asked in LOCALES:
        return asked
    wanted = (part.split(";")[0].strip() for part in request.headers.get("Accept-Language", "").split(","))
    return next((found for tag in wanted if (found := pick_locale(tag, fallback=""))), "en")


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the demo customer Jiwoo is signed in to the store in this browser."""
    return bool(request.get_signed_cookie(CUSTOMER_COOKIE, default="", salt="sonnim.demo"))


def render_page(
    request: HttpRequest, template: str, *, title: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """Render one page of the store with the headers of a careful shop."""
    locale = page_locale(request)
    words = texts(locale)
    shop = find_demo_shop()
    signed_in = shop is not None and is_signed_in(request)
    page = {
        "t": words,
        "locale": locale,
        "language_tag": LANGUAGE_TAGS[locale],
        "languages": _languages(request, locale),
        "title": f"{title} · {words['shop']}" if title else words["home_title"],
        "page_title": title or words["home_title"],
        "home": reverse("demo:home"),
        "shelf": products(locale),
        "shop": shop,
        "signed_in": signed_in,
        "identity": sign_customer(shop=shop) if shop is not None and signed_in else "",
    }
    response = render(request, template if shop else "demo/absent.html", page | context, status=status)
    response["Content-Security-Policy"] = POLICY
    response["Content-Language"] = LANGUAGE_TAGS[locale]
    response["Referrer-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _languages(request: HttpRequest, current: str) -> list[Language]:
    kept = request.GET.copy()
    entries = []
    for locale in LOCALES:
        kept["lang"] = locale
        address = f"{request.path}?{kept.urlencode()}"
        entries.append(Language(locale, LANGUAGE_TAGS[locale], LANGUAGE_NAMES[locale], address, locale == current))
    return entries
