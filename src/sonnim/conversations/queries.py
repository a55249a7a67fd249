"""Reads of conversations: raw rows and keyset pages, since these are the desk's hottest requests."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from sonnim.contacts.shapes import CONTACT_COLUMNS, ContactObject, contact_from_row
from sonnim.conversations.models import Attachment, Draft
from sonnim.conversations.shapes import (
    ENTRY_COLUMNS,
    DraftObject,
    draft_object,
    entry_object,
)
from sonnim.conversations.state import COLUMNS, State
from sonnim.kernel import sql
from sonnim.kernel.errors import Invalid, NotFound

QUEUES = ("waiting", "unassigned", "mine", "all", "snoozed", "resolved")
MAX_PAGE = 100
_CONTACT_FIELDS = ", ".join(f"k.{name}" for name in CONTACT_COLUMNS)
_CONDITIONS = {
    "waiting": "c.shop_id = %(shop)s AND c.status = 'open' AND c.rank < 5000000000000",
    "unassigned": "c.shop_id = %(shop)s AND c.status = 'open' AND c.assignee_id IS NULL",
    "mine": "c.assignee_id = %(agent)s AND c.shop_id = %(shop)s AND c.status = 'open'",
    "all": "c.shop_id = %(shop)s AND c.status = 'open'",
    "snoozed": "c.shop_id = %(shop)s AND c.status = 'snoozed'",
    "resolved": "c.shop_id = %(shop)s AND c.status = 'resolved'",
}


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of a queue: states, the contacts they are with (as rows of names and values), the next cursor."""

    states: list[State]
    contacts: list[ContactObject]
    next: str | None


def _page_of(queue: str, *, after: bool) -> str:
    """Where a page's rows come from: its ids by one range of one index, then the rows themselves."""
    beyond = " AND (c.rank, c.id) > (%(rank)s, %(id)s)" if after else ""
    return (
        "FROM (SELECT c.id AS wanted FROM conversations_conversation c "  # noqa: S608
        f"WHERE {_CONDITIONS[queue]}{beyond} ORDER BY c.rank, c.id LIMIT %(limit)s) page "
        "JOIN conversations_conversation c ON c.id = page.wanted JOIN contacts_contact k ON k.id = c.contact_id"
    )


def queue_page(*, shop_id: int, agent_id: int, queue: str, limit: int = 50, cursor: str | None = None) -> QueuePage:
    """A page of a queue, in the queue's order.

    Raises:
        Invalid: no such queue, limit or cursor.
    """
    if queue not in QUEUES:
        raise Invalid(f"There is no queue {queue!r}.", fields={"queue": "unknown"})
    if not 1 <= limit <= MAX_PAGE:
        raise Invalid(f"A page has 1 to {MAX_PAGE} rows.", fields={"limit": "out of range"})
    rank, identity = _read_cursor(cursor) if cursor else (0, 0)
    parameters = {"shop": shop_id, "agent": agent_id, "rank": rank, "id": identity, "limit": limit + 1}
    with connection.cursor() as database:
        columns = f"{COLUMNS}, {_CONTACT_FIELDS}"
        rows = sql.select_rows(database, columns, _page_of(queue, after=bool(cursor)), parameters)
    found = sorted(((State(*row[:21]), row) for row in rows), key=lambda pair: (pair[0].rank, pair[0].id))
    states = [state for state, _ in found[:limit]]
    contacts = {row[21]: contact_from_row(tuple(row[21:])) for _, row in found[:limit]}
    following = cursor_after(states[-1].rank, states[-1].id) if len(rows) > limit else None
    return QueuePage(states, list(contacts.values()), following)


