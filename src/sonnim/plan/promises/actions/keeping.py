"""A promise is made, moved to another time, kept, dropped, taken up again. Each stands in the timeline."""

from datetime import datetime

from django.db.models import Q

from sonnim.conversations.change import Change
from sonnim.conversations.changing import author_of, changing
from sonnim.conversations.models import Entry
from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound, TextInvalid
from sonnim.kernel.text import checked_text
from sonnim.plan.clocks.rules import UPDATE
from sonnim.plan.models import KeptPromise, Promise
from sonnim.plan.promises.detection import ACTS
from sonnim.plan.promises.queries import OPEN
from sonnim.plan.promises.shapes import PromiseObject, line_of, promise_object
from sonnim.plan.promises.timing import Timing, set_timer, timing_of

MAX_OPEN = 20
MAX_NOTE = 200
MAX_DAYS = 366
MAX_SEQ = 2**31 - 1
SAYS = Q(kind__in=("message", "note"), author_kind="agent", hidden="")


def make_promise(
    *, shop_id: int, conversation_id: int, by: int, act: str, due_at: datetime, note: str = ""
) -> PromiseObject:
    """Keep by hand in mind what was promised, in a call or by somebody else.

    Raises:
        NotFound: no such conversation in this shop.
        Invalid: no such act, a time that has passed, or 20 open promises in this conversation.
        TextInvalid: a note of more than 200 characters.
    """
    return _make(
        Promise(shop_id=shop_id, agent_id=by, made_by_id=by, act=act, note=_checked(note), due_at=due_at),
        conversation_id,
    )


def make_promise_of(
    *, shop_id: int, conversation_id: int, seq: int, by: int, act: str, due_at: datetime, note: str = ""
) -> PromiseObject:
    """Keep in mind what an agent's message or note promises; again for the same one answers what is kept already.

    Raises:
        NotFound: no such message of an agent.
        Invalid, TextInvalid: as make_promise.
    """
    seq = min(seq, MAX_SEQ)
    said = Entry.objects.filter(shop_id=shop_id, conversation_id=conversation_id, seq=seq)
    author = said.filter(SAYS).values_list("author_id", flat=True).first()
    if author is None:
        raise NotFound("There is no such message.")
    promise = Promise(
        shop_id=shop_id, agent_id=author, made_by_id=by, act=act, note=_checked(note), due_at=due_at,
        said_in_id=conversation_id, said_seq=seq,
    )  # fmt: skip
    return _make(promise, conversation_id)


def change_promise(
    *, shop_id: int, promise_id: int, by: int, due_at: datetime | None = None, note: str | None = None
) -> PromiseObject:
    """Give it another time or another note.

    Raises:
        NotFound, Conflict: no such promise, or it is settled.
        Invalid, TextInvalid: as make_promise.
    """
    wanted = None if note is None else _checked(note)
    with changing(shop_id, _promise(shop_id, promise_id).conversation_id, merged_too=True) as (change, about):
        promise = _still_open(shop_id, promise_id)
        if due_at is not None:
            _set_time(promise, due_at, change.at, timing_of(change.cursor, change.follow(about)))
        words = "" if wanted is None or wanted == promise.note else wanted
        if wanted is not None:
            promise.note = wanted
        return _told(change, about, promise, "promise.changed", "changed", by=by, words=words)


def keep_promise(*, shop_id: int, promise_id: int, by: int) -> PromiseObject:
    """It is done. Raises: NotFound; Conflict, when it was settled before."""
    with changing(shop_id, _promise(shop_id, promise_id).conversation_id, merged_too=True) as (change, about):
        promise = _still_open(shop_id, promise_id)
        promise.kept_at, promise.closed_by_id, promise.timer_at = clock.from_ms(change.at), by, None
        _note_kept(change, change.follow(about), promise)
        return _told(change, about, promise, "promise.settled", "kept", by=by)


def drop_promise(*, shop_id: int, promise_id: int, by: int, reason: str) -> PromiseObject:
    """It will not be kept, for a reason.

    Raises:
        NotFound; Conflict, when it was settled before; TextInvalid: no reason, or more than 200 characters.
    """
    wanted = _checked(reason, may_be_empty=False)
    with changing(shop_id, _promise(shop_id, promise_id).conversation_id, merged_too=True) as (change, about):
        promise = _still_open(shop_id, promise_id)
        promise.dropped_at, promise.closed_by_id, promise.timer_at = clock.from_ms(change.at), by, None
        promise.reason = wanted
        return _told(change, about, promise, "promise.settled", "dropped", by=by, words=wanted)


