"""The frame schema: what frames look like, as JSON Schema, from which the browser's types are made."""

from datetime import datetime
from typing import Any, Literal, NotRequired

import msgspec
from typing_extensions import TypedDict

from sonnim.accounts.shapes import AgentObject, PublicAgent, ShopObject, TeamObject
from sonnim.coaching.shapes import QuietObject
from sonnim.contacts.shapes import ContactObject
from sonnim.contacts.tags import TagObject
from sonnim.conversations.bulk import BulkObject
from sonnim.conversations.later.shapes import ScheduledObject
from sonnim.conversations.shapes import (
    ConversationObject,
    CountObject,
    DraftObject,
    EntryObject,
    PublicConversation,
)
from sonnim.conversations.together import ChecklistObject, MentionObject, QuestionObject
from sonnim.conversations.views import ViewObject
from sonnim.notifications.shapes import NotificationObject
from sonnim.plan.document.shapes import PlanMark
from sonnim.plan.promises.shapes import PromiseObject
from sonnim.plan.scripts.shapes import CannedObject
from sonnim.quality.telling import QualityMark
from sonnim.realtime import frames
from sonnim.routing.shapes import OfferObject, SeatObject

ResetReason = Literal["first", "epoch", "too_many", "rights"]
ErrorCode = Literal[
    "invalid",
    "too_large",
    "unauthenticated",
    "forbidden",
    "not_found",
    "conflict",
    "text_invalid",
    "attachments_invalid",
    "throttled",
    "unavailable",
    "storage_full",
    "blocked",
]


class PublicCollections(TypedDict, total=False):
    """What shoppers keep, by id."""

    conversations: dict[str, PublicConversation]
    entries: dict[str, EntryObject]
    agents: dict[str, PublicAgent]


class DeskCollections(TypedDict, total=False):
    """What agents keep, by id; drafts and checklists by the id of their conversation."""

    conversations: dict[str, ConversationObject]
    entries: dict[str, EntryObject]
    contacts: dict[str, ContactObject]
    agents: dict[str, AgentObject]
    teams: dict[str, TeamObject]
    drafts: dict[str, DraftObject]
    scheduled: dict[str, ScheduledObject]
    canned_responses: dict[str, CannedObject]
    plans: dict[str, PlanMark]
    counts: dict[str, CountObject]
    views: dict[str, ViewObject]
    tags: dict[str, TagObject]
    bulks: dict[str, BulkObject]
    mentions: dict[str, MentionObject]
    notifications: dict[str, NotificationObject]
    checklists: dict[str, ChecklistObject]
    promises: dict[str, PromiseObject]
    questions: dict[str, QuestionObject]
    seats: dict[str, SeatObject]
    offers: dict[str, OfferObject]
    shops: dict[str, ShopObject]
    quality: dict[str, QualityMark]
    quiets: dict[str, QuietObject]


class DeskChange(TypedDict):
    """What only agents are told."""

    put: NotRequired[DeskCollections]
    drop: NotRequired[dict[str, list[int]]]


class HelloFrame(TypedDict):
    """The first frame of every socket."""

    t: Literal["hello"]
    heartbeat: int
    version: int


class EventFrame(TypedDict):
    """One event of the log; `prev` is the position of the one before it that this reader could see."""

    t: Literal["event"]
    pos: int
    prev: int
    type: str
    conversation: int | None
    at: datetime
    put: NotRequired[PublicCollections]
    drop: NotRequired[dict[str, list[int]]]
    desk: NotRequired[DeskChange]


class ResumedFrame(TypedDict):
    """Everything up to `pos` has been sent."""

    t: Literal["resumed"]
    epoch: str
    pos: int


class ResetFrame(TypedDict):
    """Read the snapshot, then resume from its position."""

    t: Literal["reset"]
    epoch: str
    reason: ResetReason


class EpochFrame(TypedDict):
    """The log goes on under another name; the client's position stays as it is."""

    t: Literal["epoch"]
    epoch: str


class ErrorFrame(TypedDict):
    """A refusal; the socket stays."""

    t: Literal["error"]
    code: ErrorCode
    message: str
    ref: str
    client_id: str | None
    retry_after: float | None


class Author(TypedDict):
    """Who."""

    kind: Literal["contact", "agent", "system"]
    id: int


class TypingFrame(TypedDict):
    """Somebody writes; void after 6 s without repeat. `text` is what, for agents of a shop that shows it."""

    t: Literal["typing"]
    conversation: int
    author: Author
    on: bool
    text: NotRequired[str]


class ViewersFrame(TypedDict):
    """Which agents have which of the watched conversations before their eyes: what changed; all of it after `watch`."""

    t: Literal["viewers"]
    conversations: dict[str, list[int]]


class ContactPresence(TypedDict):
    """Whether a shopper is on the store's pages, and on which."""

    online: bool
    page: frames.Page | None


class PresenceFrame(TypedDict):
    """Who is there: what changed; all of it right after `resumed`."""

    t: Literal["presence"]
    agents: dict[str, Literal["online", "away", "offline"]]
    contacts: dict[str, ContactPresence]


class RevokeFrame(TypedDict):
    """The right to listen has ended; the socket closes."""

    t: Literal["revoke"]
    why: Literal["removed", "role", "signed_out"]


class DrainFrame(TypedDict):
    """The server goes away; come back within so many seconds, each at a moment of its own."""

    t: Literal["drain"]
    retry_after: float


class PongFrame(TypedDict):
    """I am here."""

    t: Literal["pong"]


SERVER_FRAMES = {
    "HelloFrame": HelloFrame,
    "EventFrame": EventFrame,
    "ResumedFrame": ResumedFrame,
    "ResetFrame": ResetFrame,
    "EpochFrame": EpochFrame,
    "AckFrame": frames.AckFrame,
    "ErrorFrame": ErrorFrame,
    "TypingFrame": TypingFrame,
    "ViewersFrame": ViewersFrame,
    "PresenceFrame": PresenceFrame,
    "RevokeFrame": RevokeFrame,
    "DrainFrame": DrainFrame,
    "PongFrame": PongFrame,
}
CLIENT_FRAMES = {
    f"{kind.__name__}Frame": kind
    for kind in (
        frames.Resume,
        frames.Send,
        frames.Typing,
        frames.Seen,
        frames.Watch,
        frames.LookAt,
        frames.Active,
        frames.Ping,
    )
}


def frame_components() -> dict[str, Any]:
    """All frames as OpenAPI components: `Client…`, `Server…`, and the unions `ClientFrame` and `ServerFrame`."""
    found: dict[str, Any] = {}
    for side, kinds in (("Client", CLIENT_FRAMES), ("Server", SERVER_FRAMES)):
        schemas, parts = msgspec.json.schema_components(
            list(kinds.values()), ref_template="#/components/schemas/{name}"
        )
        found |= parts
        for name, schema in zip(kinds, schemas, strict=True):
            own = schema["$ref"].rsplit("/", 1)[-1] if "$ref" in schema else None
            found[f"{side}{name}"] = found.pop(own) if own and own != f"{side}{name}" else schema
        found[f"{side}Frame"] = {"anyOf": [{"$ref": f"#/components/schemas/{side}{name}"} for name in kinds]}
    return found
