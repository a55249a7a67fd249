"""Signing in: by password, never by guessing, and the same for known and unknown addresses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from tests.people import PASSWORD, Browser, People

from sonnim.accounts.models import User
from sonnim.accounts.tests.signing_in import API, activate_totp, prove_again, sign_in, signed_in, totp

WRONG = "not the right words"


def test_a_password_opens_a_session(people: People) -> None:
    browser = signed_in("agent@people.test")
    assert browser.get("/api/v1/me").json()["user"]["email"] == "agent@people.test"
    cookie = browser.client.cookies["sonnim"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_session_key_is_new_after_signing_in(people: People) -> None:
    browser = Browser()
    session = browser.client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    browser.client.cookies["sonnim"] = str(planted)
    assert sign_in(browser, "agent@people.test").status_code == 200
    assert browser.client.cookies["sonnim"].value != planted
    stale = Browser()
    stale.client.cookies["sonnim"] = str(planted)
    assert stale.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("path", ["auth/signup", "account/email", "auth/email/verify", "auth/webauthn/signup"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_nobody_signs_up_or_moves_an_account_to_another_address(people: People, method: str, path: str) -> None:
    before = User.objects.count()
    answer = people.browser(people.agent).call(
        method, f"{API}/{path}", {"email": "new@people.test", "password": PASSWORD}
    )
    assert answer.status_code == 404
    assert User.objects.count() == before


def use_argon2(settings: Any, user: User) -> None:
    """Hash as the product does; the other tests hash cheaply."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user.set_password(PASSWORD)
    user.save()


def _counted(method: Callable[..., Any], calls: list[str]) -> Callable[..., Any]:
    def counted(*args: Any, **options: Any) -> Any:
        calls.append(method.__name__)
        return method(*args, **options)

    return counted


def test_a_known_and_an_unknown_address_get_the_same_answer_for_the_same_work(
    people: People, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    use_argon2(settings, people.agent.user)
    hashed: list[str] = []
    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, _counted(getattr(Argon2PasswordHasher, name), hashed))
    answers = []
    for email in ("agent@people.test", "nobody@people.test"):
        hashed.clear()
        answer = sign_in(Browser(), email, WRONG)
        answers.append((answer.status_code, answer.content, len(hashed)))
    assert answers[0] == answers[1]
    assert answers[0][0] == 400
    assert answers[0][2] == 1


def test_an_address_is_locked_after_failures_whatever_the_headers_say(people: People) -> None:
    for guess in range(6):
        answer = sign_in(
            Browser(),
            "agent@people.test",
            WRONG,
            HTTP_X_FORWARDED_FOR=f"10.0.0.{guess}",
            HTTP_HOST=f"host{guess}.test",
            REMOTE_ADDR=f"192.0.2.{guess}",
        )
        assert answer.json()["errors"][0]["code"] == "email_password_mismatch"
    locked = sign_in(
        Browser(), "AGENT@people.test", PASSWORD, HTTP_X_FORWARDED_FOR="10.9.9.9", REMOTE_ADDR="192.0.2.99"
    )
    assert locked.json()["errors"][0]["code"] == "too_many_login_attempts"


def test_an_unknown_address_is_locked_in_the_same_words(people: People) -> None:
    told = [sign_in(Browser(), "nobody@people.test", WRONG).content for _ in range(7)]
    cache.clear()
    known = [sign_in(Browser(), "agent@people.test", WRONG).content for _ in range(7)]
    assert told == known


def test_a_client_that_guesses_across_addresses_is_locked_whatever_it_says_of_its_address(people: People) -> None:
    answers = [
        sign_in(Browser(), f"guess{n}@people.test", WRONG, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}") for n in range(21)
    ]
    codes = [answer.json()["errors"][0]["code"] for answer in answers]
    assert codes == ["email_password_mismatch"] * 20 + ["too_many_login_attempts"]


def test_signing_in_well_does_not_use_up_the_attempts(people: People) -> None:
    for _ in range(8):
        assert sign_in(Browser(), "agent@people.test").status_code == 200


def test_a_password_of_a_megabyte_is_refused_before_it_is_hashed(
    people: People, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    use_argon2(settings, people.agent.user)
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *a, **k: pytest.fail("hashed"))
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *a, **k: pytest.fail("hashed"))
    answer = sign_in(Browser(), "agent@people.test", "x" * 1_000_000)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_signing_in_needs_the_csrf_token_and_our_own_origin(people: People) -> None:
    assert sign_in(Browser(), "agent@people.test", HTTP_X_CSRFTOKEN="").status_code == 403
    assert sign_in(Browser(), "agent@people.test", HTTP_ORIGIN="https://evil.test").status_code == 403


@pytest.mark.parametrize("body", [None, [], "x", {"email": ["a"]}, {"email": "a\x00@b.test", "password": "x"}, {}])
def test_a_malformed_sign_in_is_an_answer_and_not_a_crash(people: People, body: object) -> None:
    answer = Browser().post(f"{API}/auth/login", body)
    assert answer.status_code in {400, 422}


def test_the_second_step_is_asked_for_and_a_code_works_once(people: People) -> None:
    secret = activate_totp(signed_in("agent@people.test"))
    cache.clear()
    browser = Browser()
    assert sign_in(browser, "agent@people.test").status_code == 401
    assert browser.get("/api/v1/me").status_code == 401
    assert browser.post(f"{API}/auth/2fa/authenticate", {"code": "000000"}).status_code == 400
    code = totp(secret)
    assert browser.post(f"{API}/auth/2fa/authenticate", {"code": code}).status_code == 200
    assert browser.get("/api/v1/me").status_code == 200
    again = Browser()
    sign_in(again, "agent@people.test")
    assert again.post(f"{API}/auth/2fa/authenticate", {"code": code}).status_code == 400


def test_a_passkey_is_bound_to_the_configured_host_and_not_to_the_host_header(people: People, settings: Any) -> None:
    settings.PUBLIC_URL = "https://desk.example"
    browser = signed_in("agent@people.test")
    prove_again(browser)
    answer = browser.get(f"{API}/account/authenticators/webauthn", HTTP_HOST="evil.test")
    assert answer.json()["data"]["creation_options"]["publicKey"]["rp"] == {"id": "desk.example", "name": "Sonnim"}
