"""A11: mail that is not what it should be is kept and shown as unreadable, and never taken for somebody's."""

import pytest

from sonnim.channels import inbound
from sonnim.channels.models import Inbound
from sonnim.contacts.actions import ensure_writer
from sonnim.conversations.models import Conversation, Entry
from tests.people import People
from tests.postbag import Postbag, written

ALICE = "alice@shop.com"
STRANGE = {
    "two From fields": written(sender=f"{ALICE}\r\nFrom: bob@evil.com"),
    "an address in two": written(sender=f"{ALICE})bob@evil.com"),
    "an address after an address": written(sender=f"<{ALICE}>bob@evil.com"),
    "an address behind a NUL": written(sender=f"{ALICE}\x00@evil.com"),
    "no sender": written(sender=""),
    "nothing": b"",
    "no mail": b"\x00\x01\x02" * 100,
}


@pytest.mark.parametrize("kind", STRANGE)
def test_what_is_not_certain_is_alices_is_never_taken_for_hers(people: People, kind: str) -> None:
    postbag = Postbag(people)
    alice = ensure_writer(shop_id=postbag.shop, address=ALICE)
    identity, _ = inbound.store(
        shop_id=postbag.shop, kind="postbox", key=kind, raw=STRANGE[kind], source_id=postbag.mailbox.pk
    )
    inbound.process_due()
    row = Inbound.objects.get(pk=identity)
    assert not Entry.objects.filter(author_kind="contact", author_id=alice.pk).exists()
    assert row.state in ("quarantined", "done")
    assert row.file


@pytest.mark.parametrize("kind", ["two From fields", "an address in two", "no sender", "nothing", "no mail"])
def test_it_is_set_aside_with_a_reason_and_can_be_tried_again(people: People, kind: str) -> None:
    postbag = Postbag(people)
    identity, _ = inbound.store(
        shop_id=postbag.shop, kind="postbox", key=kind, raw=STRANGE[kind], source_id=postbag.mailbox.pk
    )
    inbound.process_due()
    row = Inbound.objects.get(pk=identity)
    assert (row.state, bool(row.error)) == ("quarantined", True)
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("charset", ["rot13", "x-nobody-knows", "base64", "utf-7", "zlib", ""])
def test_a_character_set_that_nobody_knows_does_not_lose_the_mail(people: People, charset: str) -> None:
    raw = written("Where is 1042?", head=f"Content-Type: text/plain; charset={charset}", message_id="<[>")
    assert "1042" in Postbag(people).file(raw).text
