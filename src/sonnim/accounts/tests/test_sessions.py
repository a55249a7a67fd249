"""Sessions end everywhere that they should, and the desk is told."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from tests.people import PASSWORD, Browser, People

from sonnim.accounts import actions, sessions
from sonnim.accounts.models import AuditEntry
from sonnim.accounts.tests.signing_in import API, activate_totp, ended_sessions, signed_in, totp

NEW_PASSWORD = "two small bows in the morning"


def key_of(browser: Browser) -> str:
    return str(browser.client.cookies["sonnim"].value)


def name_of(browser: Browser) -> str:
    return sessions.public_id(key_of(browser))


def works(browser: Browser) -> bool:
    return bool(browser.get("/api/v1/me").status_code == 200)


def test_signing_out_ends_the_session_and_tells_every_shop(people: People) -> None:
    actions.add_agent(shop_id=people.other_shop.pk, user=people.agent.user, role="agent")
    browser = signed_in("agent@people.test")
    name, key = name_of(browser), key_of(browser)
    assert browser.delete(f"{API}/auth/session").status_code == 401
    assert ended_sessions(people.shop.pk) == ended_sessions(people.other_shop.pk) == [{"id": name}]
    assert not Session.objects.filter(session_key=key).exists()


def test_the_event_is_for_that_agent_alone(people: People) -> None:
    from sonnim.eventlog.models import Event

    browser = signed_in("agent@people.test")
    browser.delete(f"{API}/auth/session")
    event = Event.objects.get(shop_id=people.shop.pk, type="session.ended")
    assert (event.agent_id, event.contact_id) == (people.agent.pk, None)
    assert "session" not in event.public.replace("session.ended", "")


def test_a_session_is_ended_from_the_list(people: People) -> None:
    here, there = signed_in("agent@people.test"), signed_in("agent@people.test")
    listed = here.get(f"{API}/auth/sessions").json()["data"]
    other = next(session["id"] for session in listed if not session["is_current"])
    answer = here.delete(f"{API}/auth/sessions", {"sessions": [other]})
    assert answer.status_code == 200
    assert ended_sessions(people.shop.pk) == [{"id": name_of(there)}]
    assert works(here)
    assert not works(there)


def test_a_session_of_somebody_else_is_not_in_reach(people: People) -> None:
    mine, theirs = signed_in("agent@people.test"), signed_in("lead@people.test")
    foreign = theirs.get(f"{API}/auth/sessions").json()["data"][0]["id"]
    mine.delete(f"{API}/auth/sessions", {"sessions": [foreign]})
    assert works(theirs)


def test_changing_the_password_keeps_this_session_under_a_new_key_and_ends_the_others(people: People) -> None:
    here, there = signed_in("agent@people.test"), signed_in("agent@people.test")
    old, others = name_of(here), name_of(there)
    answer = here.post(f"{API}/account/password/change", {"current_password": PASSWORD, "new_password": NEW_PASSWORD})
    assert answer.status_code == 200, answer.content
    assert works(here)
    assert not works(there)
    assert name_of(here) != old
    told = ended_sessions(people.shop.pk)
    assert {"id": old, "moved_to": name_of(here)} in told
    assert {"id": others} in told
    assert AuditEntry.objects.filter(shop=people.shop, action="password.changed").count() == 1


def test_a_wrong_present_password_changes_nothing(people: People) -> None:
    here, there = signed_in("agent@people.test"), signed_in("agent@people.test")
    body = {"current_password": "wrong words here", "new_password": NEW_PASSWORD}
    assert here.post(f"{API}/account/password/change", body).status_code == 400
    assert works(here)
    assert works(there)


def test_a_second_factor_ends_the_other_sessions_when_it_comes_and_when_it_goes(
    people: People, django_capture_on_commit_callbacks: Any
) -> None:
    here, there, later = (signed_in("agent@people.test") for _ in range(3))
    with django_capture_on_commit_callbacks(execute=True):
        activate_totp(here)
    assert [works(browser) for browser in (here, there, later)] == [True, False, False]
    other = Browser(people.agent.user)
    UserSession.objects.create(user=people.agent.user, session_key=key_of(other), ip="192.0.2.1")
    assert works(other)
    with django_capture_on_commit_callbacks(execute=True):
        assert here.delete(f"{API}/account/authenticators/totp").status_code == 200
    assert [works(browser) for browser in (here, other)] == [True, False]
    noted = set(AuditEntry.objects.filter(shop=people.shop).values_list("action", flat=True))
    assert {"second_factor.added", "second_factor.removed"} <= noted


def test_a_second_factor_is_not_changed_by_whoever_finds_the_desk_open(people: People) -> None:
    browser = signed_in("agent@people.test")
    secret = browser.get(f"{API}/account/authenticators/totp").json()["meta"]["secret"]
    answer = browser.post(f"{API}/account/authenticators/totp", {"code": totp(secret)})
    assert answer.status_code == 401
    assert {"id": "reauthenticate"} in answer.json()["data"]["flows"]
    assert not Authenticator.objects.exists()


def test_second_factors_are_sealed_in_the_database(people: People) -> None:
    browser = signed_in("agent@people.test")
    secret = activate_totp(browser)
    codes = browser.get(f"{API}/account/authenticators/recovery-codes").json()["data"]["unused_codes"]
    kept = " ".join(str(row.data) for row in Authenticator.objects.all())
    assert secret not in kept
    assert len(codes) == 10
    assert not any(code in kept for code in codes)


def test_the_operator_can_set_a_password_which_ends_all_sessions(people: People) -> None:
    browser = signed_in("agent@people.test")
    actions.set_password(user=people.agent.user, password=NEW_PASSWORD)
    assert not works(browser)
    people.agent.user.refresh_from_db()
    assert people.agent.user.check_password(NEW_PASSWORD)


def test_revoking_a_token_tells_the_gateway_which_one(people: People) -> None:
    made = actions.create_token(actor=people.actor(people.admin), name="import")
    actions.revoke_token(actor=people.actor(people.owner), token_id=made.token.pk)
    assert ended_sessions(people.shop.pk) == [{"id": sessions.public_id(made.secret)}]


def test_ending_a_session_twice_tells_it_once(people: People) -> None:
    browser = signed_in("agent@people.test")
    sessions.end_session(key_of(browser))
    sessions.end_session(key_of(browser))
    sessions.end_session("no such session")
    assert len(ended_sessions(people.shop.pk)) == 1
