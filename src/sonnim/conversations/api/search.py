"""The HTTP side of search: messages, the conversations that they are in, and contacts."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field

from sonnim.accounts.callers import Caller
from sonnim.accounts.http import encoded
from sonnim.accounts.permissions import Permission as P
from sonnim.contacts import search as contacts_search
from sonnim.contacts.shapes import contact_object
from sonnim.conversations import queues
from sonnim.conversations.api.router import router
from sonnim.conversations.search import asking, finding
from sonnim.conversations.search.shapes import SearchAnswer, contact_hit, message_hit
from sonnim.conversations.shapes import conversation_object
from sonnim.kernel import sql
from sonnim.kernel.clock import from_ms, to_ms
from sonnim.kernel.errors import Invalid
from sonnim.search.lookup import FOREVER

_READERS = {
    ("messages", "newest"): finding.newest,
    ("messages", "best"): finding.best,
    ("conversations", "newest"): finding.conversations,
    ("conversations", "best"): finding.best_conversations,
}


class SearchQuery(Schema):
    """What is searched for, where, and what narrows it."""

    q: str
    among: Literal["messages", "contacts", "conversations"] = Field("messages", alias="in")
    sort: Literal["newest", "best"] = "newest"
    channel: str | None = None
    since: datetime | None = Field(None, alias="from")
    until: datetime | None = Field(None, alias="to")
    assignee: str | None = None
    tag: int | None = None
    limit: int = 25
    cursor: str | None = None


@router.get("/search", needs=P.CONVERSATION_READ, response=SearchAnswer)
def search(caller: Caller, asked: Query[SearchQuery]) -> HttpResponse:
    """What holds every part of `q`: CJK from one character on, words and numbers by their beginnings.

    `assignee` is an agent's id or `none`; the filters are for messages and conversations. Quotes and operators have no
    meaning of their own.
    """
    place = asking.place_of(queues.read_cursor(asked.cursor, 3) if asked.cursor else (asking.EXACT, FOREVER, 0))
    question = asking.ask(
        shop_id=caller.shop_id, query=asked.q, filters=_filters(asked), limit=asked.limit, place=place
    )
    if asked.among == "contacts":
        caller.require(P.CONTACT_READ)
        return encoded(_contacts(question))
    page = _READERS[asked.among, asked.sort](question)
    hits = [message_hit(match, question.terms, count=page.counts.get(match.conversation_id)) for match in page.matches]
    return encoded({**_around(hits), "messages": hits, "next": page.next, "upto": _moment(page.upto)})


def _contacts(question: asking.Question) -> dict[str, Any]:
    matches, before = contacts_search.find_contacts(
        shop_id=question.shop_id, query=question.query, before=question.place.before, limit=question.limit
    )
    return {
        "messages": [],
        "hits": [contact_hit(match, question.terms) for match in matches],
        "conversations": [],
        "contacts": [contact_object(match.contact) for match in matches],
        "next": None if before is None else queues.cursor_after(asking.EXACT, before, 0),
        "upto": None,
    }


def _around(hits: list[Any]) -> dict[str, Any]:
    """The conversations that the hits are in, and the contacts of these."""
    ids = {hit["conversation_id"] for hit in hits}
    wanted = f"SELECT c.id AS wanted FROM conversations_conversation c WHERE {sql.among('c.id')}"  # noqa: S608
    states, contacts = (
        queues.read_page(wanted.replace("%s", "%(ids)s"), {"ids": sql.many(list(ids))}) if ids else ([], [])
    )
    unique = {contact["id"]: contact for contact in contacts}
    return {
        "hits": [],
        "conversations": [conversation_object(state) for state in states],
        "contacts": list(unique.values()),
    }


def _filters(asked: SearchQuery) -> asking.Filters:
    for name, moment in (("from", asked.since), ("to", asked.until)):
        if moment is not None and moment.tzinfo is None:
            raise Invalid("Say when with a time zone.", fields={name: "no time zone"})
    if asked.channel is not None and not asked.channel.isidentifier():
        raise Invalid("There is no such channel.", fields={"channel": "unknown"})
    who = asked.assignee
    if who is not None and who != "none" and not (who.isascii() and who.isdigit() and len(who) < 16):
        raise Invalid("Name an agent by id, or none.", fields={"assignee": "unknown"})
    return asking.Filters(
        channel=asked.channel,
        since=None if asked.since is None else to_ms(asked.since),
        until=None if asked.until is None else to_ms(asked.until),
        assignee_id=int(who) if who is not None and who != "none" else None,
        unassigned=who == "none",
        tag_id=asked.tag if asked.tag is None or 0 < asked.tag < 2**53 else 0,
    )


def _moment(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)
