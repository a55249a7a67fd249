"""Sessions that ended by their age do not pile up, and nobody goes on listening with them."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from tests.people import People

from sonnim.accounts import sessions
from sonnim.accounts.actions.upkeep import forget_expired_sessions
from sonnim.accounts.tests.signing_in import ended_sessions
from sonnim.kernel import clock


@pytest.mark.django_db
def test_a_session_that_ended_is_deleted_and_a_running_one_stays() -> None:
    for name, hours in (("ended", -1), ("running", 1)):
        Session.objects.create(session_key=name, session_data="x", expire_date=clock.now() + timedelta(hours=hours))
    assert forget_expired_sessions() == 1
    assert list(Session.objects.values_list("session_key", flat=True)) == ["running"]


def test_its_tabs_are_told_to_close(people: People) -> None:
    browser = people.browser(people.agent)
    name = sessions.public_id(str(browser.client.cookies["sonnim"].value))
    assert forget_expired_sessions() == 0
    with clock.moved(timedelta(days=15)):
        assert forget_expired_sessions() == 1
    assert ended_sessions(people.shop.pk) == [{"id": name}]
