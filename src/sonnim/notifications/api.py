"""The bell's list, how an agent wants to be told, and the agent's devices. All of it is one's own."""

from dataclasses import asdict
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import ShopRouter, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.accounts.sessions import public_id
from sonnim.notifications import actions, queries, schemas
from sonnim.notifications.push import vapid
from sonnim.notifications.shapes import DeviceObject, device_object

router = ShopRouter(tag="notifications")
routers = (router,)


@router.get("/notifications", needs=P.CONVERSATION_READ, response=schemas.NotificationPage)
def list_notifications(
    caller: Caller, cursor: Annotated[int, Query(ge=1)] | None = None, limit: Annotated[int, Query(ge=1, le=100)] = 30
) -> HttpResponse:
    """What concerns me, newest first."""
    items, following = queries.page(agent_id=caller.agent.pk, before=cursor, limit=limit)
    return encoded({"items": items, "next": following})


@router.post("/notifications/seen", needs=P.CONVERSATION_READ, response=schemas.Count)
def see_notifications(caller: Caller, body: schemas.SeenBody) -> HttpResponse:
    """I have looked at some of them."""
    count = actions.mark_notices_seen(
        shop_id=caller.shop_id, agent_id=caller.agent.pk, ids=body.ids, conversation_id=body.conversation_id,
        all=body.all,
    )  # fmt: skip
    return encoded({"count": count})


@router.get("/notifications/preferences", needs=P.CONVERSATION_READ, response=schemas.Preferences)
def read_preferences(caller: Caller) -> dict[str, Any]:
    """How I want to be told."""
    return asdict(queries.preferences(caller.agent.pk))


@router.patch("/notifications/preferences", needs=P.CONVERSATION_READ, response=schemas.Preferences)
def patch_preferences(caller: Caller, body: schemas.PreferencesBody) -> dict[str, Any]:
    """Change how I want to be told."""
    changes = body.model_dump(exclude_none=True)
    return asdict(actions.change_preferences(shop_id=caller.shop_id, agent_id=caller.agent.pk, changes=changes))


@router.get("/notifications/devices", needs=P.CONVERSATION_READ, response=schemas.Devices)
def list_devices(caller: Caller) -> HttpResponse:
    """The browsers that take my pushes, and the key to subscribe another one with."""
    key = vapid.public_key(actions.ensure_signing_key())
    return encoded({"key": key, "items": queries.devices(agent_id=caller.agent.pk)})


@router.post("/notifications/devices", needs=P.CONVERSATION_READ, response=DeviceObject)
def subscribe_device(caller: Caller, body: schemas.DeviceBody) -> HttpResponse:
    """Let this browser take my pushes."""
    key = caller.request.session.session_key if caller.via == "session" else None
    device = actions.add_device(
        shop_id=caller.shop_id, agent_id=caller.agent.pk, endpoint=body.endpoint, p256dh=body.keys.p256dh,
        auth=body.keys.auth, label=body.label, session=public_id(key) if key else "",
    )  # fmt: skip
    return encoded(device_object(device))


@router.post("/notifications/devices/forget", needs=P.CONVERSATION_READ, response=schemas.Count)
def release_devices(caller: Caller, body: schemas.ForgetBody) -> HttpResponse:
    """Let some browsers take my pushes no more."""
    count = actions.forget_devices(
        shop_id=caller.shop_id, agent_id=caller.agent.pk, ids=body.ids, endpoint=body.endpoint
    )
    return encoded({"count": count})


@router.post("/notifications/devices/trial", needs=P.CONVERSATION_READ, response=schemas.Count)
def try_devices(caller: Caller) -> HttpResponse:
    """Push something to my devices now, to see that it arrives."""
    return encoded({"count": actions.push_test(shop_id=caller.shop_id, agent_id=caller.agent.pk)})
