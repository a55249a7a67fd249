"""Conversations of an agent or a team that is no more become nobody's, so that somebody sees them wait."""

from typing import Any

from django.db.models import Q

from sonnim.accounts.models import Agent, Team
from sonnim.conversations.change import Change
from sonnim.conversations.models import Conversation
from sonnim.conversations.state import State
from sonnim.eventlog import log

BATCH = 100


def release_agent(payload: dict[str, Any]) -> None:
    """Outbox handler of `agent.removed`: take what is not settled from the agent. Safe to repeat."""
    agent_id = payload["agent_id"]
    held = Q(assignee_id=agent_id) & ~Q(status="resolved")
    _release(payload["shop_id"], held, assignee_id=agent_id)


def release_team(payload: dict[str, Any]) -> None:
    """Outbox handler of `team.deleted`: take everything from the team. Safe to repeat."""
    _release(payload["shop_id"], Q(team_id=payload["team_id"]), team_id=payload["team_id"])


def release_if_gone(about: State) -> None:
    """Let go of a conversation that comes back to an agent who has left, or a team that is no more."""
    about.assignee_id, about.team_id = living(about.assignee_id, about.team_id)


def living(agent_id: int | None, team_id: int | None) -> tuple[int | None, int | None]:
    """These two, None in the place of whichever is no more."""
    if agent_id is not None and not Agent.objects.filter(pk=agent_id, removed_at=None).exists():
        agent_id = None
    if team_id is not None and not Team.objects.filter(pk=team_id, removed_at=None).exists():
        team_id = None
    return agent_id, team_id


def _release(shop_id: int, held: Q, *, assignee_id: int | None = None, team_id: int | None = None) -> None:
    while ids := list(Conversation.objects.filter(held, shop_id=shop_id).values_list("id", flat=True)[:BATCH]):
        with log.unit(shop_id) as work, Change(work, expected_entries=len(ids)) as change:
            change.load(ids)
            for conversation_id in ids:
                _release_one(change, change.get(shop_id, conversation_id), assignee_id, team_id)


def _release_one(change: Change, about: State, assignee_id: int | None, team_id: int | None) -> None:
    was, team_was = about.assignee_id, about.team_id
    if assignee_id is not None and was == assignee_id:
        about.assignee_id = None
    if team_id is not None and about.team_id == team_id:
        about.team_id = None
    if (about.assignee_id, about.team_id) == (was, team_was):
        return  # somebody else has taken it since the list was read
    data = {"what": "assigned", "agent_id": about.assignee_id, "from_agent_id": was, "team_id": about.team_id}
    change.record(about, "conversation.assigned", entries=[change.entry(about, "event", data=data)], public=True)