def cursor_after(rank: int, identity: int) -> str:
    """The cursor of the page that begins after this conversation."""
    return base64.urlsafe_b64encode(f"{rank}.{identity}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> tuple[int, int]:
    try:
        rank, identity = base64.urlsafe_b64decode(cursor[:64] + "==").decode("ascii").split(".")
        found = int(rank), int(identity)
    except (ValueError, binascii.Error):
        raise Invalid("This page address is not valid; start from the first page.", fields={"cursor": "bad"}) from None
    if max(found) >= 2**62 or min(found) < 0:
        raise Invalid("This page address is not valid; start from the first page.", fields={"cursor": "bad"})
    return found


def counts(*, shop_id: int, agent_id: int) -> dict[str, int]:
    """How many conversations each queue holds for this agent, from the kept counts."""
    with connection.cursor() as database:
        database.execute("SELECT key, n FROM conversations_tally WHERE shop_id = %s", [shop_id])
        kept = dict(database.fetchall())
    keys = {queue: f"mine:{agent_id}" if queue == "mine" else queue for queue in QUEUES}
    return {queue: kept.get(key, 0) for queue, key in keys.items()}


def conversation_state(*, shop_id: int, conversation_id: int, contact_id: int | None = None) -> State:
    """One conversation of this shop (and of this contact, when named).

    Raises:
        NotFound: it does not exist or is somebody else's.
    """
    with connection.cursor() as database:
        database.execute(
            f"SELECT {COLUMNS} FROM conversations_conversation c WHERE c.id = %s AND c.shop_id = %s",  # noqa: S608
            [conversation_id, shop_id],
        )
        row = database.fetchone()
    if row is None or (contact_id is not None and row[2] != contact_id):
        raise NotFound("There is no such conversation.")
    return State(*row)


def conversations_of(*, shop_id: int, contact_id: int, limit: int = 20) -> list[State]:
    """A contact's newest conversations."""
    with connection.cursor() as database:
        database.execute(
            f"SELECT {COLUMNS} FROM conversations_conversation c WHERE c.contact_id = %s AND c.shop_id = %s "  # noqa: S608
            "ORDER BY c.id DESC LIMIT %s",
            [contact_id, shop_id, limit],
        )
        return [State(*row) for row in database.fetchall()]


def entries(
    *, conversation_id: int, before: int | None = None, limit: int = 50, public: bool = False
) -> tuple[list[dict[str, Any]], int | None]:
    """The newest entries before a seq, oldest first, and the seq to go on from (None at the beginning).

    Args:
        public: only what the shopper may see. The caller has checked that the conversation is the reader's.
    """
    hidden = " AND public" if public else ""
    upto = before if before is not None else 2**31 - 1
    with connection.cursor() as database:
        database.execute(
            f"SELECT {ENTRY_COLUMNS} FROM conversations_entry WHERE conversation_id = %s AND seq < %s{hidden} "  # noqa: S608
            "ORDER BY seq DESC LIMIT %s",
            [conversation_id, upto, min(max(limit, 1), MAX_PAGE) + 1],
        )
        rows = database.fetchall()
    page = rows[: min(max(limit, 1), MAX_PAGE)]
    following = page[-1][2] if len(rows) > len(page) else None
    return [entry_object(row) for row in reversed(page)], following


def draft_of(*, agent_id: int, conversation_id: int) -> DraftObject | None:
    """An agent's draft in one conversation."""
    found = Draft.objects.filter(agent_id=agent_id, conversation_id=conversation_id).first()
    return _with_files([found])[0] if found else None


def drafts_of(*, shop_id: int, agent_id: int) -> list[DraftObject]:
    """Every draft of an agent, newest first, at most 200."""
    return _with_files(list(Draft.objects.filter(shop_id=shop_id, agent_id=agent_id).order_by("-updated_at")[:200]))


def _with_files(drafts: list[Draft]) -> list[DraftObject]:
    files = Attachment.objects.in_bulk({identity for draft in drafts for identity in draft.attachments})
    return [
        draft_object(draft, [files[identity] for identity in draft.attachments if identity in files])
        for draft in drafts
    ]


def contacts_of(*, shop_id: int, conversation_ids: Sequence[int]) -> dict[int, int]:
    """Conversation → contact for those of these that are the shop's."""
    with connection.cursor() as database:
        database.execute(
            f"SELECT id, contact_id FROM conversations_conversation WHERE {sql.among('id')} AND shop_id = %s",  # noqa: S608
            [sql.many(conversation_ids), shop_id],
        )
        return dict(database.fetchall())
