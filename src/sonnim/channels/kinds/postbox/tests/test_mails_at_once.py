"""Mail comes on many lines at once: one writer is one contact, one mail is one line."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from tests.people import make_people
from tests.postbag import Postbag, written

from sonnim.channels.adapter import Filed
from sonnim.contacts.models import Contact
from sonnim.conversations.models import Entry


@pytest.mark.django_db(transaction=True)
def test_ten_first_mails_at_once_are_of_one_contact() -> None:
    postbag = Postbag(make_people())
    filed = _at_once(postbag, [written(subject=f"질문 {n}") for n in range(10)])
    assert len({each.entry_id for each in filed}) == 10
    assert len({each.conversation_id for each in filed}) == 10
    assert Contact.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_mail_that_comes_on_ten_lines_at_once_is_one_line() -> None:
    postbag = Postbag(make_people())
    filed = _at_once(postbag, [written(message_id="<one@mail.example>")] * 10)
    assert len({each.entry_id for each in filed}) == 1
    assert Entry.objects.filter(kind="message").count() == 1


def _at_once(postbag: Postbag, mails: list[bytes]) -> list[Filed]:
    def bring(raw: bytes) -> Filed:
        try:
            filed = postbag.bring(raw)
        finally:
            connections.close_all()
        assert isinstance(filed, Filed)
        return filed

    with ThreadPoolExecutor(10) as pool:
        return list(pool.map(bring, mails))
