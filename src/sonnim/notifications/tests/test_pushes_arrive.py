"""Pushes reach the devices of whoever is away: in bundles, in their language, and nobody else."""

from datetime import timedelta

import pytest
from tests.people import People

from sonnim.accounts import actions as accounts
from sonnim.contacts.models import Contact
from sonnim.conversations import actions as conversations
from sonnim.conversations.models import Entry
from sonnim.conversations.tests.shop_day import say, shopper
from sonnim.eventlog import outbox
from sonnim.eventlog.models import Outbox
from sonnim.kernel import clock
from sonnim.notifications import actions, presence
from sonnim.notifications.follower import Follower
from sonnim.notifications.models import Device, PendingPush
from sonnim.notifications.push import vapid
from sonnim.notifications.tests.push_service import PushService

pytestmark = pytest.mark.django_db(transaction=True)


def later(follower: Follower, *, seconds: int = 6) -> None:
    """Let the follower look, time go by, and what is due go out."""
    follower.look()
    with clock.moved(timedelta(seconds=seconds)):
        actions.push_due()
        outbox.deliver_due()


def speak(people: People, locale: str) -> None:
    accounts.change_profile(user=people.agent.user, name=None, locale=locale, theme=None)


def test_a_message_arrives_encrypted_and_signed(
    people: People, guest: Contact, service: PushService, follower: Follower
) -> None:
    speak(people, "ko")
    conversation = say(guest).conversation
    say(people.agent, "안녕하세요, 손님", conversation_id=conversation)
    later(follower)
    ack = say(guest, "그릇에 금이 갔어요")
    later(follower, seconds=60)
    [*_, told] = service.messages()
    assert told["title"] == "김손님 님의 새 메시지"
    assert told["body"] == "그릇에 금이 갔어요"
    assert told["url"] == f"/console/inbox/all/{conversation}?at={ack.seq}"
    headers, body = service.requests[-1]
    assert "그릇".encode() not in body
    assert (headers["Content-Encoding"], headers["Urgency"]) == ("aes128gcm", "high")
    key, claims = service.sender()
    assert key == vapid.public_key(actions.ensure_signing_key())
    assert claims["sub"].startswith(("mailto:", "https:"))
    assert 0 < claims["exp"] - clock.now_ms() / 1000 < 24 * 3600


def test_several_things_make_one_push(people: People, guest: Contact, service: PushService, follower: Follower) -> None:
    speak(people, "zh")
    for _ in range(3):
        say(shopper(people))
    later(follower)
    [told] = service.messages()
    assert told["title"] == "3 条新动态"
    assert told["body"].count("\n") == 2


def test_a_second_push_keeps_its_distance_and_then_comes(
    people: People, guest: Contact, service: PushService, follower: Follower
) -> None:
    say(guest)
    later(follower)
    say(shopper(people))
    later(follower, seconds=20)
    assert len(service.requests) == 1
    later(follower, seconds=50)
    assert len(service.requests) == 2


def test_who_is_at_the_desk_is_not_pushed_to(
    people: People, guest: Contact, service: PushService, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "_source", lambda shop: {people.agent.pk})
    say(guest)
    later(follower)
    assert (len(service.requests), PendingPush.objects.count()) == (0, 1)
    later(follower, seconds=130)
    assert (len(service.requests), PendingPush.objects.count()) == (0, 0)


def test_what_was_read_or_answered_meanwhile_is_not_pushed(
    people: People, guest: Contact, service: PushService, follower: Follower
) -> None:
    ack = say(guest)
    follower.look()
    conversations.mark_seen(shop_id=people.shop.pk, conversation_id=ack.conversation, seq=ack.seq)
    later(follower)
    assert (len(service.requests), PendingPush.objects.count()) == (0, 0)


def test_a_kind_that_is_switched_off_stays_silent_and_quiet_hours_hold_back(
    people: People, guest: Contact, service: PushService, follower: Follower
) -> None:
    change = {"shop_id": people.shop.pk, "agent_id": people.agent.pk}
    actions.change_preferences(**change, changes={"kinds": {"new": False}})
    say(guest)
    later(follower)
    assert PendingPush.objects.count() == 0
    actions.change_preferences(
        **change, changes={"kinds": {"new": True}, "quiet": {"on": True, "start": "00:00", "end": "00:00"}}
    )
    say(shopper(people))
    later(follower)
    assert (len(service.requests), PendingPush.objects.count()) == (0, 1)
    actions.change_preferences(**change, changes={"quiet": {"on": False}})
    later(follower, seconds=40)
    assert len(service.requests) == 1


def test_the_text_can_be_kept_off_the_lock_screen_and_what_is_gone_is_not_in_it(
    people: People, guest: Contact, service: PushService, follower: Follower
) -> None:
    say(guest, "비밀입니다")
    actions.change_preferences(shop_id=people.shop.pk, agent_id=people.agent.pk, changes={"preview": False})
    later(follower)
    other = say(shopper(people), "지워질 말")
    Entry.objects.filter(pk=other.id).update(text="", hidden="redacted")
    actions.change_preferences(shop_id=people.shop.pk, agent_id=people.agent.pk, changes={"preview": True})
    later(follower, seconds=60)
    assert [told["body"] for told in service.messages()] == ["", ""]


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_forgotten(
    status: int, people: People, guest: Contact, service: PushService, follower: Follower
) -> None:
    service.answers = [status]
    say(guest)
    later(follower)
    assert not Device.objects.exists()
    assert not Outbox.objects.filter(kind="push").exists()


def test_a_push_service_that_is_ill_is_asked_again(
    people: People, guest: Contact, service: PushService, follower: Follower
) -> None:
    service.answers = [503]
    say(guest)
    later(follower)
    with clock.moved(timedelta(minutes=2)):
        outbox.deliver_due()
    assert len(service.requests) == 2
    assert not Outbox.objects.filter(kind="push").exists()


def test_a_device_that_is_refused_time_and_again_is_forgotten(
    people: People, service: PushService, device: Device
) -> None:
    service.answers = [403] * 5
    for _ in range(5):
        assert Device.objects.exists()
        actions.push_test(shop_id=people.shop.pk, agent_id=people.agent.pk)
        outbox.deliver_due()
    assert not Device.objects.exists()


def test_a_push_that_is_an_hour_late_is_let_go(people: People, service: PushService, device: Device) -> None:
    actions.push_test(shop_id=people.shop.pk, agent_id=people.agent.pk)
    with clock.moved(timedelta(hours=1, seconds=1)):
        outbox.deliver_due()
    assert not service.requests
    assert not Outbox.objects.filter(kind="push").exists()
