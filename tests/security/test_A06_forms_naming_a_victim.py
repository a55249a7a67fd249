"""A06: forms that name somebody else's address make no flood of mail in our name."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache

from sonnim.channels.kinds.webform.confirming import OUTBOX_KIND, deliver_confirmation
from sonnim.channels.kinds.webform.tests.conftest import Filler, make_form
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock
from tests.people import People

VICTIM = "victim@people.test"
FORMS = 500


@pytest.fixture(autouse=True)
def server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.shop.test"


def letters() -> list[str]:
    """All that goes out, as it goes over the wire."""
    for row in Outbox.objects.filter(kind=OUTBOX_KIND):
        deliver_confirmation(row.payload)
    return [each.message().as_string() + each.body for each in mail.outbox]


def test_500_forms_that_name_one_victim_send_one_mail_without_the_text(people: People) -> None:
    filler = Filler(make_form(people))
    for n in range(FORMS):
        cache.clear()  # as if each came from another address, and no limit held
        filler.address = f"198.51.{n // 250}.{n % 250}"
        who = VICTIM.upper() if n % 2 else VICTIM
        answer = filler.hand_in(work="", email=who, message=f"buy-canary-{n}", name="canary")
        assert answer.status_code == 200
    [letter] = letters()
    assert "canary" not in letter
    assert VICTIM in letter


def test_one_box_under_many_names_gets_one_mail(people: People) -> None:
    filler = Filler(make_form(people))
    boxes = (
        "vic.tim@gmail.com",
        "victim@googlemail.com",
        "v.i.c.t.i.m+1@gmail.com",
        "a.b@shop.test",
        "a.b+x@shop.test",
    )
    for who in boxes:
        cache.clear()
        assert filler.hand_in(email=who).status_code == 200
    letters()
    assert [each.to for each in mail.outbox] == [["vic.tim@gmail.com"], ["a.b@shop.test"]]


def test_after_an_hour_there_may_be_another_one(people: People) -> None:
    filler = Filler(make_form(people))
    for hours, sent in ((0, 1), (0.9, 1), (1.1, 2), (1.9, 2)):
        with clock.moved(timedelta(hours=hours)):
            cache.clear()
            filler.hand_in(email=VICTIM, message=f"after {hours} hours")
        assert Outbox.objects.filter(kind=OUTBOX_KIND).count() == sent


def test_one_address_cannot_send_that_many_at_all(people: People) -> None:
    cache.clear()
    filler = Filler(make_form(people))
    taken = [filler.hand_in(email=VICTIM, message=f"{n}").status_code for n in range(25)]
    assert taken.count(429) >= 4
