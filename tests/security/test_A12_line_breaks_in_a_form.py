"""A12: a line break in a field of a form adds no recipient and no header, in whatever goes out after it."""

from typing import Any

import pytest
from django.core import mail

from sonnim.channels.kinds.webform.confirming import OUTBOX_KIND, deliver_confirmation
from sonnim.channels.kinds.webform.tests.conftest import Filler, make_form
from sonnim.contacts.models import Contact
from sonnim.conversations.models import Conversation
from sonnim.eventlog.models import Outbox
from tests.people import People

INJECTIONS = (
    "Kim\r\nBcc: all@people.test",
    "Kim\nBcc: all@people.test",
    "Kim\rBcc: all@people.test",
    "Kim\u2028Bcc: all@people.test",
    "Kim\x0bBcc: all@people.test\x0c",
    "Kim%0d%0aBcc: all@people.test",
    '"Kim" <all@people.test>, Kim',
)


@pytest.fixture(autouse=True)
def server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.shop.test"


@pytest.mark.parametrize("name", INJECTIONS)
def test_a_name_with_a_line_break_is_a_name(people: People, name: str) -> None:
    filler = Filler(make_form(people))
    assert filler.hand_in(name=name, order=name).status_code == 200
    contact = Contact.objects.get(email="jiwoo@shop.test")
    assert len(contact.name.splitlines()) == 1
    assert len(Conversation.objects.get().subject.splitlines()) == 1
    for row in Outbox.objects.filter(kind=OUTBOX_KIND):
        deliver_confirmation(row.payload)
    [letter] = mail.outbox
    assert letter.recipients() == ["jiwoo@shop.test"]
    assert letter.message()["Bcc"] is None


@pytest.mark.parametrize(
    "address",
    ["a@b.test\r\nBcc: all@people.test", "a@b.test,all@people.test", "a@b.test all@people.test", "Kim <a@b.test>"],
)
def test_an_address_that_is_more_than_one_is_none(people: People, address: str) -> None:
    filler = Filler(make_form(people))
    assert filler.hand_in(email=address).status_code == 422
    assert Conversation.objects.count() == 0
    assert Outbox.objects.filter(kind=OUTBOX_KIND).count() == 0
