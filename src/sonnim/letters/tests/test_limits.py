"""A09, A10: a mail that is made to stop a parser is refused or read, and at once."""

import resource
import time

import pytest

from sonnim.letters.letter import read
from sonnim.letters.limits import Unreadable


def nested(depth: int) -> bytes:
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level) for level in range(depth)
    )
    return b"From: a@b.example\r\n" + opened + b"Content-Type: text/plain\r\n\r\nhello\r\n"


def many_parts(n: int) -> bytes:
    return (
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n" * n
        + b"--b--\r\n"
    )


HOSTILE = {
    "500,000 address headers": b"To: a@b.example\r\n" * 500_000 + b"\r\nhello",
    "one address header of 2 MB": b"From: a@b.example\r\nTo: " + b"x@y.example, " * 160_000 + b"\r\n\r\nhello",
    "31 MB": b"From: a@b.example\r\n\r\n" + b"x" * (31 * 1024 * 1024),
    "nested 2,000 deep": nested(2_000),
    "100,000 parts": many_parts(100_000),
    "a subject of 20,000 encoded words": b"From: a@b.example\r\nSubject: "
    + b"=?utf-8?q?a?= " * 20_000
    + b"\r\n\r\nhello",
    "no header at all": b"hello",
    "nothing": b"",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_is_refused_with_a_reason(name: str) -> None:
    with pytest.raises(Unreadable, match=r"\."):
        read(HOSTILE[name])


@pytest.mark.parametrize("name", HOSTILE)
def test_refusing_it_costs_next_to_nothing(name: str) -> None:
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(Unreadable):
        read(HOSTILE[name])
    assert time.process_time() - began < 5, "ten times what it takes"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 * 1024


def test_deep_but_honest_nesting_is_read() -> None:
    assert read(nested(15)).text == "hello"


@pytest.mark.parametrize(
    "raw",
    [
        b"Message-ID: <[>\nFrom: a@b.example\n\nhello",
        b"From: a@b.example\nContent-Type: text/plain; charset=rot13\n\nuryyb",
        b'From: a@b.example\nContent-Type: text/plain; charset="no such thing"\n\nhello',
        b'From: a@b.example\nContent-Type: multipart/mixed; boundary=""\n\nhello',
        b"From: a@b.example\nContent-Type: multipart/mixed\n\nhello",
        b"From: a@b.example\nContent-Transfer-Encoding: base64\n\n@@@@",
        b"From: a@b.example\nDate: Pn, 29 paX 2007 21:13:00 +0100\n\nhello",
        b"From: a@b.example\nContent-Type: /\n\nhello",
        b"From: \xff\xfe\n\n\xff",
    ],
)
def test_what_is_merely_wrong_is_read_as_far_as_it_goes(raw: bytes) -> None:
    assert read(raw).text is not None
