"""The outbox's handler for pushes: one request to one push service."""

import json
from typing import Any

from django.conf import settings

from sonnim.eventlog.outbox import OutboxError
from sonnim.kernel import clock, secrets
from sonnim.kernel.http import Answer, Refused, Unreachable, fetch
from sonnim.notifications.actions.devices import count_failure, drop_device, ensure_signing_key
from sonnim.notifications.models import Device
from sonnim.notifications.push import encryption, vapid
from sonnim.notifications.wording import worded

LATE_MS = 3600 * 1000
TTL_S = 4 * 3600
TIMEOUT_S = 6.0


def deliver_push(payload: dict[str, Any]) -> None:
    """Send one push; what is too late for anybody is let go.

    Raises:
        OutboxError: the push service did not take it; permanent, if it never will.
    """
    device = Device.objects.select_related("agent__user", "shop").filter(pk=payload["device"]).first()
    if device is None or clock.now_ms() - payload["at"] > LATE_MS:
        return
    if device.agent.removed_at is not None:
        drop_device(device_id=device.pk)
        return
    told = worded(device.agent, payload["lines"])
    known = json.loads(secrets.unseal(device.sealed, secret_key=settings.SECRET_KEY))
    try:
        answer = _post(known, json.dumps(told, ensure_ascii=False).encode(), topic=told["tag"])
    except Refused as error:
        drop_device(device_id=device.pk)
        raise OutboxError(f"refused to go there: {error}", permanent=True) from error
    except Unreachable as error:
        raise OutboxError(str(error), permanent=False) from error
    _judge(answer, device.pk)


def _post(known: dict[str, str], plain: bytes, *, topic: str) -> Answer:
    endpoint = known["endpoint"]
    headers = {
        "Authorization": vapid.authorization(endpoint, pem=ensure_signing_key(), contact=_contact()),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(TTL_S),
        "Urgency": "high",
        "Topic": topic,  # a newer one takes the place of one that has not been delivered
    }
    content = encryption.encrypt(plain, p256dh=known["p256dh"], auth=known["auth"])
    return fetch(
        endpoint, method="POST", content=content, headers=headers, timeout_s=TIMEOUT_S, max_bytes=64 * 1024, cut=True,
        trusted=settings.OUTGOING_TRUSTED,
    )  # fmt: skip


def _contact() -> str:
    if settings.SECURE:
        return str(settings.PUBLIC_URL)
    return f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}"


def _judge(answer: Answer, device_id: int) -> None:
    status = answer.status
    if status < 300:
        return
    if status in {404, 410}:  # the browser has withdrawn it
        drop_device(device_id=device_id)
        return
    passing = status == 429 or status >= 500
    if not passing:
        count_failure(device_id=device_id)
    raise OutboxError(f"the push service answered {status}", permanent=not passing)
