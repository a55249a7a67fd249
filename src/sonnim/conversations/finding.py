"""Pages and counts of filtered conversations. What a request may cost is bounded, also when nothing matches.

A list is read along the queue's own order, window by window: the end of a window is found in the index alone, then its
rows are tested. A request that has looked through its share answers what it has, and a cursor to go on from.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from sonnim.accounts.queries import team_ids_of
from sonnim.contacts.shapes import ContactObject
from sonnim.conversations import filters
from sonnim.conversations.filters import Condition, Filter, Seer, Status
from sonnim.conversations.queues import check_limit, cursor_after, read_cursor, read_page
from sonnim.conversations.shapes import UptoObject
from sonnim.conversations.state import State
from sonnim.kernel import clock, sql

WINDOW = 2_500
"""Rows that are tested between two looks at the clock; some 5 ms when none of them is in memory yet."""
WINDOWS = 8
SECONDS = 0.05
FEW = 1_000
"""Conversations of a contact or a tag, at most, that are read at once instead of along the order."""
CAP = 99
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FilteredPage:
    """One page: states, the contacts they are with, the next cursor, and up to where everything has been listed."""

    states: list[State]
    contacts: list[ContactObject]
    next: str | None
    upto: UptoObject | None


def seer_of(*, shop_id: int, agent_id: int) -> Seer:
    """For whom `me` and `mine` stand in a filter."""
    return Seer(shop_id, agent_id, team_ids_of(agent_id), clock.now_ms())


def filtered_page(*, wanted: Filter, seer: Seer, limit: int = 50, cursor: str | None = None) -> FilteredPage:
    """A page of what a filter lets through: status by status, each in the queue's order. It may be short.

    Raises:
        Invalid: no such limit or cursor.
    """
    check_limit(limit)
    status_at, *place = read_cursor(cursor, 3) if cursor else (0, 0, 0)
    search = _Search(wanted, seer)
    states: list[State] = []
    contacts: list[ContactObject] = []
    for status in search.statuses[status_at:]:
        at: Place = (place[0], place[1]) if status == search.statuses[status_at] else (0, 0)
        while True:
            end = search.window_end(status, at)
            found, theirs = search.rows(status, at, end, limit - len(states) + 1)
            states, contacts = states + found, contacts + theirs
            number = search.statuses.index(status)
            if len(states) > limit:
                last = states[limit - 1]
                return _page(search, states[:limit], contacts[:limit], _number_of(search, last), (last.rank, last.id))
            if end is None:
                break
            at = end
            if search.spent():
                return _page(search, states, contacts, number, at)
    return FilteredPage(states, contacts, None, None)


def _page(
    search: "_Search", states: list[State], contacts: list[ContactObject], number: int, place: Place
) -> FilteredPage:
    upto = UptoObject(status=search.statuses[number], rank=place[0])
    return FilteredPage(states, contacts, cursor_after(number, *place), upto)


def _number_of(search: "_Search", state: State) -> int:
    return next(at for at, status in enumerate(search.statuses) if status == state.status)


def filtered_count(*, wanted: Filter, seer: Seer) -> tuple[int, bool]:
    """How many a filter lets through, and whether there may be more: counting ends at 99, or when it takes too long."""
    search = _Search(wanted, seer)
    found = 0
    for status in search.statuses:
        at: Place = (0, 0)
        while True:
            end = search.window_end(status, at)
            found += search.count(status, at, end, CAP + 1 - found)
            if found > CAP:
                return CAP, True
            if end is None:
                break
            at = end
            if search.spent():
                return found, True
    return found, False


class _Search:
    """One request's look through the conversations of a filter."""

    def __init__(self, wanted: Filter, seer: Seer) -> None:
        self.statuses: list[Status] = filters.statuses(wanted)
        self._wanted, self._seer = wanted, seer
        self._test = filters.row_test(wanted, seer)
        self._few = _few(wanted)
        self._windows = 0
        self._until = clock.monotonic() + SECONDS

    def spent(self) -> bool:
        """Whether this request has looked through its share."""
        return self._windows >= WINDOWS or clock.monotonic() > self._until

    def window_end(self, status: Status, at: Place) -> Place | None:
        """The last place of the window that begins after `at`; None when the rest is no longer than a window."""
        self._windows += 1
        if self._few is not None:
            return None
        area = self._area(status)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT c.rank, c.id FROM conversations_conversation c WHERE {area.sql} AND {_AFTER} "  # noqa: S608
                f"ORDER BY c.rank, c.id LIMIT 1 OFFSET {WINDOW}",
                {**area.values, "rank": at[0], "id": at[1]},
            )
            row = cursor.fetchone()
        return None if row is None else (row[0], row[1])

    def rows(self, status: Status, at: Place, end: Place | None, limit: int) -> tuple[list[State], list[ContactObject]]:
        """Up to so many that pass, from the window after `at`."""
        chosen, values = self._chosen("c.id AS wanted", status, at, end)
        return read_page(f"{chosen} ORDER BY c.rank, c.id LIMIT %(limit)s", {**values, "limit": limit})

    def count(self, status: Status, at: Place, end: Place | None, limit: int) -> int:
        """How many pass, up to `limit`."""
        chosen, values = self._chosen("1 AS one", status, at, end)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM ({chosen} LIMIT %(limit)s) AS found",  # noqa: S608
                {**values, "limit": limit},
            )
            found: int = cursor.fetchone()[0]
        return found

    def _chosen(self, what: str, status: Status, at: Place, end: Place | None) -> tuple[str, dict[str, Any]]:
        area = self._area(status)
        values = {**area.values, **self._test.values, "rank": at[0], "id": at[1]}
        rest = _AFTER
        if end is not None:
            rest += " AND (c.rank, c.id) <= (%(end_rank)s, %(end_id)s)"
            values |= {"end_rank": end[0], "end_id": end[1]}
        where = f"{area.sql} AND {rest} AND {self._test.sql}"
        return f"SELECT {what} FROM conversations_conversation c WHERE {where}", values  # noqa: S608

    def _area(self, status: Status) -> Condition:
        if self._few is None:
            return filters.area(self._wanted, self._seer, status)
        among = sql.among("c.id").replace("%s", "%(few)s")
        values = {"shop": self._seer.shop_id, "status": status, "few": sql.many(self._few)}
        return Condition(f"{among} AND c.shop_id = %(shop)s AND c.status = %(status)s", values)


_AFTER = "(c.rank, c.id) > (%(rank)s, %(id)s)"


def _few(wanted: Filter) -> list[int] | None:
    """The only conversations that can pass, if the filter names a contact, or tags that few have.

    Of a contact with more than a thousand conversations the newest thousand are looked at.
    """
    with connection.cursor() as cursor:
        if wanted.contact is not None:
            cursor.execute(
                "SELECT id FROM conversations_conversation WHERE contact_id = %s ORDER BY id DESC LIMIT %s",
                [wanted.contact, FEW],
            )
            return [row[0] for row in cursor.fetchall()]
        if not wanted.tag:
            return None
        cursor.execute(
            "SELECT conversation_id FROM conversations_conversationtag "  # noqa: S608
            f"WHERE {sql.among('tag_id')} LIMIT %s",
            [sql.many(wanted.tag), FEW + 1],
        )
        found = [row[0] for row in cursor.fetchall()]
    return found if len(found) <= FEW else None
