"""Mailboxes are read by UID above a mark: each mail once and none lost, whatever happens to the line."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from tests.people import People
from tests.providers.imap import ImapServer

from sonnim.channels import inbound
from sonnim.channels.kinds.postbox import fetching
from sonnim.channels.kinds.postbox.actions.reading import move_mark
from sonnim.channels.kinds.postbox.fetching import MailboxReader
from sonnim.channels.kinds.postbox.keys import sealed
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.kinds.postbox.service import Supervisor
from sonnim.channels.models import Inbound
from sonnim.eventlog.models import Event
from sonnim.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)


def raw(n: int) -> bytes:
    return f"From: Mina <mina@example.org>\r\nMessage-ID: <{n}@example.org>\r\n\r\nMail {n}\r\n".encode()


@pytest.fixture
def server(settings: Any) -> Iterator[ImapServer]:
    with ImapServer() as made:
        settings.OUTGOING_TRUSTED = frozenset({made.host_and_port})
        yield made


@pytest.fixture
def read_now(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of what was read at once, instead of reading it."""
    numbers: list[int] = []
    monkeypatch.setattr(inbound, "process_now", lambda *ids: numbers.extend(ids))
    monkeypatch.setattr(fetching.MailboxReader, "_pause_s", lambda self: 0.05)
    monkeypatch.setattr(fetching, "REFUSED_S", 0)
    return numbers


@pytest.fixture
def mailbox(people: People, server: ImapServer, read_now: list[int]) -> Mailbox:
    return Mailbox.objects.create(
        shop=people.shop, address="help@ongi.example", imap=server.settings(),
        secrets=sealed({"imap_password": server.password}),
    )  # fmt: skip


@pytest.fixture
def reader(mailbox: Mailbox) -> Iterator[MailboxReader]:
    made = MailboxReader(mailbox)
    yield made
    made.stop()
    made.join(5)
    assert not made.alive


