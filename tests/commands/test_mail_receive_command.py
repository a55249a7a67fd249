"""`sonnim mail receive`: a mail server may forget a mail when the command says 0, and must try again otherwise."""

import io
import os
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage

from sonnim import cli
from sonnim.accounts.models import Shop
from sonnim.channels import inbound
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.models import Inbound
from sonnim.letters.limits import MAX_BYTES
from tests.people import People

RAW = b"From: Mina <mina@example.org>\r\nTo: help@ongi.example\r\nSubject: Parcel\r\n\r\nWhere is it?\r\n"
RECEIVE = ["mail", "receive"]


def mailbox_of(shop: Shop, address: str) -> Mailbox:
    return Mailbox.objects.create(shop=shop, address=address, way_in="pipe")


def run(monkeypatch: pytest.MonkeyPatch, raw: bytes, *options: str) -> int:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    return cli.main([*RECEIVE, *options])


def test_a_mail_is_on_the_disk_when_the_command_says_so_and_again_changes_nothing(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = mailbox_of(people.shop, "help@ongi.example")
    assert run(monkeypatch, RAW) == 0
    assert run(monkeypatch, RAW, "--mailbox", "Help@ongi.example") == 0
    kept = Inbound.objects.get()
    assert (kept.source_id, kept.shop_id, kept.state) == (mailbox.pk, people.shop.pk, "due")
    with default_storage.open(kept.file) as file:
        assert file.read() == RAW


def test_an_address_with_a_mark_leads_to_its_mailbox(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox_of(people.shop, "other@ongi.example")
    mailbox = mailbox_of(people.shop, "help@ongi.example")
    assert run(monkeypatch, RAW, "--mailbox", "help+c5.7.abcdefgh@ongi.example") == 0
    assert Inbound.objects.get().source_id == mailbox.pk


@pytest.mark.parametrize(
    ("addresses", "raw", "options", "said"),
    [
        ([], RAW, [], "no mailbox yet"),
        (["a@ongi.example", "b@ongi.example"], RAW, [], "several mailboxes"),
        (["a@ongi.example"], RAW, ["--mailbox", "stranger@ongi.example"], "no mailbox stranger@ongi.example"),
        (["a@ongi.example"], b"", [], "no mail on the standard input"),
    ],
)
def test_whatever_goes_wrong_the_mail_server_tries_again(
    people: People, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    addresses: list[str], raw: bytes, options: list[str], said: str,
) -> None:  # fmt: skip
    for address in addresses:
        mailbox_of(people.shop, address)
    assert run(monkeypatch, raw, *options) == os.EX_TEMPFAIL
    assert said in capsys.readouterr().err
    assert not Inbound.objects.exists()


def test_a_full_disk_is_no_reason_to_lose_a_mail(
    people: People, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mailbox_of(people.shop, "help@ongi.example")

    def full(name: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(inbound, "_sync", full)
    assert run(monkeypatch, RAW) == os.EX_TEMPFAIL
    assert "the disk is full" in capsys.readouterr().err
    assert not Inbound.objects.exists()


def test_of_a_mail_that_is_too_large_the_headers_are_kept(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    mailbox_of(people.shop, "help@ongi.example")
    assert run(monkeypatch, RAW + b"x" * MAX_BYTES) == 0
    kept = Inbound.objects.get()
    assert "larger than 30 MB" in kept.meta["not_whole"]
    assert kept.size < 200
