"""Many conversations at once: which ones, what is done to each, and what clients see of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Literal

from typing_extensions import TypedDict

from sonnim.accounts.permissions import Permission
from sonnim.contacts.shapes import ContactObject
from sonnim.conversations import deeds, finding, queues, rules
from sonnim.conversations.change import Change
from sonnim.conversations.changing import tell
from sonnim.conversations.filters import Filter, Seer
from sonnim.conversations.idlists import ids_of
from sonnim.conversations.models import BulkAction
from sonnim.conversations.release import living, release_if_gone
from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict

MOST = 1_000
REMEMBERED = timedelta(minutes=10)
What = Literal["assign", "tag", "resolve", "snooze", "spam", "priority"]
Line = tuple[State, ContactObject]


class BulkObject(TypedDict):
    """What an agent did to many conversations at once: `done` of `total` were looked at, `changed` of them changed."""

    id: int
    v: int
    agent_id: int
    what: What
    total: int
    done: int
    changed: int
    undone: bool


def needed_for(what: str) -> Permission:
    """What somebody must be allowed to do one of these, or to undo it."""
    if what == "tag":
        return Permission.CONVERSATION_TAG
    return Permission.CONVERSATION_ASSIGN if what in {"assign", "priority"} else Permission.CONVERSATION_RESOLVE


def bulk_object(bulk: BulkAction) -> BulkObject:
    """A bulk action for its own agent."""
    return BulkObject(
        id=bulk.pk,
        v=bulk.v,
        agent_id=bulk.agent_id,
        what=bulk.what,  # type: ignore[typeddict-item]
        total=bulk.total,
        done=bulk.done,
        changed=len(bulk.before),
        undone=bulk.undone_at is not None,
    )


def recent_bulks(*, agent_id: int) -> list[BulkObject]:
    """What an agent did in the last minutes, newest first."""
    since = clock.now() - REMEMBERED
    found = BulkAction.objects.filter(agent=agent_id, at__gt=since).order_by("-id")
    return [bulk_object(bulk) for bulk in found[:20]]


# ---- which


def in_queue(*, shop_id: int, agent_id: int, queue: str) -> Iterator[Line]:
    """All conversations of a queue with the contacts they are with, read page by page. Raises: Invalid."""
    return _every(
        lambda cursor: queues.queue_page(shop_id=shop_id, agent_id=agent_id, queue=queue, limit=100, cursor=cursor)
    )


def in_filter(*, wanted: Filter, seer: Seer, seconds: float | None = None) -> Iterator[Line]:
    """The same of a filter; after so many seconds it ends with what has been found."""
    until = None if seconds is None else clock.monotonic() + seconds
    return _every(lambda cursor: finding.filtered_page(wanted=wanted, seer=seer, limit=100, cursor=cursor), until=until)


def first_ids(lines: Iterator[Line]) -> list[int]:
    """The first thousand."""
    return [state.id for state, _ in islice(lines, MOST)]


def _every(
    read: Callable[[str | None], queues.QueuePage | finding.FilteredPage], *, until: float | None = None
) -> Iterator[Line]:
    cursor = None
    while True:
        page = read(cursor)
        yield from zip(page.states, page.contacts, strict=True)
        cursor = page.next
        if cursor is None or (until is not None and clock.monotonic() > until):
            return


# ---- what


@dataclass(frozen=True, slots=True)
class Deed:
    """What is done to each; the fields that go with `what` alone have a meaning."""

    what: What
    agent_id: int | None = None
    team_id: int | None = None
    add: tuple[int, ...] = ()
    remove: tuple[int, ...] = ()
    until: datetime | None = None
    priority: int = 1

    def check(self, shop_id: int) -> None:
        """Raises: NotFound, for an agent, a team or a tag that is none; Invalid, for a moment that has passed."""
        if self.what == "assign":
            deeds.check_assignee(shop_id, self.agent_id, self.team_id)
        elif self.what == "tag":
            deeds.check_tags(shop_id, list(self.add))
        elif self.what == "snooze":
            deeds.check_moment(self.until or clock.now())

    def do(self, change: Change, about: State, *, by: int) -> bool:
        """Do it to one; answers whether that changed anything. What cannot be done to it is left alone."""
        if about.status == "merged":
            return False
        try:
            match self.what:
                case "assign":
                    return deeds.assign(change, about, by=by, agent_id=self.agent_id, team_id=self.team_id)
                case "tag":
                    return deeds.tag(change, about, by=by, add=list(self.add), remove=list(self.remove))
                case "resolve":
                    return about.status != "spam" and deeds.resolve(change, about, by=by)
                case "snooze":
                    return deeds.snooze(change, about, by=by, until=self.until or clock.now())
                case "spam":
                    return deeds.mark_spam(change, about, by=by)
                case "priority":
                    return deeds.set_priority(change, about, by=by, priority=self.priority)
        except Conflict:
            return False


def kept(about: State) -> dict[str, Any]:
    """What undo needs to know of a conversation."""
    return {
        "id": about.id,
        "status": about.status,
        "assignee_id": about.assignee_id,
        "team_id": about.team_id,
        "snoozed_until": about.snoozed_until,
        "waiting_since": about.waiting_since,
        "last_at": about.last_at,
        "tag_ids": ids_of(about.tag_ids),
        "priority": about.priority,
    }


def restore(change: Change, about: State, *, what: str, was: dict[str, Any], now: dict[str, Any], by: int) -> bool:
    """Make one as it was before, unless it has gone on since. `now` is how the bulk action left it."""
    if what == "assign":
        if (about.assignee_id, about.team_id) != (now["assignee_id"], now["team_id"]):
            return False
        agent_id, team_id = living(was["assignee_id"], was["team_id"])
        return deeds.assign(change, about, by=by, agent_id=agent_id, team_id=team_id)
    if what == "tag":
        added, removed = set(now["tag_ids"]) - set(was["tag_ids"]), set(was["tag_ids"]) - set(now["tag_ids"])
        return deeds.tag(change, about, by=by, add=list(removed), remove=list(added))
    if what == "priority":
        mine = about.priority == now["priority"]
        return mine and deeds.set_priority(change, about, by=by, priority=was["priority"])
    if (about.status, about.snoozed_until) != (now["status"], now["snoozed_until"]):
        return False
    about.status, about.snoozed_until, about.waiting_since = was["status"], was["snoozed_until"], was["waiting_since"]
    if about.last_at != now.get("last_at", about.last_at):
        rules.spoken_since(about)
    release_if_gone(about)
    about.rank = rules.rank(about)
    if what == "resolve":
        tell(change, about, "conversation.reopened", {"what": "reopened", "by": "agent"}, by=by, public=True)
    elif what == "snooze":
        tell(change, about, "conversation.unsnoozed", {"what": "unsnoozed", "why": "agent"}, by=by)
    else:
        entry = change.entry(about, "event", author=("agent", by), data={"what": "not_spam"})
        change.record(about, "conversation.not_spam", entries=[entry], public=True)
    return True