def reopen_promise(*, shop_id: int, promise_id: int, by: int) -> PromiseObject:
    """It is to be kept after all; one that is open stays as it is. Raises: NotFound."""
    with changing(shop_id, _promise(shop_id, promise_id).conversation_id, merged_too=True) as (change, about):
        promise = _promise(shop_id, promise_id)
        if promise.is_open:
            return promise_object(promise)
        promise.kept_at = promise.dropped_at = promise.closed_by_id = None
        promise.reason = ""
        set_timer(promise, timing_of(change.cursor, change.follow(about)))
        return _told(change, about, promise, "promise.changed", "reopened", by=by)


def _make(promise: Promise, conversation_id: int) -> PromiseObject:
    if promise.act not in ACTS:
        raise Invalid(fields={"act": "unknown"})
    with changing(promise.shop_id, conversation_id, merged_too=True) as (change, about):
        about = change.follow(about)
        kept = Promise.objects.filter(OPEN, conversation_id=about.id)
        if promise.said_seq is not None:
            where = {"conversation_id": promise.said_in_id, "seq": promise.said_seq}
            if not Entry.objects.filter(SAYS, **where).exists():
                raise NotFound("There is no such message.")  # taken back a moment ago
            said = {"said_in_id": promise.said_in_id, "said_seq": promise.said_seq, "act": promise.act}
            known = kept.filter(**said).first()
            if known is not None:
                return promise_object(known)
        if kept.count() >= MAX_OPEN:
            raise Invalid("Enough has been promised in this conversation already.")
        promise.conversation_id = about.id
        promise.made_at = clock.from_ms(change.at)
        _set_time(promise, promise.due_at, change.at, timing_of(change.cursor, about))
        promise.save()
        return _told(change, about, promise, "promise.made", "made", by=promise.made_by_id, words=promise.note)


def _told(
    change: Change, about: State, promise: Promise, type: str, done: str, *, by: int, words: str = ""
) -> PromiseObject:
    """Keep the promise as it is now, and tell of it with a line of the timeline, in which its words can be erased."""
    about = change.follow(about)
    promise.conversation_id = about.id
    promise.v = change.upcoming(about)
    promise.save()
    shown = promise_object(promise)
    entry = change.entry(about, "event", author=author_of(by), text=words, data=line_of(promise, done))
    if type == "promise.made":
        change.record(about, "promise.made", entries=[entry], desk_put={"promises": [shown]})
    elif type == "promise.settled":
        change.record(about, "promise.settled", entries=[entry], desk_put={"promises": [shown]})
    else:
        change.record(about, "promise.changed", entries=[entry], desk_put={"promises": [shown]})
    return shown


def _set_time(promise: Promise, due_at: datetime, at: int, timing: Timing) -> None:
    if due_at.tzinfo is None:
        raise Invalid("Say by when with a time zone.", fields={"due_at": "no time zone"})
    ahead = due_at - clock.from_ms(at)
    if ahead.total_seconds() <= 0 or ahead.days >= MAX_DAYS:
        raise Invalid("Choose a moment within the next year.", fields={"due_at": "not within the next year"})
    promise.due_at, promise.since = clock.from_ms(clock.to_ms(due_at)), clock.from_ms(at)
    promise.warned_at = promise.overdue_at = promise.escalated_at = None
    set_timer(promise, timing)


def _note_kept(change: Change, about: State, promise: Promise) -> None:
    """For the reports, where a policy promises that such things are kept."""
    timing = timing_of(change.cursor, about)
    if timing.policy is None:
        return
    since, due = clock.to_ms(promise.since or promise.made_at), clock.to_ms(promise.due_at)
    KeptPromise.objects.create(
        shop_id=about.shop_id, conversation_id=about.id, policy_id=timing.policy.id, kind=UPDATE,
        agent_id=promise.agent_id, channel=about.channel, took_ms=max(timing.hours.elapsed(since, change.at), 0),
        target_ms=timing.hours.elapsed(since, due), late=change.at > due, at=clock.from_ms(change.at),
    )  # fmt: skip


def _promise(shop_id: int, promise_id: int) -> Promise:
    found = Promise.objects.filter(pk=promise_id, shop_id=shop_id).first()
    if found is None:
        raise NotFound("There is no such promise.")
    return found


def _still_open(shop_id: int, promise_id: int) -> Promise:
    found = _promise(shop_id, promise_id)
    if not found.is_open:
        raise Conflict("This promise is settled already.")
    return found


def _checked(text: str, *, may_be_empty: bool = True) -> str:
    wanted = " ".join(checked_text(text, may_be_empty=may_be_empty).split())
    if len(wanted) > MAX_NOTE:
        raise TextInvalid(f"At most {MAX_NOTE} characters, please.")
    return wanted
