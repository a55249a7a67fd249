"""The page of a form: for people with and without scripts, on its own and within a page of the store."""

import html
import re

import pytest
from django.test import Client
from tests.people import People

from sonnim.accounts.actions import change_settings
from sonnim.channels.kinds.webform.tests.conftest import Filler, make_form


def page(filler: Filler, **query: str) -> str:
    return Client().get(f"/forms/{filler.form.key}", query).content.decode()


@pytest.mark.parametrize(("asked", "tag"), [("ko-KR,ko;q=0.9", "ko"), ("zh-TW", "zh-CN"), ("fr", "en"), ("", "en")])
def test_a_page_comes_in_the_browsers_language(filler: Filler, asked: str, tag: str) -> None:
    answer = Client().get(f"/forms/{filler.form.key}", headers={"accept-language": asked})
    assert f'<html lang="{tag}"' in answer.content.decode()


def test_a_page_speaks_only_languages_in_which_it_has_a_title(people: People) -> None:
    form = make_form(people, texts={"title": {"ko": "문의"}})
    text = page(Filler(form), lang="en")
    assert '<html lang="ko"' in text
    assert "<nav" not in text


def test_every_field_has_a_label_of_its_own(filler: Filler) -> None:
    text = page(filler, lang="ko")
    fields = re.findall(r'id="(field-\w+)" name', text)
    assert len(fields) == 7
    assert sorted(fields) == sorted(re.findall(r'(?:for|checkbox" id)="(field-\w+)"', text))


def test_only_the_shops_own_pages_may_hold_it(filler: Filler, people: People) -> None:
    change_settings(actor=people.actor(people.owner), allowed_origins=["https://ongi.example"])
    policy = Client().get(f"/forms/{filler.form.key}")["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert policy.endswith("https://ongi.example")
    assert "script-src 'self';" in policy
    form = make_form(people, origins=["https://blog.example"])
    policy = Client().get(f"/forms/{form.key}")["Content-Security-Policy"]
    assert "ongi.example" not in policy
    assert policy.endswith("https://blog.example")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "https://a b", "//evil.example", "x" * 2000]
)
def test_what_a_page_says_of_itself_is_an_address_or_nothing(filler: Filler, url: str) -> None:
    assert 'name="page" value=""' in page(filler, page=url, page_title="x")


def test_what_was_written_comes_back_as_text(filler: Filler) -> None:
    answer = filler.hand_in(name="<script>alert(1)</script>", message="</textarea><img onerror=alert(1)>", email="x")
    text = answer.content.decode()
    assert "<script>alert" not in text
    assert "<img onerror" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_foreign_page_cannot_send_a_form(filler: Filler) -> None:
    answer = Client().post(f"/forms/{filler.form.key}", {}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403


def test_a_page_says_in_its_language_how_many_files_it_takes(filler: Filler) -> None:
    page = Client().get(f"/forms/{filler.form.key}", {"lang": "ko"}).content.decode()
    assert 'data-many="파일은 10개까지 붙일 수 있어요."' in page


def test_who_sends_another_one_still_stands_on_the_same_page(filler: Filler) -> None:
    where = {"page": "https://ongi.example/bowl?size=2&glaze=white", "page_title": "대접 & 잔"}
    filler.written = {"in": "frame", "theme": "dark", **where}
    done = filler.hand_in().content.decode()
    again = html.unescape(re.findall(r'<a href="(/forms/[^"]+)"', done)[0])
    text = Client().get(again).content.decode()
    assert 'name="page" value="https://ongi.example/bowl?size=2&amp;glaze=white"' in text
    assert 'name="page_title" value="대접 &amp; 잔"' in text
    assert "data-framed" in text
    assert 'data-theme="dark"' in text


@pytest.mark.parametrize(("locale", "line"), [("ko", "상호 온기"), ("zh", "经营主体：온기"), ("en", "온기 · Seoul")])
def test_who_answers_for_the_shop_stands_at_the_foot_of_its_own_page(
    filler: Filler, people: People, locale: str, line: str
) -> None:
    assert "imprint" not in page(filler, lang=locale)
    change_settings(actor=people.actor(people.owner), business={"name": "온기", "address": "Seoul"})
    assert line in page(filler, lang=locale)
    assert "imprint" not in page(filler, **{"lang": locale, "in": "frame"})  # there the store's page has its own
