"""The line to an IMAP server: it signs in, sees what is new, fetches it without a trace, and waits."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from imapclient.exceptions import IMAPClientError, LoginError
from tests.providers.imap import ImapServer

from sonnim.channels.kinds.postbox import imap
from sonnim.channels.kinds.postbox.imap import Line, SignInRefused
from sonnim.kernel.http import Refused, Unreachable

RAW = b"From: Mina <mina@example.org>\r\nSubject: Parcel\r\n\r\nWhere is it?\r\n"


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with ImapServer() as made:
        yield made


@pytest.fixture
def line(server: ImapServer) -> Iterator[Line]:
    made = lined(server)
    made.select("INBOX")
    yield made
    made.close()


def lined(server: ImapServer, *, password: str = "open sesame", **settings: Any) -> Line:
    return Line(server.settings(**settings), password=password, trusted=[server.host_and_port])


def test_it_says_where_a_folder_stands(server: ImapServer) -> None:
    server.put(RAW)
    line = lined(server)
    folder = line.select("INBOX")
    line.close()
    assert (folder.uidvalidity, folder.uidnext) == (1000, 2)


def test_it_says_who_it_is_before_it_opens_a_folder(server: ImapServer, line: Line) -> None:
    """Some providers (163, 126) call a program that does not an unsafe one, and show it nothing."""
    said = [command.partition(" ")[0] for command in server.commands]
    assert said.index("ID") < min(said.index(word) for word in ("EXAMINE", "SELECT") if word in said)


def test_only_what_is_above_the_mark_is_new(server: ImapServer, line: Line) -> None:
    for _ in range(4):
        server.put(RAW)
    assert line.uids_above(2) == [3, 4]
    assert line.uids_above(4) == [], "a server answers `5:*` with its last one, though it is below"


def test_what_is_older_than_a_day_can_be_left_out(server: ImapServer, line: Line) -> None:
    server.put(RAW, at=datetime(2025, 12, 1, tzinfo=UTC))
    server.put(RAW, at=datetime(2026, 3, 2, tzinfo=UTC))
    assert line.uids_above(0, since=date(2026, 3, 1)) == [2]


def test_mails_come_whole_and_stay_unread(server: ImapServer, line: Line) -> None:
    server.put(RAW, at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC))
    server.put(RAW * 3)
    assert line.sizes([1, 2]) == {1: len(RAW), 2: 3 * len(RAW)}
    one, two = line.mails([1, 2, 77])
    assert (one.uid, one.raw, one.whole) == (1, RAW, True)
    assert one.received_at is not None and two.raw == RAW * 3
    assert line.mails([1], headers_only=True)[0].raw.endswith(b"Parcel\r\n\r\n")
    assert server.said("EXAMINE") == 1 and server.said("SELECT") == 0, "what is opened to read only is not marked"
    assert not any("STORE" in said or "EXPUNGE" in said or "BODY[]" in said for said in server.commands)


@pytest.mark.parametrize("idle", [True, False], ids=["idle", "poll"])
def test_waiting_ends_when_a_mail_comes_or_the_time_is_over(idle: bool) -> None:
    with ImapServer(idle=idle) as server:
        line = lined(server)
        line.select("INBOX")
        assert line.uids_above(0) == []
        threading.Timer(0.3, server.put, (RAW,)).start()
        began = time.monotonic()
        line.wait(idle_s=20, poll_s=0.5)
        assert time.monotonic() - began < 2
        assert line.uids_above(0) == [1]
        line.wait(idle_s=0.2, poll_s=0.2)
        assert line.uids_above(1) == []
        line.close()


def test_what_came_with_the_answer_to_idle_is_not_waited_for(server: ImapServer, line: Line) -> None:
    line.uids_above(0)
    for _ in range(20):  # it comes before, with, or after the answer
        threading.Thread(target=server.put, args=(RAW,)).start()
        began = time.monotonic()
        line.wait(idle_s=5, poll_s=5)
        assert time.monotonic() - began < 3
        line.uids_above(0)


def test_a_wait_can_be_ended_from_elsewhere(line: Line) -> None:
    line.uids_above(0)
    threading.Timer(0.2, line.cut).start()
    began = time.monotonic()
    with pytest.raises(Exception, match=r"EOF|reset|Broken|closed"):
        line.wait(idle_s=20, poll_s=20)
    assert time.monotonic() - began < 3


def test_a_wrong_password_is_refused_in_the_servers_own_words(server: ImapServer) -> None:
    with pytest.raises(SignInRefused, match="Application-specific password required"):
        lined(server, password="wrong")


def test_a_token_lets_in_where_it_is_known(server: ImapServer) -> None:
    server.tokens.add("ya29.good")
    line = lined(server, password="ya29.good", auth="xoauth2")
    assert line.select("INBOX").uidvalidity == 1000
    line.close()
    with pytest.raises(SignInRefused):
        lined(server, password="ya29.stale", auth="xoauth2")


def test_a_password_may_have_any_letters() -> None:
    with ImapServer(password='달항아리 « \\" »') as server:
        line = lined(server, password='달항아리 « \\" »')
        assert line.select("INBOX").uidnext == 1
        line.close()


def test_a_line_break_in_a_name_is_no_second_command(server: ImapServer) -> None:
    server.user = "shop\r\nx DELETE INBOX"
    with pytest.raises(SignInRefused, match="control character"):
        lined(server)
    assert server.said("DELETE") == 0


def test_a_private_machine_is_refused_unless_the_operator_named_it(server: ImapServer) -> None:
    with pytest.raises(Refused):
        Line(server.settings(), password="open sesame")
    assert server.commands == []


def test_nobody_there_is_said_plainly() -> None:
    with ImapServer() as gone:
        settings, there = gone.settings(), gone.host_and_port
    with pytest.raises(Unreachable, match="refused"):
        Line(settings, password="x", trusted=[there])


def test_a_folder_that_is_not_there_is_told_in_the_servers_words(server: ImapServer) -> None:
    line = lined(server)
    with pytest.raises(Exception, match="Mailbox doesn't exist"):
        line.select("Archive")
    line.close()


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ("[AUTHENTICATIONFAILED] Invalid credentials", True),
        ("[ALERT] Application-specific password required", True),
        ("[UNAVAILABLE] Temporary authentication failure", False),
        ("[LIMIT] Rate limit hit", False),
        ("[ALERT] Too many simultaneous connections. (Failure)", False),
    ],
)
def test_a_server_that_is_busy_has_not_refused_the_password(
    said: str, refused: bool, server: ImapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no(*_: object) -> None:
        raise LoginError(said)

    monkeypatch.setattr(imap._Client, "plain_login", no)
    with pytest.raises(IMAPClientError if not refused else SignInRefused) as caught:
        lined(server)
    assert said in str(caught.value)
