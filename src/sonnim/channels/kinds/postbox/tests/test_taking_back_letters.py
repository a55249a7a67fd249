"""A new letter waits for ten seconds, until which its agent may take it back as any other message."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from tests.people import People
from tests.providers.smtp import Postman

from sonnim.channels.delivery import carry
from sonnim.channels.kinds.postbox.tests.correspondence import ADDRESS, CHANNEL, Correspondence
from sonnim.conversations.change import CARRY
from sonnim.conversations.models import Entry, Envelope
from sonnim.eventlog import outbox
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock

pytestmark = pytest.mark.django_db
HELD = timedelta(seconds=11)


@pytest.fixture
def postman(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postman]:
    monkeypatch.setitem(outbox.HANDLERS, CARRY, carry)
    with Postman() as serving:
        settings.OUTGOING_TRUSTED = frozenset({serving.address})
        yield serving


@pytest.fixture
def desk(people: People, postman: Postman) -> Correspondence:
    desk = Correspondence.begin(people, smtp=postman.settings())
    Outbox.objects.all().delete()  # what the people before have left
    return desk


def begun(desk: Correspondence, **more: Any) -> Entry:
    body = {
        "client_id": str(uuid.uuid4()), "contact_id": desk.contact.pk, "channel": CHANNEL, "text": "안녕하세요",
        "data": {"envelope": {"subject": "새 소식", "to": [ADDRESS]}}, **more,
    }  # fmt: skip
    answer = desk.people.browser(desk.people.agent).post(desk.people.url("/conversations"), body)
    assert answer.status_code == 200, answer.content
    return Entry.objects.get(pk=answer.json()["id"])


def taken_back(desk: Correspondence, entry: Entry) -> int:
    path = f"/conversations/{entry.conversation_id}/entries/{entry.seq}/retract"
    return int(desk.people.browser(desk.people.agent).post(desk.people.url(path), {}).status_code)


def test_what_is_taken_back_in_time_never_leaves_and_its_files_can_be_sent_again(
    desk: Correspondence, postman: Postman
) -> None:
    file = desk.file("jar.txt", b"moon")
    entry = begun(desk, attachments=[file])
    outbox.deliver_due()
    assert desk.state_of(entry.pk)["state"] == "queued"
    assert taken_back(desk, entry) == 200
    assert not Envelope.objects.exists()
    with clock.moved(HELD):
        outbox.deliver_due()
        assert postman.taken == []
        assert not Outbox.objects.filter(kind=CARRY).exists()
        begun(desk, attachments=[file])
    with clock.moved(HELD * 2):
        outbox.deliver_due()
    [mail] = postman.taken
    assert [part.get_filename() for part in mail.message.iter_attachments()] == ["jar.txt"]


def test_what_has_left_is_not_called_back(desk: Correspondence, postman: Postman) -> None:
    entry = begun(desk)
    with clock.moved(HELD):
        outbox.deliver_due()
        assert len(postman.taken) == 1
        assert taken_back(desk, entry) == 409
    assert desk.state_of(entry.pk)["state"] == "sent"


def test_an_answer_that_was_held_already_does_not_wait_again(desk: Correspondence, postman: Postman) -> None:
    desk.we_write("네")
    outbox.deliver_due()
    assert len(postman.taken) == 1
