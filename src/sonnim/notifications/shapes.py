"""Notices and devices as their agent sees them."""

from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict

from sonnim.notifications.models import Device, Notification

KindName = Literal[
    "mention",
    "late",
    "missed",
    "question",
    "answered",
    "overdue",
    "promise",
    "due",
    "rule",
    "assigned",
    "followed",
    "quieted",
]


class NotificationObject(TypedDict):
    """Something that concerns an agent; only that agent gets it. What it says is looked up when it is shown."""

    id: int
    v: int
    kind: KindName
    conversation_id: int
    seq: int
    by_id: int | None
    question_id: int | None
    at: datetime
    seen: bool


class ListedNotification(NotificationObject):
    """One in the list behind the bell: with whom the conversation is, and what was said."""

    contact_name: str
    contact_id: int
    text: str


class DeviceObject(TypedDict):
    """A browser that takes pushes."""

    id: int
    label: str
    created_at: datetime
    pushed_at: datetime | None


def notification_object(notice: Notification) -> NotificationObject:
    """A notice for its agent."""
    return NotificationObject(
        id=notice.pk,
        v=notice.v,
        kind=notice.kind,  # type: ignore[typeddict-item]
        conversation_id=notice.conversation_id,
        seq=notice.seq,
        by_id=notice.by_id,
        question_id=notice.question_id,
        at=notice.at,
        seen=notice.seen_at is not None,
    )


def device_object(device: Device) -> DeviceObject:
    """A device for its agent; where it lives is nobody's business."""
    return DeviceObject(id=device.pk, label=device.label, created_at=device.created_at, pushed_at=device.pushed_at)
