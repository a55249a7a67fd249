"""Who is on a line, and what they missed: the questions of `resume`, answered from the database."""

from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase

from sonnim.accounts import callers
from sonnim.accounts.sessions import SessionStore, public_id
from sonnim.contacts.queries import visitor_by_token
from sonnim.conversations.queries import conversations_of
from sonnim.eventlog import queries
from sonnim.eventlog.log import LoggedEvent
from sonnim.kernel.errors import NotFound, Unauthenticated
from sonnim.realtime.frames import Resume


@dataclass(frozen=True, slots=True)
class Subscriber:
    """An agent or a visitor whom the server has recognised."""

    shop_id: int
    agent_id: int | None = None
    contact_id: int | None = None
    role: str = ""
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
        latest = conversations_of(shop_id=contact.shop_id, contact_id=contact.pk, limit=1)
        return Subscriber(
            contact.shop_id,
            contact_id=contact.pk,
            locale=contact.locale,
            conversation=latest[0].id if latest else None,
        )
    if wanted.shop is None or not 0 < wanted.shop < 2**53:
        raise NotFound("Name the shop.")
    if wanted.token is not None:
        agent = callers.agent_by_token(wanted.token)
        if agent.shop_id != wanted.shop:
            raise NotFound("There is no such shop.")
        return Subscriber(agent.shop_id, agent_id=agent.pk, role=agent.role, session=public_id(wanted.token))
    if session_key is None:
        raise Unauthenticated
    session: SessionBase = SessionStore(session_key)
    found = callers.agent_by_session(session, shop_id=wanted.shop)
    if found is None:
        raise Unauthenticated
    return Subscriber(found.shop_id, agent_id=found.pk, role=found.role, session=public_id(session_key))


def missed(who: Subscriber, wanted: Resume, upto: int) -> Missed:
    """What this subscriber missed after its position, up to the stream's."""
    head = queries.head(who.shop_id)
    if head is None:
        raise NotFound("There is no such shop.")
    if wanted.epoch is None or wanted.pos is None:
        return Missed(head.epoch, [], "first")
    if wanted.epoch != head.epoch or not 0 <= wanted.pos <= head.pos:
        return Missed(head.epoch, [], "epoch")
    if who.agent_id is not None:
        events = queries.missed_by_agent(who.shop_id, who.agent_id, wanted.pos, upto)
    else:
        events = queries.missed_by_contact(who.shop_id, who.contact_id or 0, wanted.pos, upto)
    if events is None:
        return Missed(head.epoch, [], "too_many")
    return Missed(head.epoch, events)
