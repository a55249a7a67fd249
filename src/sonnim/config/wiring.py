"""Who reacts to what: the whole table of upward reactions. Each runs after the commit that it reacts to.

Events reach the live side through `realtime.node` (all of them, in order). Side effects are rows of the outbox, written
in the transaction; OUTBOX names who performs each kind. CLOCK names what falls due with time.
"""

from collections.abc import Callable
from typing import Any

from sonnim.accounts.mail import deliver_mail
from sonnim.channels import presence
from sonnim.conversations.actions import forget_strangers, wake_snoozed
from sonnim.conversations.files import remove_orphans
from sonnim.conversations.release import release_agent, release_team
from sonnim.eventlog import outbox
from sonnim.eventlog.actions import forget_old_events
from sonnim.realtime import node

# kind of outbox row → who performs it; raising OutboxError says whether trying again makes sense.
OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {
    "mail": deliver_mail,
    "agent.removed": release_agent,
    "team.deleted": release_team,
}

# what falls due with time → every how many seconds it is looked at.
CLOCK: dict[Callable[[], object], float] = {
    wake_snoozed: 1,
    outbox.deliver_due: 1,
    remove_orphans: 3600,
    forget_strangers: 3600,
    forget_old_events: 3600,
}


def connect() -> None:
    """Put the table into force; called once in a process that serves."""
    outbox.HANDLERS.update(OUTBOX)
    presence.provide(node.agents_online)
