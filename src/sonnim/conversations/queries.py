"""Reads of a conversation: its row, its timeline, its drafts. Queues are in `queues`, views in `finding`."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from msgspec import Raw

from sonnim.conversations import reach
from sonnim.conversations.models import Attachment, Draft, Entry, Revision
from sonnim.conversations.shapes import (
    ENTRY_COLUMNS,
    DraftObject,
    draft_object,
    entry_object,
)
from sonnim.conversations.state import COLUMNS, State, from_columns
from sonnim.kernel import sql
from sonnim.kernel.errors import NotFound

MAX_PAGE = 100


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
    return from_columns(row)


def conversations_of(
    *, shop_id: int, contact_id: int, limit: int = 20, before: int | None = None, live: bool = False
) -> list[State]:
    """A contact's newest conversations; of those before an id, if one is given.

    Args:
        live: without those on channels whose shoppers are elsewhere.
    """
    elsewhere = reach.carried() if live else ()
    among = f" AND c.channel NOT IN ({', '.join(['%s'] * len(elsewhere))})" if elsewhere else ""
    with connection.cursor() as database:
        database.execute(
            f"SELECT {COLUMNS} FROM conversations_conversation c WHERE c.contact_id = %s AND c.shop_id = %s "  # noqa: S608
            f"AND c.id < %s{among} ORDER BY c.id DESC LIMIT %s",
            [contact_id, shop_id, before or 2**62, *elsewhere, limit],
        )
        return [from_columns(row) for row in database.fetchall()]


def conversations_among(*, shop_id: int, conversation_ids: Sequence[int]) -> list[State]:
    """Those of these conversations that are the shop's."""
    if not conversation_ids:
        return []
    with connection.cursor() as database:
        database.execute(
            f"SELECT {COLUMNS} FROM conversations_conversation c WHERE {sql.among('c.id')} AND c.shop_id = %s "  # noqa: S608
            "ORDER BY c.id",
            [sql.many(conversation_ids), shop_id],
        )
        return [from_columns(row) for row in database.fetchall()]


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


def seq_at(*, conversation_id: int, last_seq: int, at: int) -> int | None:
    """The first entry at or after a moment; found by halving, since entries stand in the order of time.

    Args:
        at: milliseconds since 1970.
    """
    low, high = 1, last_seq + 1
    with connection.cursor() as database:
        while low < high:
            middle = (low + high) // 2
            database.execute(
                "SELECT at FROM conversations_entry WHERE conversation_id = %s AND seq = %s", [conversation_id, middle]
            )
            row = database.fetchone()
            if row is not None and row[0] < at:
                low = middle + 1
            else:
                high = middle
    return low if low <= last_seq else None


def entry_kind(*, shop_id: int, conversation_id: int, seq: int) -> str:
    """Whether a message, a note or an event stands there.

    Raises:
        NotFound: none of this shop's.
    """
    kept = Entry.objects.filter(conversation_id=conversation_id, shop_id=shop_id, seq=min(seq, 2**31 - 1))
    kind = kept.values_list("kind", flat=True).first()
    if kind is None:
        raise NotFound("There is no such message.")
    return kind


def revisions(*, shop_id: int, conversation_id: int, seq: int) -> list[dict[str, Any]]:
    """The former wordings of an entry, oldest first.

    Raises:
        NotFound: there is no such entry in this shop.
    """
    entry_kind(shop_id=shop_id, conversation_id=conversation_id, seq=seq)
    kept = Revision.objects.filter(entry__conversation_id=conversation_id, entry__seq=seq).order_by("n")
    return [
        {"n": each.n, "text": each.text, "data": Raw(each.data.encode()), "by_id": each.by_id, "at": each.at}
        for each in kept
    ]


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
