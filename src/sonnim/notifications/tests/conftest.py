"""Fixtures of the tests of notices: a shopper, a push service, a device, and who reads the log."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings
from tests.people import People, people

from sonnim.contacts.models import Contact
from sonnim.conversations.tests.shop_day import shopper
from sonnim.eventlog import outbox
from sonnim.notifications import presence
from sonnim.notifications.delivery import deliver_push
from sonnim.notifications.follower import Follower
from sonnim.notifications.models import Device
from sonnim.notifications.tests.push_service import PushService, push_service, subscribe

__all__ = ["people"]


@pytest.fixture
def service(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    monkeypatch.setitem(outbox.HANDLERS, "push", deliver_push)
    monkeypatch.setattr(presence, "_source", None)
    with push_service() as service:
        settings.OUTGOING_TRUSTED = frozenset({service.host})
        yield service


@pytest.fixture
def guest(people: People) -> Contact:
    guest = shopper(people)
    Contact.objects.filter(pk=guest.pk).update(name="김손님")
    return guest


@pytest.fixture
def device(people: People, guest: Contact, service: PushService) -> Device:
    """The agent's phone."""
    return subscribe(people.agent, service)


@pytest.fixture
def follower(device: Device) -> Follower:
    """One who has read everything up to now."""
    made = Follower()
    made.look()
    return made
