"""What has come is filed by the handful, and yet each by itself: one that fails takes no other along."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import People
from tests.postbag import Postbag, written

from sonnim.accounts.callers import Actor
from sonnim.channels import inbound
from sonnim.channels.adapter import Arrived, Begun, Filed, Ignored, Quarantine
from sonnim.channels.inbound import Brought
from sonnim.channels.kinds.postbox import filing
from sonnim.channels.models import Inbound
from sonnim.conversations.actions.wording import redact_entry
from sonnim.conversations.models import Attachment, Entry


class Box:
    """A channel's adapter that keeps what it is given, in transactions that can be undone."""

    def __init__(self, finish: Callable[[Arrived], Filed | Ignored]) -> None:
        self._finish = finish

    def begin(self, arrived: Arrived) -> Begun:
        return Begun(lambda: self._finish(arrived))


@pytest.fixture
def bag(people: People) -> Postbag:
    return Postbag(people)


def bring(bag: Postbag, *raws: bytes) -> list[int]:
    brought = [Brought(f"{n}", raw) for n, raw in enumerate(raws)]
    kept = inbound.store_all(shop_id=bag.shop, kind="postbox", source_id=bag.mailbox.pk, brought=brought)
    return [number for number, _ in kept]


def states() -> list[str]:
    return list(Inbound.objects.order_by("id").values_list("state", flat=True))


def texts() -> list[str]:
    return list(Entry.objects.filter(kind="message").order_by("id").values_list("text", flat=True))


def test_many_mails_take_few_transactions(bag: Postbag) -> None:
    bring(bag, *(written(f"mail {n}", sender=f"s{n}@mail.example") for n in range(16)))
    with CaptureQueriesContext(connection) as seen:
        assert inbound.process_due() == 16
    assert texts() == [f"mail {n}" for n in range(16)]
    begun = [each for each in seen.captured_queries if "SAVEPOINT" in each["sql"] or "BEGIN" in each["sql"]]
    assert len([each for each in begun if "RELEASE" not in each["sql"]]) <= 6
    assert len(seen.captured_queries) < 16 * 30


def test_an_answer_in_the_same_handful_finds_the_conversation_of_the_mail_before_it(bag: Postbag) -> None:
    first = "<first@mail.example>"
    bring(bag, written("one", message_id=first), written("two", subject="Re: 달항아리 배송 문의", refers_to=first))
    inbound.process_due()
    assert len(set(Entry.objects.filter(kind="message").values_list("conversation_id", flat=True))) == 1
    assert states() == ["done", "done"]


def test_the_same_mail_twice_in_a_handful_is_filed_once(bag: Postbag) -> None:
    mail = written("one", message_id="<same@mail.example>")
    bring(bag, mail, mail)
    inbound.process_due()
    assert texts() == ["one"]
    [first, second] = Inbound.objects.order_by("id")
    assert (first.entry_id, first.state) == (second.entry_id, second.state)


