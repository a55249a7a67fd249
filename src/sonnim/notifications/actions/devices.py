"""Devices that take pushes: added and removed by their agents, gone with their session or their agent."""

import json
from collections.abc import Collection

from django.conf import settings
from django.db.models import Q

from sonnim.accounts.models import Agent
from sonnim.eventlog import log
from sonnim.kernel import secrets
from sonnim.kernel.errors import Invalid
from sonnim.kernel.http import Refused, checked_url
from sonnim.notifications import queries
from sonnim.notifications.models import Device, SigningKey
from sonnim.notifications.push import encryption, vapid

MAX_DEVICES = 10
MAX_FAILURES = 5


def ensure_signing_key() -> str:
    """The installation's private key for pushes, as PEM; made on first use."""
    known = queries.signing_key()
    if known is not None:
        return known
    with log.unit():
        fresh = SigningKey(pk=1, sealed=secrets.seal(vapid.new_key(), secret_key=settings.SECRET_KEY))
        SigningKey.objects.bulk_create([fresh], ignore_conflicts=True)  # another node may have been faster
    made = queries.signing_key()
    if made is None:
        raise AssertionError("the signing key was not kept")
    return made


def add_device(
    *, shop_id: int, agent_id: int, endpoint: str, p256dh: str, auth: str, label: str, session: str
) -> Device:
    """Let a browser take an agent's pushes; again for one that is known renews it.

    Args:
        session: `public_id` of the session that it belongs to, and with which it goes; empty for an API client.

    Raises:
        Invalid: the address is not https on the open web, or a key is none.
    """
    try:
        if checked_url(endpoint, trusted=settings.OUTGOING_TRUSTED).scheme != "https" and not _trusted(endpoint):
            raise Refused("not https")
        encryption.check_keys(p256dh, auth)
    except (Refused, ValueError) as error:
        raise Invalid("This is not a push subscription.", fields={"endpoint": str(error)}) from error
    known = {"endpoint": endpoint, "p256dh": p256dh, "auth": auth}
    sealed = secrets.seal(json.dumps(known), secret_key=settings.SECRET_KEY)
    hashed = secrets.hash_token(endpoint)
    with log.unit(shop_id):
        # A browser that another person has signed in with since tells the former one's news to nobody.
        owner = Agent.objects.only("user_id").get(pk=agent_id).user_id
        Device.objects.filter(endpoint_hash=hashed).exclude(agent__user_id=owner).delete()
        device, _ = Device.objects.update_or_create(
            agent_id=agent_id,
            endpoint_hash=hashed,
            defaults={"shop_id": shop_id, "sealed": sealed, "label": label[:60], "session": session, "failures": 0},
        )
        surplus = Device.objects.filter(agent_id=agent_id).order_by("-id").values_list("pk", flat=True)[MAX_DEVICES:]
        Device.objects.filter(pk__in=list(surplus)).delete()
    return device


def _trusted(endpoint: str) -> bool:
    return endpoint.removeprefix("http://").partition("/")[0] in settings.OUTGOING_TRUSTED


def forget_devices(*, shop_id: int, agent_id: int, ids: Collection[int] = (), endpoint: str = "") -> int:
    """Let some of an agent's browsers take no more pushes; answers how many did."""
    named = Q(pk__in=ids) | Q(endpoint_hash=secrets.hash_token(endpoint))
    with log.unit(shop_id):
        forgotten, _ = Device.objects.filter(named, agent_id=agent_id, shop_id=shop_id).delete()
    return forgotten


def drop_device(*, device_id: int) -> None:
    """Forget a device that is gone."""
    with log.unit():
        Device.objects.filter(pk=device_id).delete()


def count_failure(*, device_id: int) -> None:
    """A push service has refused; a device that is refused time and again is gone."""
    with log.unit():
        device = Device.objects.filter(pk=device_id).first()
        if device is None:
            return
        device.failures += 1
        if device.failures >= MAX_FAILURES:
            Device.objects.filter(pk=device_id).delete()
        else:
            device.save(update_fields=["failures"])


def drop_agent(*, agent_id: int) -> None:
    """Forget all devices of somebody who works here no more."""
    with log.unit():
        Device.objects.filter(agent_id=agent_id).delete()


def follow_session(*, session: str, moved_to: str | None) -> None:
    """A session has ended, or has another name now: its devices go with it."""
    with log.unit():
        if moved_to:
            Device.objects.filter(session=session).update(session=moved_to)
        else:
            Device.objects.filter(session=session).delete()
