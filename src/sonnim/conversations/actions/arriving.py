"""What a channel's own rules do with a conversation that has just begun."""

from sonnim.accounts.models import Team
from sonnim.conversations import rules
from sonnim.conversations.actions.linking import MAX_LINKS, tie
from sonnim.conversations.change import Change
from sonnim.conversations.changing import changing
from sonnim.conversations.idlists import ids_of
from sonnim.conversations.state import State


def place_arrival(
    *, shop_id: int, conversation_id: int, team_id: int | None = None, linked_to: int | None = None, spam: str = ""
) -> None:
    """Give a new conversation to a team, link it with the one that it comes from, or put it among the spam.

    Args:
        team_id: left out when there is no such team any more.
        spam: why it is taken for spam, in the words of whoever says so; empty for all others.

    Raises:
        NotFound: one of both conversations is none of this shop's.
    """
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        if team_id is not None and Team.objects.filter(pk=team_id, shop=shop_id, removed_at=None).exists():
            about.team_id = team_id
            data = {"what": "assigned", "agent_id": about.assignee_id, "from_agent_id": None, "team_id": team_id}
            entry = change.entry(about, "event", data=data)
            change.record(about, "conversation.assigned", entries=[entry], public=True)
        if linked_to is not None:
            _link(change, shop_id, about, linked_to)
        if spam:
            rules.mark_spam(about)
            entry = change.entry(about, "event", data={"what": "spam", "why": spam[:200]})
            change.record(about, "conversation.spam", entries=[entry], public=True)


def _link(change: Change, shop_id: int, about: State, linked_to: int) -> None:
    change.load([linked_to])
    other = change.get(shop_id, linked_to)
    if other.id == about.id or len(ids_of(other.linked_ids)) >= MAX_LINKS:
        return
    tie(about=about, other=other)
    for one, two in ((about, other), (other, about)):
        entry = change.entry(one, "event", data={"what": "linked", "conversation_id": two.id})
        change.record(one, "conversation.linked", entries=[entry])