def test_one_that_fails_while_it_is_filed_undoes_nothing_of_the_others(
    bag: Postbag, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = filing._post

    def breaking(mail: Any, *rest: Any) -> Filed:
        found = place(mail, *rest)
        if "poison" in mail.letter.text:
            raise ZeroDivisionError  # after all was written
        return found

    monkeypatch.setattr(filing, "_post", breaking)
    bring(bag, *(written(each, sender=f"{each}@mail.example") for each in ("one", "poison", "three")))
    inbound.process_due()
    assert texts() == ["one", "three"]
    assert states() == ["done", "due", "done"]
    poison = Inbound.objects.get(state="due")
    assert (poison.attempts, poison.error) == (1, "ZeroDivisionError: ")


def test_one_that_is_refused_while_it_is_filed_is_quarantined_alone(
    people: People, bag: Postbag, monkeypatch: pytest.MonkeyPatch
) -> None:
    def finish(arrived: Arrived) -> Filed | Ignored:
        if arrived.raw == b"bad":
            raise Quarantine("It must not be believed.")
        return Ignored("a report")

    monkeypatch.setattr(inbound, "_adapter_of", lambda kind: Box(finish))
    bring(bag, b"good", b"bad", b"fine")
    inbound.process_due()
    assert states() == ["ignored", "quarantined", "ignored"]


def test_what_was_tried_before_is_tried_by_itself(bag: Postbag) -> None:
    """What took the process down must not have its neighbours quarantined with it, after as many falls."""
    numbers = bring(bag, *(written(f"mail {n}") for n in range(3)))
    Inbound.objects.filter(pk__in=numbers).update(attempts=1)
    assert [[row.pk for row in inbound._claim()] for _ in range(3)] == [[number] for number in numbers]
    assert inbound._claim() == []


def test_files_are_the_writers_and_of_a_filing_that_fails_nobodys(
    bag: Postbag, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = 'Content-Type: multipart/mixed; boundary="b"'
    parts = "--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--b\r\nContent-Type: text/plain\r\n"
    parts += 'Content-Disposition: attachment; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n'
    with monkeypatch.context() as breaking:
        breaking.setattr(filing, "_post", lambda *_: 1 / 0)
        bring(bag, written(parts, head=head))
        inbound.process_due()
    assert [(each.owner_id, each.entry_id) for each in Attachment.objects.all()] == [(0, None)]
    Inbound.objects.update(due_at=Inbound.objects.get().received_at)
    inbound.process_due()
    entry = Entry.objects.get(kind="message")
    kept = Attachment.objects.get(entry=entry)
    assert (kept.owner_kind, kept.owner_id) == ("contact", entry.author_id)


def test_an_error_with_characters_that_no_database_takes_is_noted_all_the_same(
    bag: Postbag, monkeypatch: pytest.MonkeyPatch
) -> None:
    def finish(arrived: Arrived) -> Filed | Ignored:
        if arrived.raw == b"ignored":
            return Ignored("bad \x00 byte \udc80")
        raise (Quarantine if arrived.raw == b"refused" else ValueError)("bad \x00 byte \udc80")

    monkeypatch.setattr(inbound, "_adapter_of", lambda kind: Box(finish))
    monkeypatch.setattr(inbound.logger, "disabled", True)  # such a byte in a report ends pytest's worker
    bring(bag, b"broken", b"refused", b"ignored")
    inbound.process_due()
    assert states() == ["due", "quarantined", "ignored"]
    assert all("bad  byte ?" in error for error in Inbound.objects.values_list("error", flat=True))


def test_of_what_was_erased_before_it_was_noted_nothing_stays(people: People, bag: Postbag) -> None:
    bring(bag, written("4111 1111 1111 1111", message_id="<card@mail.example>"))
    inbound.process_due()
    entry = Entry.objects.get(kind="message")
    redact_entry(actor=Actor(people.lead), conversation_id=entry.conversation_id, seq=entry.seq, reason="a card")
    copy, _ = inbound.store(
        shop_id=bag.shop,
        kind="postbox",
        key="copy",
        raw=written("4111 1111 1111 1111", message_id="<card@mail.example>"),
    )
    name = Inbound.objects.get(pk=copy).file
    inbound.process_due()
    row = Inbound.objects.get(pk=copy)
    assert (row.state, row.entry_id, row.file) == ("done", entry.pk, "")
    assert not default_storage.exists(name)


def test_a_file_and_the_folders_that_are_new_are_on_the_disk_before_it_is_acknowledged(
    bag: Postbag, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F02: a file whose folder does not know it yet is lost with the power."""
    synced: list[Path] = []
    sync = os.fsync

    def noted(handle: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{handle}")))
        sync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    monkeypatch.setattr(inbound, "_synced", set())
    [first] = bring(bag, written("one"))
    path = Path(default_storage.path(Inbound.objects.get(pk=first).file))
    root = Path(default_storage.path(""))
    assert {path, path.parent, path.parent.parent, path.parent.parent.parent, root} <= set(synced)
    assert synced.index(path) < synced.index(path.parent)
    synced.clear()
    inbound.store_all(
        shop_id=bag.shop, kind="postbox", source_id=bag.mailbox.pk,
        brought=[Brought("x", written("x")), Brought("y", written("y"))],
    )  # fmt: skip
    assert synced.count(path.parent) == 1 and path.parent.parent not in synced, "once for all, and the new ones alone"


def test_a_key_that_comes_twice_at_once_is_kept_once_without_a_stray_file(bag: Postbag) -> None:
    folder = Path(default_storage.path(Inbound.objects.get(pk=bring(bag, b"zero")[0]).file)).parent
    before = len(list(folder.iterdir()))
    brought = [Brought("k", b"one"), Brought("k", b"one"), Brought("l", b"two")]
    kept = inbound.store_all(shop_id=bag.shop, kind="postbox", brought=brought)
    numbers = [number for number, _ in kept]
    assert numbers[0] == numbers[1]
    assert Inbound.objects.count() == 3
    again = inbound.store_all(shop_id=bag.shop, kind="postbox", brought=brought)
    assert [is_new for _, is_new in again] == [False] * 3
    assert len(list(folder.iterdir())) == before + 2
