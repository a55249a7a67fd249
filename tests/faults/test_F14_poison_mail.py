"""A mail that nobody can read is set aside; those behind it are read, and it may be tried again."""

import time

import pytest

from sonnim.channels import inbound
from sonnim.channels.models import Inbound
from sonnim.conversations.models import Entry
from sonnim.letters import bounded
from tests.people import People
from tests.postbag import Postbag, written


def bring(bag: Postbag, key: str, raw: bytes) -> int:
    number, _ = inbound.store(shop_id=bag.shop, kind="postbox", source_id=bag.mailbox.pk, key=key, raw=raw)
    return number


def texts() -> list[str]:
    return list(Entry.objects.filter(kind="message").order_by("id").values_list("text", flat=True))


def test_a_mail_that_takes_its_reader_down_holds_up_no_other(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read in a process of its own: one that hangs there, or dies of it, is set aside after seconds."""
    hindered = bounded.Reader(limit_s=5, program="sonnim.letters.tests.slow_worker")
    monkeypatch.setattr("sonnim.channels.kinds.postbox.parsing.READER", hindered)
    bag = Postbag(people)
    poison = [bring(bag, "slow", b"slow"), bring(bag, "crash", b"crash")]
    bring(bag, "good", written("안녕하세요"))
    began = time.monotonic()
    inbound.process_due(for_s=60)
    assert time.monotonic() - began < 30
    assert texts() == ["안녕하세요"]
    rows = [Inbound.objects.get(pk=number) for number in poison]
    assert [row.state for row in rows] == ["quarantined"] * 2
    assert "longer than 5 seconds" in rows[0].error and all(row.file for row in rows)
    hindered.close()


def test_what_breaks_our_own_code_is_tried_again_later_and_set_aside_in_the_end(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    bag = Postbag(people)
    poison = bring(bag, "poison", written("poison"))

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as breaking:
        breaking.setattr("sonnim.channels.kinds.postbox.filing.letter_of", broken)
        for attempt in range(inbound.MAX_ATTEMPTS):
            inbound.process_due()
            row = Inbound.objects.get(pk=poison)
            assert row.attempts == attempt + 1
            Inbound.objects.filter(pk=poison).update(due_at=row.received_at)
    row = Inbound.objects.get(pk=poison)
    assert (row.state, row.error) == ("quarantined", "ZeroDivisionError: ")
    bring(bag, "good", written("안녕하세요"))
    inbound.process_due()
    assert texts() == ["안녕하세요"]
    Inbound.objects.filter(pk=poison).update(state="due", attempts=0)
    inbound.process_due()
    assert texts() == ["안녕하세요", "poison"]
