"""Rules that would leave a conversation as it is: they need no turn of their own, and no line in the log."""

from collections.abc import Iterable
from operator import attrgetter

from sonnim.automation import rules
from sonnim.automation.rules import Wording
from sonnim.conversations.idlists import ids_of
from sonnim.conversations.state import State

asked_of = attrgetter("priority", "tag_ids", "assignee_id", "team_id", "status")
"""What of a conversation `changes_nothing` looks at, and nothing else."""


def changes_nothing(about: State, wordings: Iterable[Wording]) -> bool:
    """Whether rules, acting in this order on a conversation as it stands, would find everything done already."""
    for wording in wordings:
        if not all(_is_so(about, action) for action in wording.then):
            return False
        if wording.stop:
            break
    return True


def _is_so(about: State, action: rules.AnyAction) -> bool:
    match action:
        case rules.Weigh(priority=priority):
            return about.priority == priority
        case rules.Tag(add=add, remove=remove):
            has = set(ids_of(about.tag_ids))
            return has.issuperset(add) and has.isdisjoint(remove)
        case rules.Assign(agent_id=agent_id, team_id=team_id):
            return agent_id in (None, about.assignee_id) and team_id in (None, about.team_id)
        case rules.Unassign(team=team_too):
            return about.assignee_id is None and not (team_too and about.team_id is not None)
        case rules.Reopen():
            return about.status == "open"
        case _:
            return False
