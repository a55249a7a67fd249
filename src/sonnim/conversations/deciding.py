"""Who may decide a question; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from sonnim.accounts.permissions import Role, outranks

DECIDERS = (Role.LEAD, Role.ADMIN, Role.OWNER)


@dataclass(frozen=True, slots=True)
class Whom:
    """One agent, or whoever holds a role or a higher one; nobody with neither."""

    agent_id: int | None = None
    role: str = ""


def awaits(*, agent_id: int, role: str, whom: Whom) -> bool:
    """Whether a question waits for this agent: asked by name, or of the agent's role or a lower one."""
    if whom.agent_id is not None:
        return whom.agent_id == agent_id
    return bool(whom.role) and (role == whom.role or outranks(role, whom.role))


def may_answer(*, agent_id: int, role: str, asked: Sequence[Whom]) -> bool:
    """Whether this agent may decide: whoever it waits for, and admins and owners when they do not."""
    if any(awaits(agent_id=agent_id, role=role, whom=each) for each in asked):
        return True
    return role in {Role.ADMIN, Role.OWNER}
