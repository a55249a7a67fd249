"""The single writer: poison does not stop others, an outage is told as one, and what waits is written in the end."""

import threading
from collections.abc import Callable, Iterator, Sequence

import pytest
from django.db import IntegrityError, OperationalError, connection
from tests.people import People, make_people

from sonnim.conversations import posting
from sonnim.conversations import writer as module
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Ack, Outcome, Post
from sonnim.conversations.tests.shop_day import post_of, shopper, texts
from sonnim.conversations.writer import Writer, write_batch
from sonnim.kernel.errors import Invalid, SonnimError, StorageFull, Unavailable

Batch = Callable[[Sequence[Post]], list[Outcome]]


def failing(monkeypatch: pytest.MonkeyPatch, when: Callable[[Sequence[Post]], Exception | None]) -> list[int]:
    """Let the database fail for batches for which `when` answers an error; answers the sizes of what was tried."""
    tried: list[int] = []
    store = posting.post_batch

    def flaky(posts: Sequence[Post]) -> list[Outcome]:
        tried.append(len(posts))
        error = when(posts)
        if error is not None:
            raise error
        return store(posts)

    monkeypatch.setattr(module, "post_batch", flaky)
    return tried


@pytest.mark.parametrize(
    ("error", "expected"),
    [(IntegrityError("no"), Invalid), (KeyError("bug"), Invalid), (ValueError("bug"), Unavailable)],
)
def test_a_message_that_the_database_refuses_does_not_take_others_down(
    people: People, monkeypatch: pytest.MonkeyPatch, error: Exception, expected: type[SonnimError]
) -> None:
    who = shopper(people)
    tried = failing(monkeypatch, lambda posts: error if any(post.text == "poison" for post in posts) else None)
    outcomes = write_batch([post_of(who, "하나"), post_of(who, "poison"), post_of(who, "둘")])
    assert [type(outcome) for outcome in outcomes] == [Ack, expected, Ack]
    assert tried == [3, 1, 1, 1]
    assert isinstance(outcomes[0], Ack)
    assert texts(outcomes[0].conversation) == ["하나", "둘"]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("database is locked", Unavailable),
        ("server closed the connection unexpectedly", Unavailable),
        ("database or disk is full", StorageFull),
        ("could not extend file: No space left on device", StorageFull),
        ("disk I/O error", StorageFull),
    ],
)
def test_an_outage_refuses_the_whole_batch_for_now_and_stores_nothing(
    people: People, monkeypatch: pytest.MonkeyPatch, reason: str, expected: type[SonnimError]
) -> None:
    who = shopper(people)
    tried = failing(monkeypatch, lambda posts: OperationalError(reason))
    outcomes = write_batch([post_of(who), post_of(who)])
    assert [type(outcome) for outcome in outcomes] == [expected, expected]
    assert all(isinstance(outcome, SonnimError) and outcome.retry_after for outcome in outcomes)
    assert tried == [2], "an outage is not a poison message"
    assert not Entry.objects.exists()


@pytest.fixture
def running(transactional_db: None) -> Iterator[tuple[Writer, People]]:
    found = Writer()
    found.start()
    yield found, make_people()
    found.stop()


def test_what_many_threads_post_is_stored_once_each_in_one_conversation(running: tuple[Writer, People]) -> None:
    writer, people = running
    who = shopper(people)
    acks: list[Ack] = []

    def post() -> None:
        acks.append(writer.post(post_of(who)))
        connection.close()

    threads = [threading.Thread(target=post) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len({ack.conversation for ack in acks}) == 1
    assert sorted(ack.seq for ack in acks) == list(range(1, 11))


def test_a_stop_writes_what_waits(running: tuple[Writer, People]) -> None:
    writer, people = running
    who = shopper(people)
    outcomes: list[Outcome] = []
    for _ in range(900):
        writer.submit(post_of(who), outcomes.append)
    writer.stop()
    assert [type(outcome) for outcome in outcomes] == [Ack] * 900
    assert not writer.running


def test_a_refusal_is_raised_where_it_was_posted(running: tuple[Writer, People]) -> None:
    writer, people = running
    with pytest.raises(SonnimError):
        writer.post(post_of(shopper(people), kind="note"))
    assert writer.post(post_of(shopper(people))).seq == 1


def test_too_many_that_wait_are_refused_for_now(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_WAITING", 2)
    writer = Writer()
    for _ in range(2):
        writer.submit(post_of(shopper(people)), lambda outcome: None)
    with pytest.raises(Unavailable):
        writer.submit(post_of(shopper(people)), lambda outcome: None)
    assert writer.waiting == 2


def test_an_answer_that_nobody_can_take_does_not_end_the_writer(running: tuple[Writer, People]) -> None:
    writer, people = running

    def gone(outcome: Outcome) -> None:
        raise RuntimeError("the loop is closed")

    writer.submit(post_of(shopper(people)), gone)
    assert writer.post(post_of(shopper(people)), timeout=10).seq == 1
    assert writer.running
