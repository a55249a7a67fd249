"""Bodies and answers of the API of notices."""

from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from sonnim.accounts.http import Body, RowId, Text
from sonnim.notifications.shapes import DeviceObject, ListedNotification

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Weekday = Annotated[int, Field(ge=0, le=6)]


class NotificationPage(TypedDict):
    """Some notices, newest first."""

    items: list[ListedNotification]
    next: int | None


class SeenBody(Body):
    """Which notices have been looked at: these, those of a conversation, or all."""

    ids: Annotated[list[RowId], Field(max_length=200)] = []
    conversation_id: RowId | None = None
    all: bool = False


class Kinds(Schema):
    mention: bool
    question: bool
    promise: bool
    due: bool
    assigned: bool
    followed: bool
    message: bool
    new: bool


class Quiet(Schema):
    on: bool
    start: str
    end: str
    off_days: list[int]


class Preferences(Schema):
    """How an agent wants to be told."""

    sound: bool
    desktop: bool
    preview: bool
    email: bool
    kinds: Kinds
    quiet: Quiet


class KindsBody(Body):
    mention: bool | None = None
    question: bool | None = None
    promise: bool | None = None
    due: bool | None = None
    assigned: bool | None = None
    followed: bool | None = None
    message: bool | None = None
    new: bool | None = None


class QuietBody(Body):
    on: bool | None = None
    start: Clock | None = None
    end: Clock | None = None
    off_days: Annotated[list[Weekday], Field(max_length=7)] | None = None


class PreferencesBody(Body):
    sound: bool | None = None
    desktop: bool | None = None
    preview: bool | None = None
    email: bool | None = None
    kinds: KindsBody | None = None
    quiet: QuietBody | None = None


class DeviceKeys(Body):
    p256dh: Annotated[Text, Field(max_length=200)]
    auth: Annotated[Text, Field(max_length=100)]


class DeviceBody(Body):
    """A browser's push subscription, as `PushSubscription.toJSON()` has it, and a name for the device."""

    endpoint: Annotated[Text, Field(max_length=2000)]
    keys: DeviceKeys
    label: Annotated[Text, Field(max_length=60)] = ""


class ForgetBody(Body):
    """Which of my devices: by their ids, and the one with this address."""

    ids: Annotated[list[RowId], Field(max_length=50)] = []
    endpoint: Annotated[Text, Field(max_length=2000)] = ""


class Devices(TypedDict):
    """My devices, and the key that a browser subscribes with."""

    key: str
    items: list[DeviceObject]


class Count(TypedDict):
    """How many."""

    count: int
