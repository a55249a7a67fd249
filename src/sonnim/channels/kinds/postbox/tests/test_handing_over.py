"""A mail and an SMTP server: what certainly did not arrive is told apart from what may have."""

import socket
import time
from collections.abc import Iterator

import pytest
from tests.providers.processes import free_port
from tests.providers.smtp import Postman, hangs_up, listening, mute

from sonnim.channels.adapter import NotSent, Unsure
from sonnim.channels.kinds.postbox import smtp
from sonnim.channels.kinds.postbox.smtp import Refusal, Server, Unavailable, hand_over
from sonnim.kernel import clock
from sonnim.kernel.http import Refused

CONTENT = b"Subject: x\r\n\r\n.dots at the begin\r\n..of lines\r\n"


@pytest.fixture
def postman() -> Iterator[Postman]:
    with Postman() as serving:
        yield serving


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "STEP_S", 0.3)
    monkeypatch.setattr(smtp, "WHOLE_S", 0.6)


def server(port: int, **changes: str) -> Server:
    return Server("127.0.0.1", port, "none", trusted={f"127.0.0.1:{port}"}, **changes)  # type: ignore[arg-type]


def give(to: Server, *recipients: str, content: bytes = CONTENT) -> str:
    return hand_over(to, sender="help@ongi.example", recipients=recipients or ["kim@x.example"], content=content)


def test_a_mail_arrives_as_it_was_for_everybody(postman: Postman) -> None:
    assert "queued" in give(server(postman.port), "kim@x.example", "lee@x.example")
    [mail] = postman.taken
    assert mail.content == CONTENT
    assert (mail.sender, mail.recipients) == ("help@ongi.example", ["kim@x.example", "lee@x.example"])


@pytest.mark.parametrize(
    ("reply", "permanent"),
    [
        ("550 5.1.1 no such user", True),
        ("552 5.3.4 too large", True),
        ("450 4.2.1 try again later", False),
        ("451 4.7.1 greylisted", False),
        ("421 4.7.0 too many connections", False),
    ],
)
def test_a_refusal_has_the_server_s_own_words_and_says_whether_it_is_for_good(
    postman: Postman, reply: str, permanent: bool
) -> None:
    postman.verdicts = [reply]
    with pytest.raises(NotSent) as refused:
        give(server(postman.port))
    assert refused.value.note == reply
    assert refused.value.permanent is permanent


def test_nobody_gets_a_mail_of_which_one_recipient_is_refused(postman: Postman) -> None:
    postman.refused["gone@x.example"] = "550 5.1.1 no such user"
    with pytest.raises(Refusal, match=r"gone@x\.example: 550") as refused:
        give(server(postman.port), "kim@x.example", "gone@x.example")
    assert (refused.value.permanent, refused.value.address) == (True, "gone@x.example")
    assert postman.taken == []


def test_a_server_that_is_not_there_is_tried_again() -> None:
    with pytest.raises(Unavailable) as refused:
        give(server(free_port()))
    assert not refused.value.permanent


@pytest.mark.usefixtures("impatient")
def test_a_server_that_says_nothing_holds_nobody_up_for_long() -> None:
    with listening(mute) as port, pytest.raises(Unavailable):
        give(server(port))


@pytest.mark.parametrize("moment", [b"EHLO", b"MAIL", b"RCPT", b"DATA\r\n", b"of lines"])
def test_a_server_that_goes_before_the_end_of_the_mail_has_not_taken_it(moment: bytes) -> None:
    with listening(hangs_up(after=moment)) as port, pytest.raises(NotSent) as refused:
        give(server(port), content=CONTENT + b"x" * 5_000_000 + b"\r\n")
    assert not refused.value.permanent


def test_a_server_that_goes_after_the_end_of_the_mail_may_have_taken_it() -> None:
    with listening(hangs_up(after=b"\r\n.\r\n")) as port, pytest.raises(Unsure):
        give(server(port))


@pytest.mark.usefixtures("impatient")
def test_a_server_that_takes_the_mail_and_falls_silent_may_have_it(postman: Postman) -> None:
    postman.silent = True
    with pytest.raises(Unsure):
        give(server(postman.port))
    assert len(postman.taken) == 1


def test_a_private_machine_is_not_called_unless_the_operator_named_it(postman: Postman) -> None:
    with pytest.raises(Refused):
        give(Server("127.0.0.1", postman.port, "none"))


def test_a_password_opens_the_door_and_a_wrong_one_is_tried_again_when_it_is_mended(postman: Postman) -> None:
    postman.password = "right"
    give(server(postman.port, user="help", secret="right"))
    assert len(postman.taken) == 1
    with pytest.raises(Refusal, match="535") as refused:
        give(server(postman.port, user="help", secret="wrong"))
    assert not refused.value.permanent


def test_a_token_opens_the_door_too(postman: Postman) -> None:
    postman.token = "granted"
    give(server(postman.port, user="help@ongi.example", secret="granted", auth="xoauth2"))
    assert len(postman.taken) == 1
    with pytest.raises(Refusal, match="535"):
        give(server(postman.port, user="help@ongi.example", secret="ended", auth="xoauth2"))


def slow(line: socket.socket) -> None:
    """Takes a mail, in small bites with pauses between, longer in all than any one step may take."""
    line.sendall(b"220 here\r\n")
    seen = b""
    while not seen.endswith(b"DATA\r\n"):
        seen += line.recv(1000)
        if seen.endswith(b"\r\n"):
            line.sendall(b"354 go on\r\n" if seen.endswith(b"DATA\r\n") else b"250 fine\r\n")
    while not seen.endswith(b"\r\n.\r\n"):
        time.sleep(0.05)  # what is tested is slowness itself
        seen = seen[-10:] + line.recv(400_000)
    line.sendall(b"250 taken\r\n")
    line.recv(1000)


def test_a_large_mail_has_the_time_that_a_slow_line_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "STEP_S", 0.3)
    monkeypatch.setattr(smtp, "WHOLE_S", 0.6)
    monkeypatch.setattr(smtp, "FLOOR_BYTES_S", 1_000_000)
    content = CONTENT + b"0123456789abcdef" * 4 * 2**16  # four megabytes
    with listening(slow) as port:
        began = clock.monotonic()
        assert give(server(port), content=content + b"\r\n") == "taken"
    assert clock.monotonic() - began > 0.6, "the line was not slow enough to show anything"


def test_a_large_mail_does_not_make_a_silent_server_a_patient_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "STEP_S", 0.3)
    with listening(mute) as port, pytest.raises(Unavailable):
        began = clock.monotonic()
        give(server(port), content=b"x" * 2**22)
    assert clock.monotonic() - began < 5


def test_twenty_megabytes_have_a_quarter_of_an_hour_and_a_note_has_none_more() -> None:
    assert 14 * 60 < smtp.time_for(28 * 2**20) < 16 * 60
    assert smtp.time_for(3_000) < 1


def test_whatever_goes_wrong_before_a_mail_s_end_it_was_not_sent(
    postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise KeyError("a fault of ours")

    monkeypatch.setattr(smtp, "_pour", broken)
    with pytest.raises(NotSent, match="a fault of ours") as refused:
        give(server(postman.port))
    assert not refused.value.permanent
    assert postman.taken == []
