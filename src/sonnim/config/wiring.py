"""Who reacts to what: the table of upward reactions. Each runs after the commit that it reacts to, but for what attends
the change itself (conversations/attending.py): the clocks of promises, the rules of automation.

Events reach the live side through `realtime.node` (all of them, in order). Side effects are rows of the outbox, written
in the transaction; OUTBOX names who performs each kind. CLOCK names what falls due with time. What a domain or a
channel has to do stands in its module `duties`, in tables of the same names.
"""

from collections.abc import Callable
from typing import Any

from sonnim.accounts import duties as accounts
from sonnim.automation import duties as automation
from sonnim.channels import duties as channels
from sonnim.channels import presence, registry
from sonnim.coaching import duties as coaching
from sonnim.coaching import pages
from sonnim.conversations import duties as conversations
from sonnim.eventlog import log, outbox
from sonnim.eventlog.actions import forget_failed_side_effects, forget_old_events
from sonnim.notifications import duties as notifications
from sonnim.notifications import presence as desk_presence
from sonnim.plan import duties as plan
from sonnim.plan.document import channels as plan_channels
from sonnim.quality import duties as quality
from sonnim.realtime import node
from sonnim.routing import duties as routing
from sonnim.routing import presence as lines
from sonnim.routing.router import router

# kind of outbox row → who performs it; raising OutboxError says whether trying again makes sense.
OUTBOX: dict[str, Callable[[dict[str, Any]], None]] = {}
# kind of outbox row → who is told when it failed for good, and how often it is tried where that is not 12 times.
GIVEN_UP: dict[str, Callable[[dict[str, Any], str], None]] = {}
PATIENCE: dict[str, int] = {}
# what falls due with time → every how many seconds it is looked at.
CLOCK: dict[Callable[[], object], float] = {forget_old_events: 3600, forget_failed_side_effects: 3600}

for _duties in (
    accounts,
    conversations,
    plan,
    notifications,
    automation,
    coaching,
    routing,
    quality,
    channels,
    *registry.duties(),
):
    OUTBOX |= _duties.OUTBOX
    GIVEN_UP |= getattr(_duties, "GIVEN_UP", {})
    PATIENCE |= getattr(_duties, "PATIENCE", {})
    CLOCK |= _duties.CLOCK

# the same, of what is promised to the second: nothing else may come before it.
TIMERS: dict[Callable[[], object], float] = dict(plan.TIMERS)
# the same, of what waits for machines elsewhere: a push service that hangs must hold up nobody's held message.
ERRANDS: dict[Callable[[], object], float] = {outbox.Couriers().look: 0.5}
# the same, of what has come and waits to be read: a letter that takes long holds up nobody who is answered.
ARRIVALS: dict[Callable[[], object], float] = dict(channels.ARRIVALS)


def connect() -> None:
    """Put the table into force; called once in a process that serves."""
    outbox.HANDLERS.update(OUTBOX)
    outbox.GIVEN_UP.update(GIVEN_UP)
    outbox.PATIENCE.update(PATIENCE)
    presence.provide(node.agents_online)
    desk_presence.provide(node.agents_online)
    pages.provide(node.page_of)
    plan_channels.provide({kind: channel.names for kind, channel in registry.CHANNELS.items()})
    lines.provide(node.agent_lines)
    log.on_commit(router.committed)
