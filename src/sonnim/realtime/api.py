"""The snapshot: all that a console needs to begin, as of a position of the log."""

from typing import Any

from django.http import HttpResponse
from typing_extensions import TypedDict

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import ShopRouter, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.accounts.queries import agents_of, shop_by_id, teams_of
from sonnim.accounts.shapes import (
    AgentObject,
    ShopObject,
    TeamObject,
    agent_object,
    permissions_of,
    shop_object,
    team_object,
)
from sonnim.channels.registry import CHANNELS
from sonnim.conversations import queries
from sonnim.conversations.schemas import Counts
from sonnim.conversations.shapes import DraftObject
from sonnim.eventlog.queries import head
from sonnim.kernel.errors import NotFound
from sonnim.realtime import node

router = ShopRouter(tag="snapshot")
routers = (router,)


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


class Snapshot(TypedDict):
    """The state of a shop's desk as of (epoch, pos)."""

    epoch: str
    pos: int
    shop: ShopObject
    me: MyPlace
    agents: list[AgentObject]
    teams: list[TeamObject]
    drafts: list[DraftObject]
    counts: Counts
    presence: PresenceObject
    channels: list[ChannelObject]


@router.get("/snapshot", needs=P.CONVERSATION_READ, response=Snapshot)
def show_snapshot(caller: Caller) -> HttpResponse:
    """The position is read first, so that the events after it bring everything else up to date."""
    position = head(caller.shop_id)
    if position is None:
        raise NotFound
    return encoded(
        {
            "epoch": position.epoch,
            "pos": position.pos,
            "shop": shop_object(shop_by_id(caller.shop_id)),
            "me": {"agent": agent_object(caller.agent), "permissions": permissions_of(caller.agent.role)},
            "agents": [agent_object(agent) for agent in agents_of(caller.shop_id)],
            "teams": [team_object(team) for team in teams_of(caller.shop_id)],
            "drafts": queries.drafts_of(shop_id=caller.shop_id, agent_id=caller.agent.pk),
            "counts": queries.counts(shop_id=caller.shop_id, agent_id=caller.agent.pk),
            "presence": node.presence_of(caller.shop_id),
            "channels": [_channel_object(kind) for kind in CHANNELS],
        }
    )


def _channel_object(kind: str) -> ChannelObject:
    channel = CHANNELS[kind]
    return ChannelObject(
        kind=channel.kind,
        names=channel.names,
        icon=channel.icon,
        max_text=channel.max_text,
        max_files=channel.max_files,
        typing=channel.typing,
        read_receipts=channel.read_receipts,
    )
