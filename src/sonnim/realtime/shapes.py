"""The snapshot as clients see it."""

from typing import Any, Literal

from typing_extensions import TypedDict

from sonnim.accounts.shapes import AgentObject, ShopObject, TeamObject
from sonnim.contacts.tags import TagObject
from sonnim.conversations.bulk import BulkObject
from sonnim.conversations.later.shapes import ScheduledObject
from sonnim.conversations.schemas import Counts
from sonnim.conversations.shapes import CountObject, DraftObject
from sonnim.conversations.together import MentionObject, QuestionObject
from sonnim.conversations.views import ViewObject
from sonnim.notifications.shapes import NotificationObject
from sonnim.plan.promises.shapes import PromiseObject
from sonnim.routing.shapes import OfferObject, SeatObject


class MyPlace(TypedDict):
    """The asking agent."""

    agent: AgentObject
    permissions: list[str]


class PresenceObject(TypedDict):
    """Who is there: agent id → online, away or offline; contact id → whether and where."""

    agents: dict[str, str]
    contacts: dict[str, Any]


class ChannelObject(TypedDict):
    """What the console must know of a channel."""

    kind: str
    names: dict[str, str]
    icon: str
    max_text: int
    max_files: int
    typing: bool
    read_receipts: bool
    letters: bool
    live: bool
    rich: Literal["none", "basic"]


class Snapshot(TypedDict):
    """The state of a shop's desk as of (epoch, pos)."""

    epoch: str
    pos: int
    shop: ShopObject
    me: MyPlace
    agents: list[AgentObject]
    teams: list[TeamObject]
    drafts: list[DraftObject]
    scheduled: list[ScheduledObject]
    tallies: list[CountObject]
    views: list[ViewObject]
    tags: list[TagObject]
    bulks: list[BulkObject]
    mentions: list[MentionObject]
    notifications: list[NotificationObject]
    promises: list[PromiseObject]
    questions: list[QuestionObject]
    seats: list[SeatObject]
    offers: list[OfferObject]
    counts: Counts
    presence: PresenceObject
    channels: list[ChannelObject]