def until(reached: Callable[[], bool], *, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < deadline, "it never came so far"
        time.sleep(0.02)


def stored() -> list[str]:
    """The bodies of what is stored, in the order in which it came."""
    bodies = []
    for row in Inbound.objects.order_by("id"):
        with default_storage.open(row.file) as file:
            bodies.append(file.read().decode().rpartition("\r\n\r\n")[2].strip())
    return bodies


def mails(*numbers: int) -> list[str]:
    return [f"Mail {n}" for n in numbers]


def fresh(mailbox: Mailbox) -> Mailbox:
    return Mailbox.objects.get(pk=mailbox.pk)


def test_what_comes_is_stored_within_two_seconds_and_read_at_once(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox, read_now: list[int]
) -> None:
    reader.start()
    until(lambda: server.said("IDLE") == 1)
    began = time.monotonic()
    server.put(raw(1))
    until(lambda: len(read_now) == 1)
    assert time.monotonic() - began < 2
    assert stored() == mails(1)
    assert (fresh(mailbox).state, fresh(mailbox).seen_uid) == ("ok", 1)


def test_the_first_connection_takes_a_month_and_shows_how_far_it_is(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox, read_now: list[int]
) -> None:
    server.put(raw(1), at=clock.now() - timedelta(days=60))
    for n in range(2, 131):
        server.put(raw(n), at=clock.now() - timedelta(days=3))
    reader.start()
    until(lambda: fresh(mailbox).seen_uid == 130)
    assert stored() == mails(*range(2, 131))
    assert (fresh(mailbox).backlog, fresh(mailbox).fetched) == (129, 129)
    assert read_now == [], "nobody who writes now waits behind a month of mail"
    assert Inbound.objects.filter(meta__backlog=True).count() == 129
    told = [event.desk for event in Event.objects.filter(type="mailbox.saved").order_by("pos")]
    assert [any(f'"fetched":{n}' in desk for desk in told) for n in (0, 50, 100, 129)] == [True] * 4


def test_a_first_connection_that_was_cut_goes_on_where_it_was(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox
) -> None:
    for n in range(1, 151):
        server.put(raw(n))
    asked = []

    def cut_once(uids: list[int]) -> None:
        asked.append(uids[0])
        if asked == [1, 51]:
            raise ConnectionError

    server.before_fetch = cut_once
    reader.start()
    until(lambda: fresh(mailbox).seen_uid == 150)
    assert stored() == mails(*range(1, 151))
    assert asked == [1, 51, 51, 101], "what was stored before the cut is not fetched again"
    assert (fresh(mailbox).backlog, fresh(mailbox).fetched) == (150, 150)


def test_a_cut_between_storing_and_moving_the_mark_makes_no_second_mail(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F18."""
    moves = []

    def cut_before_the_first_move(**given: int) -> None:
        moves.append(given["uid"])
        if len(moves) == 2:  # the first one follows the empty first connection
            server.cut()
            raise ConnectionError("cut")
        move_mark(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(fetching, "move_mark", cut_before_the_first_move)
    reader.start()
    until(lambda: server.said("IDLE") == 1)
    server.put(raw(1))
    server.put(raw(2))
    until(lambda: fresh(mailbox).seen_uid == 2)
    server.put(raw(3))
    until(lambda: fresh(mailbox).seen_uid == 3)
    assert sorted(stored()) == mails(1, 2, 3)


def test_a_line_that_is_cut_is_made_anew_and_nothing_is_lost(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox
) -> None:
    reader.start()
    for n in range(1, 6):
        until(lambda n=n: server.said("IDLE") == n)  # type: ignore[misc]
        server.cut()
        server.put(raw(n))
    until(lambda: fresh(mailbox).seen_uid == 5)
    assert stored() == mails(1, 2, 3, 4, 5)
    assert fresh(mailbox).state == "ok", "a line that ends now and then is no failure"


def test_after_a_change_of_uidvalidity_reading_starts_over(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox
) -> None:
    server.put(raw(1))
    server.put(raw(2))
    reader.start()
    until(lambda: fresh(mailbox).seen_uid == 2)
    server.mails.pop(0)
    server.begin_anew()
    server.put(raw(3))
    until(lambda: fresh(mailbox).uidvalidity == 1001 and fresh(mailbox).seen_uid == 2)
    assert stored() == mails(1, 2, 2, 3), "the same mail under another number is known by its Message-ID, later"


def test_a_refusal_is_shown_in_the_servers_words_and_forgotten_when_it_ends(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox
) -> None:
    server.password = "another one"
    reader.start()
    until(lambda: fresh(mailbox).state == "refused")
    assert "Application-specific password required" in fresh(mailbox).note
    server.password = "open sesame"
    until(lambda: fresh(mailbox).state == "ok")
    assert fresh(mailbox).note == ""


def test_a_refused_password_is_not_tried_on_and_on_nor_by_a_server_that_begins_anew(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A provider locks the account on which it is."""
    monkeypatch.setattr(fetching, "REFUSED_S", 900)
    server.password = "another one"
    reader.start()
    until(lambda: fresh(mailbox).state == "refused")
    again = MailboxReader(fresh(mailbox))
    again.start()
    time.sleep(0.5)  # ten times the pause after which a line that was cut is made anew
    assert server.said("AUTHENTICATE") + server.said("LOGIN") == 1
    again.stop()
    again.join(5)
    assert again._rest_s(fresh(mailbox)) == pytest.approx(900, abs=30)
    again._refusals = 3
    assert again._rest_s(fresh(mailbox)) == pytest.approx(3600, abs=30)
    again._refusals = 30
    assert again._rest_s(fresh(mailbox)) <= fetching.LONGEST_REFUSED_S


def test_a_mail_that_the_server_does_not_give_us_holds_up_no_other(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox
) -> None:
    """F14."""
    server.refuses = {2}
    for n in (1, 2, 3):
        server.put(raw(n))
    reader.start()
    until(lambda: fresh(mailbox).seen_uid == 3)
    assert stored() == ["Mail 1", "", "Mail 3"]
    missing = Inbound.objects.get(size=0)
    assert "cannot read this one" in missing.meta["not_whole"]


def test_a_mail_of_which_nothing_comes_is_set_aside_and_not_forgotten(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox
) -> None:
    server.withholds = {2}
    for n in (1, 2, 3):
        server.put(raw(n))
    reader.start()
    until(lambda: fresh(mailbox).seen_uid == 3)
    assert sorted(stored()) == ["", "Mail 1", "Mail 3"]
    assert "nothing came" in Inbound.objects.get(size=0).meta["not_whole"]


def test_a_mail_over_which_the_line_always_ends_holds_up_no_other(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox
) -> None:
    def cut(uids: list[int]) -> None:
        if 2 in uids:
            raise ConnectionError

    server.before_fetch = cut
    for n in (1, 2, 3):
        server.put(raw(n))
    reader.start()
    until(lambda: fresh(mailbox).seen_uid == 3)
    assert sorted(stored()) == ["", "Mail 1", "Mail 3"]
    assert "ends the line" in Inbound.objects.get(size=0).meta["not_whole"]


def test_of_another_account_whose_numbers_are_the_same_nothing_is_lost(
    server: ImapServer, mailbox: Mailbox, settings: Any
) -> None:
    server.put(raw(1))
    supervisor = Supervisor()
    supervisor.start()
    until(lambda: fresh(mailbox).seen_uid == 1)
    with ImapServer(user="another") as other:
        settings.OUTGOING_TRUSTED = frozenset({server.host_and_port, other.host_and_port})
        assert other.uidvalidity == server.uidvalidity
        other.put(raw(7))
        Mailbox.objects.update(  # as actions.mailboxes does it for another account
            imap=other.settings(), secrets=sealed({"imap_password": other.password}), uidvalidity=None, seen_uid=0
        )
        until(lambda: fresh(mailbox).seen_uid == 1)
        supervisor.stop()
    assert stored() == mails(1, 7)


def test_of_a_mail_that_is_too_large_only_the_headers_are_fetched(
    server: ImapServer, reader: MailboxReader, mailbox: Mailbox
) -> None:
    server.sizes[server.put(raw(1))] = 31 * 1024 * 1024
    reader.start()
    until(lambda: fresh(mailbox).seen_uid == 1)
    assert "larger than 30 MB" in Inbound.objects.get().meta["not_whole"]
    assert not any("BODY.PEEK[]" in said for said in server.commands)


def test_each_mailbox_is_read_by_one_node_and_by_another_when_that_one_stops(
    server: ImapServer, mailbox: Mailbox
) -> None:
    one, two = Supervisor(), Supervisor()
    one.start()
    until(lambda: fresh(mailbox).lease_by == one.node)
    two.start()
    server.put(raw(1))
    until(lambda: fresh(mailbox).seen_uid == 1)
    assert fresh(mailbox).lease_by == one.node
    one.stop()
    until(lambda: fresh(mailbox).lease_by == two.node)
    server.put(raw(2))
    until(lambda: fresh(mailbox).seen_uid == 2)
    two.stop()
    assert fresh(mailbox).lease_by == ""
    assert stored() == mails(1, 2)


def test_a_node_that_died_keeps_a_mailbox_for_a_minute_at_most(server: ImapServer, mailbox: Mailbox) -> None:
    supervisor = Supervisor()
    Mailbox.objects.update(lease_by="dead", lease_until=clock.now() + timedelta(seconds=30))
    supervisor.look()
    assert fresh(mailbox).lease_by == "dead"
    Mailbox.objects.update(lease_until=clock.now() - timedelta(seconds=1))
    supervisor.start()
    until(lambda: fresh(mailbox).lease_by == supervisor.node)
    supervisor.stop()


def test_a_mailbox_that_is_switched_off_is_left_alone_and_another_password_is_tried_at_once(
    server: ImapServer, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    supervisor = Supervisor()
    monkeypatch.setattr(fetching, "REFUSED_S", 900)
    Mailbox.objects.update(secrets=sealed({"imap_password": "wrong"}))
    supervisor.start()
    until(lambda: fresh(mailbox).state == "refused")
    Mailbox.objects.update(state="new", secrets=sealed({"imap_password": server.password}))
    until(lambda: server.said("IDLE") == 1)
    Mailbox.objects.update(active=False)
    until(lambda: not server.lines)
    said = len(server.commands)
    server.put(raw(1))
    supervisor.stop()
    assert stored() == [] and len(server.commands) <= said + 1


def test_a_server_that_hangs_holds_up_nobody_elses_mail(
    people: People, server: ImapServer, mailbox: Mailbox, settings: Any
) -> None:
    with ImapServer() as other:
        settings.OUTGOING_TRUSTED = frozenset({server.host_and_port, other.host_and_port})
        second = Mailbox.objects.create(
            shop=people.shop, address="hi@ongi.example", imap=other.settings(),
            secrets=sealed({"imap_password": other.password}),
        )  # fmt: skip
        server.silent.set()
        supervisor = Supervisor()
        supervisor.start()
        until(lambda: other.said("IDLE") == 1)
        began = time.monotonic()
        other.put(raw(7))
        until(lambda: fresh(second).seen_uid == 1)
        assert time.monotonic() - began < 2
        supervisor.stop()
        assert stored() == mails(7)
