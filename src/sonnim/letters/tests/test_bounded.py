"""Mail is read in a process that can be killed, and that has only so much memory."""

import threading
import time
from collections.abc import Iterator

import pytest

from sonnim.letters import bounded
from sonnim.letters.bounded import Reader
from sonnim.letters.letter import read
from sonnim.letters.limits import Unreadable
from sonnim.letters.tests.test_limits import HOSTILE

PLAIN = b"From: Mina Kim <mina@example.org>\r\nSubject: Hello\r\n\r\nWhere is my parcel?\r\n"
WITH_FILE = (
    b"From: Mina Kim <mina@example.org>\r\nDate: Mon, 2 Mar 2026 10:00:00 +0900\r\nContent-Type: multipart/mixed; "
    b'boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n--b\r\n'
    b"Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nAAEC/w==\r\n--b--\r\n"
)


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def reader_of(program: str, *, limit_s: float) -> Reader:
    return Reader(limit_s=limit_s, program=f"sonnim.letters.tests.{program}")


def test_it_reads_what_the_pure_reader_reads(reader: Reader) -> None:
    assert reader.read(WITH_FILE) == read(WITH_FILE)
    assert reader.read(WITH_FILE).files[0].content == b"\x00\x01\x02\xff"


def test_one_process_reads_many(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    class Counted(bounded._Worker):
        def __init__(self, program: str) -> None:
            started.append(program)
            super().__init__(program)

    monkeypatch.setattr(bounded, "_Worker", Counted)
    for _ in range(200):
        assert reader.read(PLAIN).sender.address == "mina@example.org"
    assert len(started) == 1


def test_a_mail_that_takes_too_long_is_given_up_and_the_next_one_is_read() -> None:
    slow = reader_of("slow_worker", limit_s=5)
    began = time.monotonic()
    with pytest.raises(Unreadable, match="longer than 5 seconds"):
        slow.read(b"slow")
    assert time.monotonic() - began < 30
    assert slow.read(PLAIN).subject == "Hello"
    slow.close()


def test_a_mail_that_takes_the_process_down_is_given_up_and_the_next_one_is_read() -> None:
    frail = reader_of("slow_worker", limit_s=10)
    with pytest.raises(Unreadable, match="more memory or time"):
        frail.read(b"crash")
    assert frail.read(PLAIN).subject == "Hello"
    frail.close()


def test_memory_has_an_end() -> None:
    greedy = reader_of("slow_worker", limit_s=10)
    with pytest.raises(Unreadable, match="more memory than a mail may"):
        greedy.read(b"greedy")
    assert greedy.read(PLAIN).subject == "Hello"
    greedy.close()


def test_a_slow_mail_holds_up_nobody_elses() -> None:
    shared = reader_of("slow_worker", limit_s=3)
    refused = []

    def wait_for_the_slow_one() -> None:
        try:
            shared.read(b"slow")
        except Unreadable as error:
            refused.append(str(error))

    waiting = threading.Thread(target=wait_for_the_slow_one)
    waiting.start()
    began = time.monotonic()
    assert shared.read(PLAIN).subject == "Hello"
    assert time.monotonic() - began < 2.5
    waiting.join(10)
    assert len(refused) == 1
    shared.close()


def test_what_is_no_mail_is_refused_in_words(reader: Reader) -> None:
    with pytest.raises(Unreadable, match="no header"):
        reader.read(b"\x00\x01\x02 nothing at all")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_costs_two_seconds_at_most(reader: Reader, name: str) -> None:
    reader.read(PLAIN)  # the process is there
    began = time.monotonic()
    with pytest.raises(Unreadable):
        reader.read(HOSTILE[name])
    assert time.monotonic() - began < 2
    assert reader.read(PLAIN).subject == "Hello"
