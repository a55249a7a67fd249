"""The forgotten password: same answer for everybody, one link, to the configured address only."""

import re
from typing import Any

import pytest
from django.core import mail as outbox_mail
from tests.people import Browser, People

from sonnim.accounts import mail
from sonnim.accounts.models import User
from sonnim.accounts.tests.signing_in import API, signed_in
from sonnim.eventlog.models import Outbox

NEW_PASSWORD = "two small bows in the morning"


@pytest.fixture(autouse=True)
def mail_server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.test"


def ask(email: str, **headers: str) -> tuple[int, bytes]:
    answer = Browser().post(f"{API}/auth/password/request", {"email": email}, **headers)
    return answer.status_code, answer.content


def link_sent() -> str:
    """The link in the mail that was asked for last."""
    mail.deliver_mail(Outbox.objects.filter(kind="mail").latest("pk").payload)
    found = re.search(r"http\S+", str(outbox_mail.outbox[-1].body))
    assert found
    return found[0]


def test_the_link_leads_to_the_configured_address_whatever_the_host_header_says(people: People) -> None:
    assert ask("agent@people.test", HTTP_HOST="evil.test")[0] == 200
    assert link_sent().startswith("http://localhost:8000/console/reset/")


def test_a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work(people: People) -> None:
    known = ask("agent@people.test")
    unknown = ask("nobody@people.test")
    assert known == unknown
    assert Outbox.objects.filter(kind="mail").count() == 2
    for row in Outbox.objects.filter(kind="mail"):
        mail.deliver_mail(row.payload)
    assert [sent.to for sent in outbox_mail.outbox] == [["agent@people.test"]]


def test_the_link_sets_a_password_once_and_ends_all_sessions(people: People) -> None:
    browser = signed_in("agent@people.test")
    ask("agent@people.test")
    key = link_sent().rsplit("/", 1)[1]
    stranger = Browser()
    answer = stranger.post(f"{API}/auth/password/reset", {"key": key, "password": NEW_PASSWORD})
    assert answer.status_code == 401, answer.content
    assert User.objects.get(email="agent@people.test").check_password(NEW_PASSWORD)
    assert browser.get("/api/v1/me").status_code == 401
    again = stranger.post(f"{API}/auth/password/reset", {"key": key, "password": "another good long one"})
    assert again.status_code == 400


@pytest.mark.parametrize("key", ["", "x", "1-x", "zzzz-aaaa-bbbb", "\x00"])
def test_a_made_up_key_sets_nothing(people: People, key: str) -> None:
    answer = Browser().post(f"{API}/auth/password/reset", {"key": key, "password": NEW_PASSWORD})
    assert answer.status_code == 400


def test_a_weak_password_is_refused(people: People) -> None:
    ask("agent@people.test")
    key = link_sent().rsplit("/", 1)[1]
    answer = Browser().post(f"{API}/auth/password/reset", {"key": key, "password": "agent@people"})
    assert answer.status_code == 400


def test_asking_again_and_again_is_throttled_per_address(people: People) -> None:
    assert [ask("agent@people.test")[0] for _ in range(4)] == [200, 200, 200, 429]


def test_the_link_is_not_readable_in_the_database(people: People) -> None:
    ask("agent@people.test")
    payload = str(Outbox.objects.get(kind="mail").payload)
    assert link_sent().rsplit("/", 1)[1] not in payload


@pytest.mark.parametrize(("locale", "word"), [("ko", "비밀번호"), ("zh", "密码"), ("en", "password")])
def test_the_mail_speaks_the_readers_language(people: People, locale: str, word: str) -> None:
    User.objects.filter(email="agent@people.test").update(locale=locale)
    ask("agent@people.test")
    link_sent()
    assert word in outbox_mail.outbox[-1].subject
