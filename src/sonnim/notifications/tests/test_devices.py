"""Devices: whose they are, when they are gone, and where a push never goes."""

import pytest
from pytest_django.fixtures import Settings
from tests.people import People

from sonnim.accounts import actions as accounts
from sonnim.accounts import sessions
from sonnim.eventlog import outbox
from sonnim.eventlog.models import Outbox
from sonnim.kernel.errors import Invalid
from sonnim.notifications import actions
from sonnim.notifications.follower import Follower
from sonnim.notifications.models import Device, SigningKey
from sonnim.notifications.tests.push_service import PushService, subscribe

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_leaves_takes_the_devices_along(people: People, follower: Follower) -> None:
    accounts.remove_agent(actor=people.actor(people.owner), agent_id=people.agent.pk)
    follower.look()
    assert not Device.objects.exists()


def test_a_device_goes_with_its_session_and_moves_with_it(
    people: People, service: PushService, follower: Follower
) -> None:
    key = str(people.browser(people.agent).client.cookies["sonnim"].value)
    follower.look()
    subscribe(people.agent, service, session=sessions.public_id(key))
    store = sessions.SessionStore(key)
    store.cycle_key()
    follower.look()
    assert Device.objects.get().session == sessions.public_id(str(store.session_key))
    sessions.end_session(str(store.session_key))
    follower.look()
    assert not Device.objects.exists()


def test_another_person_at_the_same_browser_ends_the_former_ones_pushes(
    people: People, service: PushService, device: Device
) -> None:
    subscribe(people.lead, service)
    assert [each.agent_id for each in Device.objects.all()] == [people.lead.pk]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/one",
        "https://push.example:8443/one",
        "https://user@push.example/one",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "",
    ],
)
def test_an_address_that_is_no_push_service_is_refused(endpoint: str, people: People, service: PushService) -> None:
    with pytest.raises(Invalid):
        actions.add_device(
            shop_id=people.shop.pk, agent_id=people.agent.pk, endpoint=endpoint, label="", session="", **service.keys
        )


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "2130706433"])
def test_a_push_never_goes_to_a_machine_of_ours(
    host: str, people: People, service: PushService, settings: Settings
) -> None:
    settings.OUTGOING_TRUSTED = frozenset()
    actions.add_device(
        shop_id=people.shop.pk, agent_id=people.agent.pk, endpoint=f"https://{host}/push", label="", session="",
        **service.keys,
    )  # fmt: skip
    actions.push_test(shop_id=people.shop.pk, agent_id=people.agent.pk)
    outbox.deliver_due()
    assert not Device.objects.exists()
    assert Outbox.objects.get(kind="push").state == "failed"


def test_nobody_who_reads_the_database_can_push_to_a_device(
    people: People, service: PushService, device: Device
) -> None:
    actions.ensure_signing_key()
    row = str(Device.objects.values().get())
    assert not any(secret in row for secret in ("/push/one", *service.keys.values()))
    assert "PRIVATE KEY" not in SigningKey.objects.get().sealed
