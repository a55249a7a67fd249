"""What rules say goes out as a machine's mail: marked as such, not too often, and never to another machine."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings
from tests.people import People
from tests.providers.smtp import Postman

from sonnim.channels.delivery import carry
from sonnim.channels.kinds.postbox import resting
from sonnim.channels.kinds.postbox.models import Letter
from sonnim.channels.kinds.postbox.rules import MAX_AUTOMATIC_AN_HOUR
from sonnim.channels.kinds.postbox.tests.correspondence import Correspondence
from sonnim.conversations.changing import changing
from sonnim.conversations.shapes import delivery_json
from sonnim.eventlog.models import Outbox
from sonnim.eventlog.outbox import OutboxError

pytestmark = pytest.mark.django_db


@pytest.fixture
def postman(settings: Settings) -> Iterator[Postman]:
    with Postman() as serving:
        settings.OUTGOING_TRUSTED = frozenset({serving.address})
        yield serving


@pytest.fixture
def desk(people: People, postman: Postman) -> Iterator[Correspondence]:
    desk = Correspondence.begin(people, smtp=postman.settings())
    desk.they_write("언제 오나요?", message_id="<1@x.example>")
    Outbox.objects.all().delete()  # what the people before have left
    yield desk
    resting._resting.clear()


def carried(desk: Correspondence, entry: int) -> int:
    try:
        carry({"shop_id": desk.people.shop.pk, "entry_id": entry})
    except OutboxError as error:
        desk.failure = error
    return entry


def by_itself(desk: Correspondence) -> int:
    """What a rule says, carried; answers its entry."""
    with changing(desk.people.shop.pk, desk.conversation or 0) as (change, about):
        entry = change.entry(
            about, "message", text="곧 답해 드릴게요.", public=True, delivery=delivery_json("queued", at=1)
        )
        change.record(about, "message.created", entries=[entry], public=True)
    return carried(desk, int(entry[0]))


def test_what_a_rule_says_goes_out_as_a_machines_mail(desk: Correspondence, postman: Postman) -> None:
    by_itself(desk)
    [mail] = postman.taken
    assert mail.message["Auto-Submitted"] == "auto-generated"
    assert mail.message["X-Auto-Response-Suppress"] == "All"
    assert Letter.objects.get(out=True).automatic


def test_machines_mail_goes_to_one_address_ten_times_an_hour(desk: Correspondence, postman: Postman) -> None:
    entries = [by_itself(desk) for _ in range(MAX_AUTOMATIC_AN_HOUR + 2)]
    assert [desk.state_of(each)["state"] for each in entries] == ["sent"] * MAX_AUTOMATIC_AN_HOUR + ["failed"] * 2
    assert len(postman.taken) == MAX_AUTOMATIC_AN_HOUR
    assert desk.state_of(carried(desk, desk.we_write("사람이 씁니다.")))["state"] == "sent"


def test_machines_mail_goes_to_no_machine(desk: Correspondence, postman: Postman) -> None:
    Letter.objects.filter(out=False).update(sender="no-reply@machines.example")
    assert desk.state_of(by_itself(desk))["state"] == "failed"
    assert not postman.taken
