"""Invitations work once, for a week, and give no role that is not the inviter's to give."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox_mail
from tests.people import PASSWORD, Browser, People, make_user

from sonnim.accounts import actions, mail
from sonnim.accounts.models import Agent, Invitation, User
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock, secrets

ACCEPT = {"name": "Nari", "password": PASSWORD, "locale": "ko"}


def invite(people: People, *, email: str = "nari@people.test", role: str = "agent") -> str:
    """The token of a fresh invitation."""
    made = actions.invite_agent(actor=people.actor(people.owner), email=email, role=role, locale="ko")
    return made.link.rsplit("/", 1)[1]


def test_an_invitation_makes_an_account_and_signs_it_in(people: People) -> None:
    token, guest = invite(people), Browser()
    told = guest.get(f"/api/v1/invitations/{token}").json()
    assert (told["shop_name"], told["email"], told["role"]) == ("Ongi", "nari@people.test", "agent")
    answer = guest.post(f"/api/v1/invitations/{token}", ACCEPT)
    assert answer.status_code == 201
    assert answer.json()["shops"][0]["role"] == "agent"
    assert guest.get("/api/v1/me").json()["user"]["locale"] == "ko"
    assert guest.get(people.url("/agents")).status_code == 200


def test_the_account_it_makes_can_sign_in_with_its_password(people: People) -> None:
    Browser().post(f"/api/v1/invitations/{invite(people)}", ACCEPT)
    answer = Browser().post("/_allauth/browser/v1/auth/login", {"email": "NARI@people.test", "password": PASSWORD})
    assert answer.status_code == 200


def test_an_invitation_works_once(people: People) -> None:
    token = invite(people)
    assert Browser().post(f"/api/v1/invitations/{token}", ACCEPT).status_code == 201
    assert Browser().get(f"/api/v1/invitations/{token}").status_code == 404
    assert Browser().post(f"/api/v1/invitations/{token}", ACCEPT).status_code == 404


def test_an_invitation_ends_after_a_week(people: People) -> None:
    token = invite(people)
    with clock.moved(timedelta(days=7, seconds=1)):
        assert Browser().get(f"/api/v1/invitations/{token}").status_code == 404
        assert Browser().post(f"/api/v1/invitations/{token}", ACCEPT).status_code == 404


@pytest.mark.parametrize("token", ["", "%20", "x", "x" * 5000, "%00", "../me"])
def test_a_made_up_invitation_is_not_found(people: People, token: str) -> None:
    assert Browser().get(f"/api/v1/invitations/{token}").status_code in {401, 404}
    assert Browser().post(f"/api/v1/invitations/{token}", ACCEPT).status_code in {404, 405}


def test_only_its_hash_is_kept(people: People) -> None:
    token = invite(people)
    assert Invitation.objects.get().token_hash == secrets.hash_token(token)


def test_a_new_invitation_of_an_address_replaces_the_former(people: People) -> None:
    former, latter = invite(people), invite(people)
    assert Browser().get(f"/api/v1/invitations/{former}").status_code == 404
    assert Browser().get(f"/api/v1/invitations/{latter}").status_code == 200


@pytest.mark.parametrize(
    ("who", "role", "status"),
    [
        ("agent", "agent", 403),
        ("lead", "agent", 201),
        ("lead", "lead", 403),
        ("lead", "owner", 403),
        ("admin", "lead", 201),
        ("admin", "admin", 403),
        ("owner", "owner", 201),
    ],
)
def test_nobody_invites_to_a_role_that_is_not_theirs_to_give(people: People, who: str, role: str, status: int) -> None:
    browser = people.browser(getattr(people, who))
    answer = browser.post(people.url("/invitations"), {"email": "n@people.test", "role": role, "locale": "zh"})
    assert answer.status_code == status
    assert Invitation.objects.count() == (status == 201)


def test_a_lead_cannot_withdraw_the_invitation_of_an_admin(people: People) -> None:
    invite(people, role="admin")
    pk = Invitation.objects.get().pk
    assert people.browser(people.lead).delete(people.url(f"/invitations/{pk}")).status_code == 403
    assert people.browser(people.outsider).delete(people.url(f"/invitations/{pk}")).status_code == 404
    assert people.browser(people.owner).delete(people.url(f"/invitations/{pk}")).status_code == 204


def test_someone_who_works_here_is_not_invited(people: People) -> None:
    answer = people.browser(people.owner).post(
        people.url("/invitations"), {"email": "Agent@People.test", "role": "agent", "locale": "en"}
    )
    assert answer.status_code == 409


@pytest.mark.parametrize("email", ["", "no address", "a@b", "a@b.test\r\nBcc: all@b.test", "x" * 250 + "@b.test"])
def test_what_is_no_address_is_not_invited(people: People, email: str) -> None:
    answer = people.browser(people.owner).post(people.url("/invitations"), {"email": email, "role": "agent"})
    assert answer.status_code == 422


def test_a_signed_in_person_of_that_address_joins_without_a_password(people: People) -> None:
    user = make_user("nari")
    answer = Browser(user).post(f"/api/v1/invitations/{invite(people)}", {"name": "Nari"})
    assert answer.status_code == 201
    assert Agent.objects.get(user=user).shop_id == people.shop.pk


def test_an_existing_account_is_not_taken_over_by_the_link(people: People) -> None:
    user = make_user("nari")
    for browser in (Browser(), people.browser(people.agent)):
        answer = browser.post(f"/api/v1/invitations/{invite(people)}", {**ACCEPT, "password": "another long password"})
        assert answer.status_code == 409
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not Agent.objects.filter(user=user).exists()


@pytest.mark.parametrize("password", [None, "short", "password1234", "nari@people.test"])
def test_a_weak_password_makes_no_account_and_spends_no_invitation(people: People, password: str | None) -> None:
    token = invite(people)
    answer = Browser().post(f"/api/v1/invitations/{token}", {**ACCEPT, "password": password})
    assert answer.status_code == 422
    assert "password" in answer.json()["fields"]
    assert not User.objects.filter(email="nari@people.test").exists()
    assert Browser().get(f"/api/v1/invitations/{token}").status_code == 200


def test_accepting_needs_the_csrf_token(people: People) -> None:
    answer = Browser().post(f"/api/v1/invitations/{invite(people)}", ACCEPT, HTTP_X_CSRFTOKEN="")
    assert answer.status_code == 403
    assert Invitation.objects.get().used_at is None


@pytest.mark.parametrize("locale", ["ko", "zh", "en"])
def test_the_mail_is_sealed_in_the_outbox_and_worded_when_sent(people: People, settings: Any, locale: str) -> None:
    settings.EMAIL_HOST = "mail.test"
    made = actions.invite_agent(actor=people.actor(people.owner), email="n@people.test", role="agent", locale=locale)
    row = Outbox.objects.get(kind="mail")
    assert made.link not in str(row.payload)
    mail.deliver_mail(row.payload)
    sent = outbox_mail.outbox[0]
    assert sent.to == ["n@people.test"]
    assert "Ongi" in sent.subject
    assert made.link in sent.body


def test_without_a_mail_server_nothing_is_queued(people: People) -> None:
    invite(people)
    assert not Outbox.objects.filter(kind="mail").exists()
