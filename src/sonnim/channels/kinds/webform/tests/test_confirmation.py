"""The mail that says that a form has arrived: one, to a person, and nothing of the text in it."""

from datetime import timedelta
from email.message import Message
from typing import Any

import pytest
from django.core import mail

from sonnim.channels.kinds.webform.actions.submissions import forget_confirmations
from sonnim.channels.kinds.webform.confirming import OUTBOX_KIND, confirmation, deliver_confirmation, may_confirm
from sonnim.channels.kinds.webform.models import Confirmation
from sonnim.channels.kinds.webform.tests.conftest import Filler
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock


@pytest.fixture
def server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.shop.test"


def sent() -> list[Message]:
    for row in Outbox.objects.filter(kind=OUTBOX_KIND):
        deliver_confirmation(row.payload)
    return [each.message() for each in mail.outbox]


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("locale", "subject"), [("ko", "받았습니다"), ("zh", "已收到"), ("en", "we have your message")]
)
def test_a_confirmation_repeats_nothing_of_what_was_written(filler: Filler, locale: str, subject: str) -> None:
    filler.hand_in(lang=locale, name="Canary Name", message="canary text", order="canary-1")
    [letter] = sent()
    whole = letter.as_string() + str(letter.get_payload(decode=True), "utf-8")  # type: ignore[arg-type]
    assert "anary" not in whole
    assert letter["To"] == "jiwoo@shop.test"
    assert (letter["Auto-Submitted"], letter["X-Auto-Response-Suppress"]) == ("auto-replied", "All")
    assert subject in mail.outbox[0].subject


def test_without_a_mail_server_none_is_kept(filler: Filler) -> None:
    filler.hand_in()
    assert Outbox.objects.filter(kind=OUTBOX_KIND).count() == 0


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    "address", ["noreply@a.test", "Mailer-Daemon@a.test".lower(), "bounces+1@a.test", "postmaster@a.test", ""]
)
def test_machines_are_not_written_to(address: str) -> None:
    assert not may_confirm(address)
    assert may_confirm("abigail@a.test")


def test_a_shops_name_adds_no_header() -> None:
    letter = confirmation(shop_name="Ongi\r\nBcc: all@shop.test", to="jiwoo@shop.test", locale="en").message()
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Ongi Bcc: all@shop.test: we have your message"


@pytest.mark.usefixtures("server")
def test_who_was_told_long_ago_is_forgotten(filler: Filler) -> None:
    filler.hand_in()
    assert forget_confirmations() == 0
    with clock.moved(timedelta(hours=3)):
        assert forget_confirmations() == 1
    assert Confirmation.objects.count() == 0
