"""The snapshot: all that a console needs to begin, as of a position of the log."""

from django.http import HttpResponse

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import ShopRouter, encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.accounts.queries import agents_of, shop_by_id, teams_of
from sonnim.accounts.shapes import agent_object, permission_names, shop_object, team_object
from sonnim.channels.registry import CHANNELS
from sonnim.contacts.tags import tags_of
from sonnim.conversations import queries, queues, together, views
from sonnim.conversations.bulk import recent_bulks
from sonnim.conversations.later.queries import scheduled_of
from sonnim.eventlog.queries import head
from sonnim.kernel.errors import NotFound
from sonnim.notifications.queries import unseen
from sonnim.plan.promises.queries import open_promises
from sonnim.realtime import node
from sonnim.realtime.shapes import ChannelObject, Snapshot
from sonnim.routing.shapes import offers_of, seats_of

router = ShopRouter(tag="snapshot")
routers = (router,)


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
            "me": {
                "agent": agent_object(caller.agent),
                "permissions": permission_names(caller.agent.role, caller.agent.shop.role_permissions),
            },
            "agents": [agent_object(agent) for agent in agents_of(caller.shop_id)],
            "teams": [team_object(team) for team in teams_of(caller.shop_id)],
            "drafts": queries.drafts_of(shop_id=caller.shop_id, agent_id=caller.agent.pk),
            "scheduled": scheduled_of(shop_id=caller.shop_id, agent_id=caller.agent.pk),
            "tallies": queues.tallies(shop_id=caller.shop_id),
            "views": views.views_for(shop_id=caller.shop_id, agent_id=caller.agent.pk),
            "tags": tags_of(caller.shop_id),
            "bulks": recent_bulks(agent_id=caller.agent.pk),
            "notifications": unseen(agent_id=caller.agent.pk),
            "mentions": together.mentions_of(shop_id=caller.shop_id, agent_id=caller.agent.pk),
            "promises": open_promises(shop_id=caller.shop_id),
            "questions": together.open_questions(shop_id=caller.shop_id),
            "counts": queues.counts(shop_id=caller.shop_id, agent_id=caller.agent.pk),
            "seats": seats_of(caller.shop_id),
            "offers": offers_of(shop_id=caller.shop_id, agent_id=caller.agent.pk),
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
        letters=channel.letters or channel.by_letter,
        live=channel.live,
        rich=channel.rich,
    )
