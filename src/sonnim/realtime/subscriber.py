"""Who is on a line, and what they missed: the questions of `resume`, answered from the database."""

import json
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from sonnim.accounts import callers
from sonnim.accounts.models import Agent
from sonnim.accounts.permissions import Permission, permissions_of
from sonnim.accounts.sessions import SessionStore, public_id
from sonnim.contacts.queries import visitor_by_token
from sonnim.conversations.talks import talk_of
from sonnim.eventlog import queries
from sonnim.eventlog.log import LoggedEvent
from sonnim.kernel.errors import NotFound, Unauthenticated
from sonnim.realtime.frames import Resume

RIGHTS_CHANGED = frozenset({"agent.role_changed", "shop.roles_changed"})


@dataclass(frozen=True, slots=True)
class Subscriber:
    """An agent or a visitor whom the server has recognised."""

    shop_id: int
    agent_id: int | None = None
    contact_id: int | None = None
    permissions: frozenset[Permission] = frozenset()
    session: str = ""
    locale: str = "en"
    conversation: int | None = None


@dataclass(frozen=True, slots=True)
class Missed:
    """What happened since a client's position, or why that cannot be replayed."""

    epoch: str
    events: list[LoggedEvent]
    reset: str | None = None


def recognise(wanted: Resume, session_key: str | None) -> Subscriber:
    """Who sends this `resume`.

    Args:
        session_key: from the cookie, when the handshake came from our own origin.

    Raises:
        Unauthenticated: nobody we know.
        NotFound: the shop is not this agent's.
    """
    if wanted.as_ == "visitor":
        contact = visitor_by_token(wanted.token)
        if contact is None or contact.blocked:
            raise Unauthenticated("This visitor token is not valid.")
        talk = talk_of(shop_id=contact.shop_id, contact_id=contact.pk)
        return Subscriber(
            contact.shop_id,
            contact_id=contact.pk,
            locale=contact.locale,
            conversation=talk.current.id if talk else None,
        )
    if wanted.shop is None or not 0 < wanted.shop < 2**53:
        raise NotFound("Name the shop.")
    if wanted.token is not None:
        agent = callers.agent_by_token(wanted.token)
        if agent.shop_id != wanted.shop:
            raise NotFound("There is no such shop.")
        return Subscriber(
            agent.shop_id, agent_id=agent.pk, permissions=_permissions(agent), session=public_id(wanted.token)
        )
    if session_key is None:
        raise Unauthenticated
    session: SessionBase = SessionStore(session_key)
    found = callers.agent_by_session(session, shop_id=wanted.shop)
    if found is None:
        raise Unauthenticated
    return Subscriber(found.shop_id, agent_id=found.pk, permissions=_permissions(found), session=public_id(session_key))


def _permissions(agent: Agent) -> frozenset[Permission]:
    """As of now; a line whose agent may do more or less afterwards is revoked and comes back."""
    return permissions_of(agent.role, agent.shop.role_permissions)


def missed(who: Subscriber, wanted: Resume, upto: int) -> Missed:
    """What this subscriber missed after its position, up to the stream's."""
    head = queries.head(who.shop_id)
    if head is None:
        raise NotFound("There is no such shop.")
    if wanted.epoch is None or wanted.pos is None:
        return Missed(head.epoch, [], "first")
    same = wanted.epoch == head.epoch or queries.leads_here(who.shop_id, wanted.epoch, wanted.pos)
    if not same or not 0 <= wanted.pos <= head.pos:
        return Missed(head.epoch, [], "epoch")
    if who.agent_id is not None:
        events = queries.missed_by_agent(who.shop_id, who.agent_id, wanted.pos, upto)
    else:
        events = queries.missed_by_contact(who.shop_id, who.contact_id or 0, wanted.pos, upto)
    if events is None:
        return Missed(head.epoch, [], "too_many")
    if any(_changes_rights(event, who.agent_id) for event in events):
        return Missed(head.epoch, [], "rights")
    return Missed(head.epoch, events)


def _changes_rights(event: LoggedEvent, agent_id: int | None) -> bool:
    """Whether what this agent may do changed while they were away; the snapshot tells it, and no event does."""
    if event.type not in RIGHTS_CHANGED:
        return False
    return str(agent_id) in json.loads(event.desk or "{}").get("put", {}).get("agents", {})
