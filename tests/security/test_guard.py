"""What no request may exceed, and the headers that every answer carries."""

from typing import Any

import pytest
from django.test import Client

from tests.people import Browser, People

PAGES = ["/", "/help/", "/healthz", "/console/", "/console/inbox/7", "/api/v1/me", "/nowhere", "/api/v1/nowhere"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_security_headers(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "Server" not in answer


@pytest.mark.parametrize("path", PAGES)
def test_no_page_runs_a_script_that_is_not_a_file_of_ours(db: None, path: str) -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in Client().get(path)["Content-Security-Policy"].split(";"))
    assert rules["script-src"] == rules["default-src"] == "'self'"
    assert rules["object-src"] == rules["base-uri"] == "'none'"
    assert ("unsafe-inline" in rules["style-src"]) == path.startswith("/console")


@pytest.mark.parametrize("host", ["evil.test; script-src *", "a,b", "x" * 300])
def test_a_host_header_writes_nothing_into_the_policy(db: None, host: str) -> None:
    policy = Client().get("/healthz", HTTP_HOST=host)["Content-Security-Policy"]
    assert policy.count("script-src") == 1
    assert host not in policy


def test_an_https_installation_asks_browsers_to_stay_with_https(db: None, settings: Any) -> None:
    assert "Strict-Transport-Security" not in Client().get("/healthz")
    settings.SECURE = True
    assert Client().get("/healthz")["Strict-Transport-Security"] == "max-age=31536000"


def test_answers_of_the_api_are_not_kept_by_caches(people: People) -> None:
    assert people.browser(people.agent).get("/api/v1/me")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/_allauth/browser/v1/auth/login", 17_000, 422),
        ("/api/v1/me", 300_000, 413),
        ("/api/v1/widget/session", 300_000, 413),
        ("/store/sign-in/", 300_000, 413),
    ],
)
def test_an_oversized_body_is_refused_before_it_is_read(people: People, path: str, size: int, status: int) -> None:
    answer = people.browser(people.agent).post(path, "x" * size)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_an_oversized_upload_is_refused_before_it_is_read(people: People) -> None:
    browser = people.browser(people.agent)
    answer = browser.client.generic(
        "POST",
        people.url("/attachments"),
        b"",
        content_type="multipart/form-data; boundary=x",
        HTTP_X_CSRFTOKEN=browser.csrf(),
        CONTENT_LENGTH=str(21 * 1024 * 1024),
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("length", ["x", "-1x", "1e9"])
def test_a_length_that_is_no_number_is_refused(people: People, length: str) -> None:
    browser = people.browser(people.agent)
    answer = browser.post(people.url("/teams"), None, CONTENT_LENGTH=length)
    assert answer.status_code == 422


@pytest.mark.parametrize("path", ["/api/v1/nowhere", "/api/v1/shops/1/nowhere", "/_allauth/browser/v1/nowhere"])
def test_an_unknown_address_of_the_api_answers_a_problem(db: None, path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "not_found"


def test_an_error_of_ours_tells_nothing_of_itself(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    from sonnim.accounts import queries

    def fail(shop_id: int) -> None:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr(queries, "agents_of", fail)
    answer = people.browser(people.agent).get(people.url("/agents"))
    assert answer.status_code == 500
    assert answer.json()["code"] == "error"
    assert b"42" not in answer.content


def test_the_console_has_no_files_outside_its_folder(db: None) -> None:
    for path in ("../index.html", "..%2f..%2f..%2fpackage.json", "%2e%2e/index.html", "/etc/passwd"):
        assert Client().get(f"/console/assets/{path}").status_code == 404


@pytest.mark.parametrize(("language", "word"), [("ko", "도움말"), ("zh", "使用帮助"), ("en", "Help")])
def test_the_installations_pages_speak_the_readers_language(db: None, language: str, word: str) -> None:
    by_choice = Client().get(f"/help/?lang={language}").content.decode()
    by_browser = Client().get("/help/", HTTP_ACCEPT_LANGUAGE=f"fr;q=0.9, {language}-XX").content.decode()
    assert word in by_choice
    assert by_browser == by_choice
    assert "{url}" not in by_choice


def test_healthz_says_no_when_the_database_does_not_answer(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import DatabaseError, connection

    def fail() -> None:
        raise DatabaseError

    assert Client().get("/healthz").status_code == 200
    with monkeypatch.context() as broken:
        broken.setattr(connection, "cursor", fail)
        assert Client().get("/healthz").status_code == 503


def test_a_forwarded_address_counts_only_behind_a_declared_proxy(people: People, settings: Any) -> None:
    def noted(name: str) -> str:
        browser = Browser(people.owner.user)
        browser.post(people.url("/teams"), {"name": name}, HTTP_X_FORWARDED_FOR="10.0.0.1, 198.51.100.7")
        return str(browser.get(people.url("/audit")).json()["items"][0]["address"])

    assert noted("one") == "127.0.0.1"
    settings.BEHIND_PROXY = True
    assert noted("two") == "198.51.100.7"
