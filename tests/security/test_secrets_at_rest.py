"""A36: whoever reads the database or an answer finds hashes and ciphertext, never a key that opens something."""

from django.apps import apps
from django.core.cache import cache

from sonnim.accounts import actions
from sonnim.accounts.tests.signing_in import API, activate_totp, signed_in
from sonnim.contacts.actions import create_visitor
from tests.people import PASSWORD, People


def everything_in_the_database() -> str:
    return "\n".join(str(row) for model in apps.get_models() for row in model._default_manager.values_list())


def test_no_secret_stands_in_the_database(people: People, settings: object) -> None:
    settings.EMAIL_HOST = "mail.test"  # type: ignore[attr-defined]
    browser = signed_in("owner@people.test")
    totp_secret = activate_totp(browser)
    codes = browser.get(f"{API}/account/authenticators/recovery-codes").json()["data"]["unused_codes"]
    actor = people.actor(people.owner)
    invited = actions.invite_agent(actor=actor, email="new@people.test", role="agent", locale="en")
    _, visitor = create_visitor(shop_id=people.shop.pk, locale="en")
    seeded = {
        "password": PASSWORD,
        "second factor": totp_secret,
        "API token": actions.create_token(actor=actor, name="x").secret,
        "invitation": invited.link.rsplit("/", 1)[1],
        "identity secret": actions.rotate_identity_secret(actor=actor),
        "visitor token": visitor,
        **{f"recovery code {number}": code for number, code in enumerate(codes)},
    }
    kept = everything_in_the_database()
    assert [name for name, secret in seeded.items() if secret in kept] == []


def test_no_answer_repeats_a_secret(people: People) -> None:
    browser = signed_in("owner@people.test")
    secrets = [
        browser.post(people.url("/tokens"), {"name": "x"}).json()["secret"],
        browser.post(people.url("/settings/identity-secret")).json()["secret"],
        browser.post(people.url("/invitations"), {"email": "n@people.test", "role": "agent"})
        .json()["link"]
        .split("/")[-1],
    ]
    cache.clear()
    answers = "".join(
        browser.get(path).content.decode()
        for path in [
            "/api/v1/me",
            *(
                people.url(f"/{name}")
                for name in ("agents", "teams", "tokens", "invitations", "settings", "audit", "snapshot")
            ),
        ]
    )
    assert "public_key" in answers
    assert [secret for secret in secrets if secret in answers] == []
    assert "argon2" not in answers
    assert "password" not in answers.replace("password.", "")
