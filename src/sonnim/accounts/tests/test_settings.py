"""A shop's settings: what is accepted, what is told, and the identity secret."""

from typing import Any

import pytest
from django.conf import settings as django_settings
from tests.people import People

from sonnim.accounts import queries
from sonnim.accounts.models import AuditEntry, Shop
from sonnim.kernel import secrets


def patch(people: People, body: object) -> Any:
    return people.browser(people.owner).patch(people.url("/settings"), body)


def test_settings_are_changed_one_by_one_and_told_to_the_desk(people: People) -> None:
    answer = patch(people, {"timezone": "Asia/Seoul", "color": "#0f766f"})
    assert answer.status_code == 200
    assert answer.json()["timezone"] == "Asia/Seoul"
    assert answer.json()["color"] == "#0F766F"
    assert answer.json()["name"] == "Ongi"
    noted = AuditEntry.objects.filter(action="shop.changed").get()
    assert noted.detail["changed"] == {"timezone": "Asia/Seoul", "color": "#0F766F"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://shop.example", "https://shop.example"),
        ("https://SHOP.example/", "https://shop.example"),
        ("https://shop.example:443", "https://shop.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("https://온기.example", "https://xn--ok0bn86b.example"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_origin_is_kept_as_browsers_send_it(people: People, given: str, kept: str) -> None:
    assert patch(people, {"allowed_origins": [given, given]}).json()["allowed_origins"] == [kept]


@pytest.mark.parametrize(
    "body",
    [
        {"allowed_origins": ["shop.example"]},
        {"allowed_origins": ["*"]},
        {"allowed_origins": ["https://*.example"]},
        {"allowed_origins": ["https://shop.example/path"]},
        {"allowed_origins": ["https://user:pw@shop.example"]},
        {"allowed_origins": ["https://shop.example?x"]},
        {"allowed_origins": ["https://shop.example#x"]},
        {"allowed_origins": ["javascript:alert(1)"]},
        {"allowed_origins": ["https://a b"]},
        {"allowed_origins": ["https://shop.example; script-src *"]},
        {"allowed_origins": ["https://shop.example:99999"]},
        {"allowed_origins": ["https://[::1"]},
        {"allowed_origins": [""]},
        {"allowed_origins": ["https://"]},
        {"allowed_origins": ["https://a.example"] * 21},
        {"allowed_origins": "https://shop.example"},
        {"color": "#12345"},
        {"color": "red; }"},
        {"timezone": "Mars/Olympus"},
        {"timezone": "../../etc/passwd"},
        {"locale": "fr"},
        {"name": "  "},
        {"name": "x" * 121},
        {"public_key": "mine"},
        {"identity_secret": "mine"},
        {"is_demo": True},
    ],
)
def test_a_malformed_setting_changes_nothing(people: People, body: object) -> None:
    before = Shop.objects.values().get(pk=people.shop.pk)
    assert patch(people, body).status_code == 422
    assert Shop.objects.values().get(pk=people.shop.pk) == before


def test_the_identity_secret_is_shown_once_and_kept_sealed(people: People) -> None:
    browser = people.browser(people.admin)
    secret = browser.post(people.url("/settings/identity-secret")).json()["secret"]
    shop = Shop.objects.get(pk=people.shop.pk)
    assert secret not in shop.identity_secret
    assert secrets.unseal(shop.identity_secret, secret_key=django_settings.SECRET_KEY) == secret
    assert queries.identity_secret(shop) == secret
    read = browser.get(people.url("/settings"))
    assert read.json()["identity_secret_set"] is True
    assert secret not in read.content.decode()
    assert secret not in str(list(AuditEntry.objects.values()))
    again = browser.post(people.url("/settings/identity-secret")).json()["secret"]
    assert again != secret


def test_a_person_changes_their_own_name_language_and_theme(people: People) -> None:
    browser = people.browser(people.agent)
    answer = browser.patch("/api/v1/me", {"name": "Mina", "locale": "ko", "theme": "dark"})
    assert answer.json()["user"] == {
        "id": people.agent.user_id,
        "email": "agent@people.test",
        "name": "Mina",
        "locale": "ko",
        "theme": "dark",
    }
    shown = next(
        agent for agent in browser.get(people.url("/agents")).json()["items"] if agent["id"] == people.agent.pk
    )
    assert (shown["name"], shown["locale"]) == ("Mina", "ko")


@pytest.mark.parametrize("body", [{"email": "x@people.test"}, {"is_staff": True}, {"theme": "pink"}, {"locale": "fr"}])
def test_a_person_cannot_change_what_is_not_theirs_to_change(people: People, body: object) -> None:
    assert people.browser(people.agent).patch("/api/v1/me", body).status_code == 422


def test_who_answers_for_the_shop_is_kept_without_what_is_empty(people: People) -> None:
    browser = people.browser(people.owner)
    business = {"name": " 온기 주식회사 ", "registration": "120-81-47521", "address": ""}
    saved = browser.patch(people.url("/settings"), {"business": business}).json()
    assert saved["business"] == {"name": "온기 주식회사", "registration": "120-81-47521"}
    refused: tuple[object, ...] = ({"owner": "me"}, {"name": "x" * 301}, {"name": 7}, [])
    for wrong in refused:
        assert browser.patch(people.url("/settings"), {"business": wrong}).status_code == 422
    assert browser.get(people.url("/settings")).json()["business"] == saved["business"]
