"""The coach's page for everybody: it reads, marks, keeps nothing, and needs no script."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

URL = "/help/coach/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def read(draft: str, *, lang: str = "en", shopper: str = "Hello, is it in stock?", page: str = "en") -> Any:
    client = Client(enforce_csrf_checks=True)
    return client.post(f"{URL}?lang={page}", {"lang": lang, "shopper": shopper, "draft": draft})


@pytest.mark.parametrize("locale", ["ko", "zh", "en"])
def test_it_begins_with_a_sample_that_is_marked_in_the_readers_language(locale: str) -> None:
    answer = Client().get(f"{URL}?lang={locale}")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<mark class="' in page
    assert "<code>curt</code>" in page
    assert f'<option value="{locale}" lang="{locale}" selected>' in page


def test_help_leads_to_it() -> None:
    assert 'href="/help/coach/?lang=ko"' in Client().get("/help/?lang=ko").content.decode()


def test_a_draft_is_read_in_its_own_language_whatever_the_pages_is() -> None:
    page = read("네", lang="ko", shopper="안녕하세요, 재고 있나요?", page="en").content.decode()
    assert "What the coach says" in page
    assert "<code>curt</code>" in page
    assert any("가" <= letter <= "힣" for letter in page.split('class="marks"')[1])


def test_a_good_draft_is_told_so() -> None:
    page = read("Hello! Yes, it is in stock. Shall I put one aside for you?").content.decode()
    assert "Nothing to mark" in page
    assert 'class="marks"' not in page


def test_what_is_written_is_shown_as_text() -> None:
    page = read("<script>alert(1)</script> Yes\x00.", shopper="</textarea><b>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "</textarea><b>" not in page


def test_no_more_is_read_than_the_page_takes() -> None:
    page = read("a" * 5_000).content.decode()
    assert "a" * 2_000 in page
    assert "a" * 2_001 not in page


@pytest.mark.parametrize("draft", ["", "  \n"])
def test_nothing_is_said_of_no_draft(draft: str) -> None:
    assert "There is no draft yet." in read(draft).content.decode()


def test_an_unknown_language_is_the_pages() -> None:
    assert '<option value="zh" lang="zh" selected>' in read("嗯", lang="xx", page="zh").content.decode()


def test_it_asks_and_writes_nothing_of_the_database() -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = read("Yes")
    assert len(asked) == 0
    assert not answer.cookies


def test_an_address_that_asks_too_often_is_told_to_wait_and_keeps_what_it_wrote(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sonnim.config.playground.READINGS", (1, 3600))
    assert read("Yes").status_code == 200
    answer = read("Certainly not")
    assert (answer.status_code, answer["Retry-After"].isdigit()) == (429, True)
    assert "Certainly not" in answer.content.decode()
    assert Client(REMOTE_ADDR="203.0.113.7").post(URL, {"draft": "Yes"}).status_code == 200


def test_another_site_cannot_have_drafts_read() -> None:
    assert Client().post(URL, {"draft": "Yes"}, headers={"origin": "https://elsewhere.example"}).status_code == 403
