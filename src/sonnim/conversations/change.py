"""The bulk writer of timelines: every change to a conversation, single or in a batch of hundreds, goes through here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from types import TracebackType
from typing import Any, Self

import msgspec
from django.db import connection

from sonnim.conversations import attending, families, reach, rules, search, shapes, state
from sonnim.conversations.state import State
from sonnim.eventlog.log import Unit
from sonnim.kernel import sql
from sonnim.kernel.errors import NotFound

_json = msgspec.json.Encoder()
ENTRY_COLUMNS = {
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
    "v": "bigint",
    "edited_at": "bigint",
    "hidden": "text",
    "delivery": "text",
    "shop_id": "bigint",
    "digest": "text",
    "public": "boolean",
}
EntryRow = tuple[Any, ...]
CARRY, ERASED = "carry", "erased"
"""The outbox's kinds for an answer that a channel carries to its shopper, and for a wording that was erased."""
SHOWN = 15  # the leading columns, which are shapes.ENTRY_COLUMNS
_PUBLIC = list(ENTRY_COLUMNS).index("public")
_SEARCHED = itemgetter(*map(list(ENTRY_COLUMNS).index, search.COLUMNS))


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
        self._envelopes: list[tuple[Any, ...]] = []
        self._tallies: dict[int, dict[str, int]] = {}
        self._tallied: dict[tuple[int, str], int] = {}
        self._attendants: dict[int, list[attending.Attendant]] = {}
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

    @property
    def at(self) -> int:
        """When this happens, in milliseconds."""
        return self._work.at

    def upcoming(self, about: State) -> int:
        """The position that the next `record` of a conversation of this shop will take."""
        return self._work.upcoming(about.shop_id)

    def load(self, ids: Iterable[int]) -> None:
        """Read these conversations once, for `get`."""
        self._remember(state.load(self.cursor, ids).values())

    def load_latest(self, contacts: Iterable[int], channel: str) -> dict[int, State]:
        """Read each contact's newest conversation on a channel; answers contact → state."""
        found = state.latest_of_contacts(self.cursor, contacts, channel)
        self._remember(found.values())
        return {contact: self._states[each.id] for contact, each in found.items()}

    def follow(self, about: State) -> State:
        """The conversation in which this one goes on: what it was merged into, else itself."""
        while about.status == "merged" and about.merged_into_id is not None:
            self.load([about.merged_into_id])
            about = self._states[about.merged_into_id]
        return about

    def current(self, newest: State) -> State:
        """Where the shopper's next message goes, given the shopper's newest conversation on a channel."""
        if families.stands_alone(newest):
            return newest
        return families.current(newest, self.family(newest)) or self.follow(newest)

    def family(self, newest: State) -> list[State]:
        """The conversations that are one talk with the shopper's newest one on a channel."""
        self._remember(state.newest_of_contact(self.cursor, newest.contact_id, newest.channel))
        around = [
            each
            for each in self._states.values()
            if each.contact_id == newest.contact_id and each.channel == newest.channel
        ]
        return families.family(newest, around)

    def get(self, shop_id: int, conversation_id: int) -> State:
        """A loaded conversation of this shop.

        Raises:
            NotFound: it does not exist or is another shop's.
        """
        found = self._states.get(conversation_id)
        if found is None or found.shop_id != shop_id:
            raise NotFound("There is no such conversation.")
        return found

    def open(self, *, shop_id: int, contact_id: int, channel: str, locale: str, subject: str = "") -> State:
        """Begin a conversation."""
        at = self._work.at
        self.cursor.execute(
            "INSERT INTO conversations_conversation (shop_id, contact_id, channel, locale, subject, created_at, status,"
            " last_seq, rank, last_at, last_text, last_by, contact_seen_seq, desk_seen_seq, v)"
            " VALUES (%s, %s, %s, %s, %s, %s, 'open', 0, 0, %s, '', '', 0, 0, 0) RETURNING id",
            [shop_id, contact_id, channel, locale, subject, at, at],
        )
        identity = self.cursor.fetchone()[0]
        begun = State(
            identity, shop_id, contact_id, channel, locale, subject, at,
            "open", None, None, 0, None, None, 0, at, "", "", None, 0, 0, 0,
        )  # fmt: skip
        begun.rank = rules.rank(begun)
        begun.labelled, begun.timed = begun.label_part(), begun.clock_part()
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
        data: dict[str, Any] | msgspec.Raw | None = None,
        at: int | None = None,
        public: bool = False,
        delivery: str = "",
    ) -> EntryRow:
        """Append a line to a timeline; pass the result to `record`."""
        to.last_seq += 1
        row = (
            self._next_id(), to.id, to.last_seq, kind, author[0], author[1], client_id, text, attachments,
            _json.encode(data).decode() if data else "{}", at or self._work.at, 0, None, "", delivery,
            to.shop_id, digest, public,
        )  # fmt: skip
        self._entries.append(row)
        return row

    def written(self, to: State) -> list[EntryRow]:
        """The lines that this change has appended to a timeline so far."""
        return [row for row in self._entries if row[1] == to.id]

    def enclose(self, entry: EntryRow, envelope: str) -> None:
        """Keep with an entry from whom and to whom it goes; `envelope` is JSON, see shapes.EnvelopeObject."""
        self._envelopes.append((entry[0], entry[-3], entry[1], envelope))

    def carry(self, about: State, entry_id: int, *, after_ms: int = 0) -> None:
        """Have an entry carried to the shopper by the conversation's channel, after the commit and so long."""
        self._work.enqueue(
            CARRY,
            {"shop_id": about.shop_id, "conversation_id": about.id, "entry_id": entry_id},
            shop_id=about.shop_id,
            lane=f"{CARRY}:{about.channel}:{about.shop_id}",
            series=f"{CARRY}:{about.id}",
            after_ms=after_ms,
        )

    def record(
        self,
        about: State,
        type: str,
        *,
        entries: Sequence[EntryRow] = (),
        public: bool = False,
        desk_put: dict[str, list[Any]] | None = None,
        drop: dict[str, list[int]] | None = None,
    ) -> None:
        """Publish one event that carries the conversation's new state, the entries, and the counts that changed.

        Args:
            public: whether the shopper sees the conversation's public shape and, of the entries, the public ones. Of
                one that was merged the shopper sees the entries alone.
            desk_put: further objects for agents.
            drop: what the shopper shall forget, if it is public.
        """
        # A visitor of the store's pages is no proof of who reads its letters.
        public = public and not reach.is_carried(about.channel)
        shop = about.shop_id
        promised = about.due_at
        for each in self._attending(shop):
            each.turn(about, type, entries, self._work.at)
        if about.due_at != promised:
            about.rank = rules.rank(about)
        about.v = pos = self._work.claim(shop)
        self._touched[about.id] = about
        desk: dict[str, list[Any]] = {"conversations": [shapes.conversation_object(about)], **(desk_put or {})}
        counts = self._count(about, pos)
        if counts:
            desk["counts"] = counts
        shown: dict[str, list[Any]] | None = None
        if public:
            shown = {} if about.status == "merged" else {"conversations": [shapes.public_conversation(about)]}
        for row in entries:
            part = shown if shown is not None and row[_PUBLIC] else desk
            part.setdefault("entries", []).append(shapes.entry_object(row[:SHOWN]))
        self._work.publish(
            shop,
            pos,
            type,
            conversation_id=about.id,
            contact_id=about.contact_id if public else None,
            put=shown,
            drop=drop,
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
            f"SELECT {', '.join(ENTRY_COLUMNS)} FROM conversations_entry "  # noqa: S608
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

    def _attending(self, shop_id: int) -> list[attending.Attendant]:
        if shop_id not in self._attendants:
            self._attendants[shop_id] = attending.on(self.cursor, shop_id)
        return self._attendants[shop_id]

    def _searched(self, row: EntryRow) -> tuple[int, int, str, str, int]:
        shop, entry, text, files, at = _SEARCHED(row)
        return shop, entry, search.titled(self._states[row[1]].subject, row[2], text), files, at

    def _flush(self) -> None:
        for attendants in self._attendants.values():
            for each in attendants:
                each.end(self._work)
        state.save(self.cursor, self._touched.values())
        sql.insert_rows(self.cursor, "conversations_entry", ENTRY_COLUMNS, self._entries)
        if self._envelopes:
            columns = {"entry_id": "bigint", "shop_id": "bigint", "conversation_id": "bigint", "data": "jsonb"}
            sql.insert_rows(self.cursor, "conversations_envelope", columns, self._envelopes)
        search.index_entries(self.cursor, map(self._searched, self._entries))
        for (shop, key), pos in self._tallied.items():
            self.cursor.execute(
                "INSERT INTO conversations_tally (shop_id, key, n, v) VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (shop_id, key) DO UPDATE SET n = excluded.n, v = excluded.v",
                [shop, key, self._tallies[shop][key], pos],
            )
