"""The store's pages: three languages, a strict policy, the widget's tag, and the customer it vouches for."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.html import escape

from sonnim.accounts.actions import create_shop, rotate_identity_secret
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Shop
from sonnim.accounts.queries import identity_secret
from sonnim.contacts.identity import prove_identity
from sonnim.demo.catalogue import products, texts
from sonnim.demo.people import customer
from sonnim.kernel.text import LOCALES

PAGES = ["/store/", "/store/?kind=tea", "/store/shipping/", "/store/products/moon-jar/", "/store/products/no-such/"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Iterator[Shop]:
    made = create_shop(
        name="Ongi",
        locale="ko",
        owner_email="owner@ongi.test",
        owner_name="Owner",
        owner_password="celadon bows meet twice",
        is_demo=True,
    )
    rotate_identity_secret(actor=Actor(made.owner))
    yield Shop.objects.get(pk=made.shop.pk)


class Tags(HTMLParser):
    """Collects the tags of a page, and the text inside script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline = ""
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag

    def handle_data(self, data: str) -> None:
        if self._inside in {"script", "style"}:
            self.inline += data.strip()

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""


def page(path: str, *, locale: str = "en", client: Client | None = None) -> Any:
    return (client or Client()).get(path, {"lang": locale} if "?" not in path else None)


def widget_tag(content: str) -> dict[str, str | None]:
    return next(found for name, found in Tags(content).tags if name == "script" and "data-locale" in found)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_has_nothing_inline_and_nothing_from_elsewhere(shop: Shop, path: str, locale: str) -> None:
    answer = Client().get(f"{path}{'&' if '?' in path else '?'}lang={locale}")
    assert answer.status_code == (404 if "no-such" in path else 200)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    found = Tags(answer.content.decode())
    assert found.inline == ""
    for name, attributes in found.tags:
        assert not [attribute for attribute in attributes if attribute.startswith("on") or attribute == "style"], name
        assert name != "style"
        for attribute in ("src", "href", "action"):
            assert re.match(r"/(?!/)|#|\?|$", attributes.get(attribute) or ""), attributes


@pytest.mark.parametrize("locale", LOCALES)
def test_a_page_speaks_the_language_asked_for(shop: Shop, locale: str) -> None:
    content = page("/store/", locale=locale).content.decode()
    tag = {"ko": "ko", "zh": "zh-Hans", "en": "en"}[locale]
    assert f'<html lang="{tag}">' in content
    assert escape(texts(locale)["hero_title"]) in content
    for product in products(locale):
        assert escape(product.name) in content
        assert product.price in content


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("fr-FR,fr;q=0.9,zh;q=0.5", "zh-Hans"),
        ("fr", "en"),
    ],
)
def test_without_a_wish_the_browsers_languages_decide(shop: Shop, accepted: str, tag: str) -> None:
    answer = Client().get("/store/", HTTP_ACCEPT_LANGUAGE=accepted)
    assert answer["Content-Language"] == tag


def test_a_language_that_the_store_does_not_speak_is_ignored(shop: Shop) -> None:
    assert page("/store/", locale='"><script>').status_code == 200
    assert page("/store/", locale="xx")["Content-Language"] == "en"


def test_a_kind_shows_only_its_own(shop: Shop) -> None:
    content = page("/store/?kind=tea").content.decode()
    shelf = content[content.index('id="shelf"') : content.index("promise-title")]
    expected = {product.slug for product in products("en") if product.kind == "tea"}
    assert set(re.findall(r"/store/products/([\w-]+)/", shelf)) == expected


@pytest.mark.parametrize("path", ["/store/", "/store/shipping/", "/store/products/tea-tin/"])
def test_every_static_file_that_a_page_names_exists(shop: Shop, path: str) -> None:
    named = re.findall(r'"/static/([^"]+)"', page(path).content.decode())
    assert len(named) > 3
    for name in named:
        assert finders.find(name), name


@pytest.mark.parametrize("path", PAGES)
def test_every_page_carries_the_widget_of_the_demo_shop(shop: Shop, path: str) -> None:
    tag = widget_tag(page(path).content.decode())
    assert tag["src"] == f"/widget/{shop.public_key}.js"
    assert tag["data-page-title"]
    assert "data-identity" not in tag


def test_the_widget_hears_the_products_name(shop: Shop) -> None:
    assert widget_tag(page("/store/products/moon-jar/", locale="zh").content.decode())["data-page-title"] == "小月亮罐"


def test_without_the_demo_the_page_says_how_to_create_it() -> None:
    for path in PAGES[:4]:
        answer = page(path)
        assert answer.status_code == 200
        content = answer.content.decode()
        assert "sonnim demo create" in content
        assert "/widget/" not in content


def test_a_signed_in_customer_is_vouched_for_by_the_store(shop: Shop) -> None:
    client = Client()
    answer = client.post("/store/sign-in/", {"lang": "en", "next": "/store/shipping/?lang=en"})
    assert answer.status_code == 302
    assert answer["Location"] == "/store/shipping/?lang=en"
    token = widget_tag(client.get(answer["Location"]).content.decode())["data-identity"]
    proven = prove_identity(token, secret=identity_secret(shop))
    assert (proven.subject, proven.email, proven.name) == (customer().subject, customer().email, customer().name)
    client.post("/store/sign-out/", {"lang": "en"})
    assert "data-identity" not in widget_tag(page("/store/", client=client).content.decode())


def test_the_customers_cookie_cannot_be_made_up(shop: Shop) -> None:
    client = Client()
    client.cookies["ongi_customer"] = "jiwoo"
    assert "data-identity" not in widget_tag(page("/store/", client=client).content.decode())
    client.cookies["ongi_customer"] = "jiwoo:AAAA:BBBB"
    assert "data-identity" not in widget_tag(page("/store/", client=client).content.decode())


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "", "/\\evil.example"]
)
def test_signing_in_never_leads_to_another_site(shop: Shop, where: str) -> None:
    answer = Client().post("/store/sign-in/", {"next": where, "lang": "zh"})
    assert answer["Location"] == "/store/?lang=zh"


def test_signing_in_needs_the_stores_own_form(shop: Shop) -> None:
    assert Client().get("/store/sign-in/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/store/sign-in/").status_code == 403


def test_a_page_is_not_kept_for_the_next_customer(shop: Shop) -> None:
    assert "private" in page("/store/")["Cache-Control"]
