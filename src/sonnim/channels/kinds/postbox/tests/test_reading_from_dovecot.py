"""The same against a server that shops really have."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.people import People
from tests.postbag import written
from tests.providers.dovecot import PASSWORD, Dovecot, why_not

from sonnim.channels import inbound
from sonnim.channels.kinds.postbox import fetching
from sonnim.channels.kinds.postbox.fetching import MailboxReader
from sonnim.channels.kinds.postbox.imap import Line, SignInRefused
from sonnim.channels.kinds.postbox.keys import sealed
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.conversations.models import Entry

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "it is there"),
]


@pytest.fixture(scope="module")
def running() -> Iterator[Dovecot]:
    with Dovecot() as made:
        yield made


@pytest.fixture
def dovecot(running: Dovecot, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Dovecot:
    settings.OUTGOING_TRUSTED = running.hosts
    monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
    monkeypatch.setattr(fetching.MailboxReader, "_pause_s", lambda self: 0.1)
    return running


def until(reached: Callable[[], bool], *, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it never came so far"
        time.sleep(0.02)


def texts() -> list[str]:
    return list(Entry.objects.filter(kind="message").order_by("id").values_list("text", flat=True))


def test_over_tls_starttls_and_in_the_clear(dovecot: Dovecot) -> None:
    for security in ("tls", "starttls", "none"):
        line = Line(dovecot.settings(security), password=PASSWORD, trusted=dovecot.hosts)
        assert line.select("INBOX").uidvalidity
        line.close()
    with pytest.raises(SignInRefused, match="Authentication failed"):
        Line(dovecot.settings("tls"), password="wrong", trusted=dovecot.hosts)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    dovecot: Dovecot, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        Line(dovecot.settings(security), password=PASSWORD, trusted=dovecot.hosts)


def test_mail_is_in_the_timeline_within_two_seconds_once_and_stays_unread(people: People, dovecot: Dovecot) -> None:
    """From the mailbox to the conversation, over IDLE; across a restart, and a new numbering of all mails (F18)."""
    mailbox = Mailbox.objects.create(
        shop=people.shop, address="help@ongi.example", imap=dovecot.settings("tls"),
        secrets=sealed({"imap_password": PASSWORD}),
    )  # fmt: skip
    dovecot.put(written("하나", sender="a@mail.example"))
    reader = MailboxReader(mailbox)
    reader.start()
    until(lambda: Mailbox.objects.get().fetched == 1)
    assert texts() == [], "what was there before is read in its own time"
    inbound.process_due()
    assert texts() == ["하나"]
    took = []
    for n, text in enumerate(["둘", "셋", "넷"], 2):
        time.sleep(0.3)  # it is waiting by now
        began = time.monotonic()
        dovecot.put(written(text, sender=f"{n}@mail.example"))
        until(lambda n=n: len(texts()) == n)  # type: ignore[misc]
        took.append(time.monotonic() - began)
    assert max(took) < 2
    dovecot.renumber()
    dovecot.put(written("다섯", sender="e@mail.example"))
    until(lambda: Mailbox.objects.get().fetched >= 4 or len(texts()) == 5)
    until(lambda: inbound.process_due() == 0 and len(texts()) == 5)
    assert texts() == ["하나", "둘", "셋", "넷", "다섯"]
    reader.stop()
    reader.join(5)
    assert not any(b"Seen" in flags or b"Deleted" in flags for flags in dovecot.flags())
