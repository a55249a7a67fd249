"""The bulk writer of timelines: every change to a conversation, single or in a batch of hundreds, goes through here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Self

import msgspec
from django.db import connection

from sonnim.conversations import rules, shapes, state
from sonnim.conversations.state import State
from sonnim.eventlog.log import Unit
from sonnim.kernel import sql
from sonnim.kernel.errors import NotFound

_json = msgspec.json.Encoder()
_ENTRY_COLUMNS = {
    "id": "bigint",
    "conversation_id": "bigint",
    "seq": "integer",
    "kind": "text",
    "author_kind": "text",
    "author_id": "bigint",
    "client_id": "text",
    "text": "text",
    "attachments": "text",
    "data": "text",
    "at": "bigint",
    "shop_id": "bigint",
    "digest": "text",
    "public": "boolean",
}
EntryRow = tuple[Any, ...]
_SHOWN = 11  # the leading columns, which are shapes.ENTRY_COLUMNS
_PUBLIC = list(_ENTRY_COLUMNS).index("public")


class Change:
    """Collects what happens to conversations within one unit and writes it in a handful of statements.

    Use as a context manager inside `eventlog.unit`; the writing happens at the end. `record` must be called in the
    order in which things happened, since each call takes the next position of the log.
    """

    def __init__(self, work: Unit, *, expected_entries: int = 1) -> None:
        self._work = work
        self._expected = expected_entries
        self._states: dict[int, State] = {}
        self._touched: dict[int, State] = {}
        self._queues: dict[int, frozenset[str]] = {}
        self._entries: list[EntryRow] = []
        self._ids: list[int] = []
        self._tallies: dict[int, dict[str, int]] = {}
        self._tallied: dict[tuple[int, str], int] = {}
        self.cursor = connection.cursor()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._flush()
        finally:
            self.cursor.close()

    def load(self, ids: Iterable[int]) -> None:
        """Read these conversations once, for `get`."""
        self._remember(state.load(self.cursor, ids).values())

    def load_latest(self, contacts: Iterable[int], channel: str) -> dict[int, State]:
        """Read each contact's newest conversation on a channel; answers contact → state."""
        found = state.latest_of_contacts(self.cursor, contacts, channel)
        self._remember(found.values())
        return {contact: self._states[each.id] for contact, each in found.items()}

    def get(self, shop_id: int, conversation_id: int) -> State:
        """A loaded conversation of this shop.

        Raises:
            NotFound: it does not exist or is another shop's.
        """
        found = self._states.get(conversation_id)
        if found is None or found.shop_id != shop_id:
            raise NotFound("There is no such conversation.")
        return found

    def open(self, *, shop_id: int, contact_id: int, channel: str, locale: str) -> State:
        """Begin a conversation."""
        at = self._work.at
        self.cursor.execute(
            "INSERT INTO conversations_conversation (shop_id, contact_id, channel, locale, subject, created_at, status,"
            " last_seq, rank, last_at, last_text, last_by, contact_seen_seq, desk_seen_seq, v)"
            " VALUES (%s, %s, %s, %s, '', %s, 'open', 0, 0, %s, '', '', 0, 0, 0) RETURNING id",
            [shop_id, contact_id, channel, locale, at, at],
        )
        identity = self.cursor.fetchone()[0]
        begun = State(
            identity, shop_id, contact_id, channel, locale, "", at,
            "open", None, None, 0, None, None, 0, at, "", "", None, 0, 0, 0,
        )  # fmt: skip
        begun.rank = rules.rank(begun)
        self._states[identity] = begun
        self._queues[identity] = frozenset()
        return begun

    def entry(
        self,
        to: State,
        kind: str,
        *,
        author: tuple[str, int | None] = ("system", None),
        text: str = "",
        client_id: str | None = None,
        digest: str = "",
        attachments: str = "[]",
        data: dict[str, Any] | None = None,
        at: int | None = None,
        public: bool = False,
    ) -> EntryRow:
        """Append a line to a timeline; pass the result to `record`."""
        to.last_seq += 1
        row = (
            self._next_id(), to.id, to.last_seq, kind, author[0], author[1], client_id, text, attachments,
            _json.encode(data).decode() if data else "{}", at or self._work.at, to.shop_id, digest, public,
        )  # fmt: skip
        self._entries.append(row)
        return row

    def record(
        self,
        about: State,
        type: str,
        *,
        entries: Sequence[EntryRow] = (),
        public: bool = False,
        desk_put: dict[str, list[Any]] | None = None,
    ) -> None:
        """Publish one event that carries the conversation's new state, the entries, and the counts that changed.

        Args:
            public: whether the shopper sees the conversation's public shape and, of the entries, the public ones.
            desk_put: further objects for agents.
        """
        shop = about.shop_id
        about.v = pos = self._work.claim(shop)
        self._touched[about.id] = about
        desk: dict[str, list[Any]] = {"conversations": [shapes.conversation_object(about)], **(desk_put or {})}
        counts = self._count(about, pos)
        if counts:
            desk["counts"] = counts
        shown: dict[str, list[Any]] | None = None
        if public:
            shown = {"conversations": [shapes.public_conversation(about)]}
        for row in entries:
            part = shown if shown is not None and row[_PUBLIC] else desk
            part.setdefault("entries", []).append(shapes.entry_object(row[:_SHOWN]))
        self._work.publish(
            shop,
            pos,
            type,
            conversation_id=about.id,
            contact_id=about.contact_id if public else None,
            put=shown,
            desk_put=desk,
        )

    def take_from(self, about: State, contact_id: int) -> None:
        """Publish that a conversation is no longer this contact's; agents keep it, in its new state."""
        about.v = pos = self._work.claim(about.shop_id)
        self._touched[about.id] = about
        self._work.publish(
            about.shop_id,
            pos,
            "conversation.moved",
            conversation_id=about.id,
            contact_id=contact_id,
            drop={"conversations": [about.id]},
            desk_put={"conversations": [shapes.conversation_object(about)]},
        )
        # A tab that did not learn of the move may have sent the same message again under its old name: known already.
        self.cursor.execute(
            "UPDATE conversations_entry SET client_id = NULL "
            "WHERE conversation_id = %s AND author_kind = 'contact' AND author_id = %s AND EXISTS ("
            "SELECT 1 FROM conversations_entry AS known WHERE known.author_kind = 'contact' AND known.author_id = %s "
            "AND known.client_id = conversations_entry.client_id AND known.client_id IS NOT NULL)",
            [about.id, contact_id, about.contact_id],
        )
        # What the browser sent and did not hear of again comes once more under its new name, and must be known there.
        self.cursor.execute(
            "UPDATE conversations_entry SET author_id = %s "
            "WHERE conversation_id = %s AND author_kind = 'contact' AND author_id = %s",
            [about.contact_id, about.id, contact_id],
        )

    def public_entries(self, about: State, *, limit: int = 50) -> list[EntryRow]:
        """A conversation's newest entries that its shopper may see, oldest first, for `record`."""
        self.cursor.execute(
            f"SELECT {', '.join(_ENTRY_COLUMNS)} FROM conversations_entry "  # noqa: S608
            "WHERE conversation_id = %s AND public ORDER BY seq DESC LIMIT %s",
            [about.id, limit],
        )
        return list(reversed(self.cursor.fetchall()))

    def _remember(self, found: Iterable[State]) -> None:
        for each in found:
            if each.id not in self._states:
                self._states[each.id] = each
                self._queues[each.id] = rules.queues(each)

    def _next_id(self) -> int:
        if not self._ids:
            self._ids = self._reserve(max(self._expected, 1))
        return self._ids.pop()

    def _reserve(self, n: int) -> list[int]:
        if not sql.is_sqlite():
            self.cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('conversations_entry', 'id')) FROM generate_series(1, %s)", [n]
            )
            return sorted((row[0] for row in self.cursor.fetchall()), reverse=True)
        # The write lock is ours until the commit, so that nobody else can take these.
        self.cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'conversations_entry'")
        row = self.cursor.fetchone()
        last = max(row[0] if row else 0, self._entries[-1][0] if self._entries else 0)
        return list(range(last + n, last, -1))

    def _count(self, about: State, pos: int) -> list[dict[str, Any]]:
        before, after = self._queues[about.id], rules.queues(about)
        if before == after:
            return []
        self._queues[about.id] = after
        tally = self._tally(about.shop_id)
        changed = []
        for key in sorted(before ^ after):
            tally[key] += 1 if key in after else -1
            self._tallied[about.shop_id, key] = pos
            changed.append({"id": key, "v": pos, "n": tally[key]})
        return changed

    def _tally(self, shop_id: int) -> dict[str, int]:
        if shop_id not in self._tallies:
            self.cursor.execute("SELECT key, n FROM conversations_tally WHERE shop_id = %s", [shop_id])
            self._tallies[shop_id] = defaultdict(int, self.cursor.fetchall())
        return self._tallies[shop_id]

    def _flush(self) -> None:
        state.save(self.cursor, self._touched.values())
        sql.insert_rows(self.cursor, "conversations_entry", _ENTRY_COLUMNS, self._entries)
        for (shop, key), pos in self._tallied.items():
            self.cursor.execute(
                "INSERT INTO conversations_tally (shop_id, key, n, v) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (shop_id, key) DO UPDATE SET n = excluded.n, v = excluded.v",
                [shop, key, self._tallies[shop][key], pos],
            )
