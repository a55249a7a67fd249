"""Writes of what is sent later. All of it is between an agent and the clock; nobody else is told."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import DatabaseError

from sonnim.accounts.models import Agent
from sonnim.accounts.permissions import Permission, allows
from sonnim.conversations.actions import resolve_conversation, snooze_conversation
from sonnim.conversations.check import Content, encoded
from sonnim.conversations.later.queries import MAX_WAITING
from sonnim.conversations.later.shapes import ScheduledObject, with_files
from sonnim.conversations.models import Attachment, Conversation, Entry, Scheduled
from sonnim.conversations.posting import Ack, Outcome, Post, post_batch
from sonnim.conversations.rich import mentioned, read
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import AttachmentsInvalid, Conflict, Forbidden, Invalid, NotFound, SonnimError, Throttled

logger = logging.getLogger(__name__)

HELD_FOR = timedelta(seconds=10)
AHEAD = timedelta(days=365)


def schedule_message(
    *,
    shop_id: int,
    conversation_id: int,
    agent_id: int,
    client_id: str,
    kind: str,
    said: Content,
    attachments: Sequence[int] = (),
    due_at: datetime | None = None,
    then: dict[str, Any] | None = None,
) -> ScheduledObject:
    """Have a message sent at `due_at`, or without one in ten seconds, until which it may be undone.

    Args:
        client_id: the message's own; a repeat answers what waits already.
        then: what follows it: `{"what": "resolve"}`, or `{"what": "snooze", "until": RFC 3339}`.

    Raises:
        NotFound: no such conversation.
        AttachmentsInvalid: a file is not this agent's, or was sent already.
        Conflict: it was sent already.
        Throttled: 200 wait.
        Invalid: the moment has passed, or is more than a year away.
    """
    with log.unit(shop_id):
        if not Conversation.objects.filter(pk=conversation_id, shop_id=shop_id).exists():
            raise NotFound("There is no such conversation.")
        known = Scheduled.objects.filter(agent_id=agent_id, client_id=client_id).first()
        if known is not None:
            return with_files([known])[0]
        if Entry.objects.filter(author_kind="agent", author_id=agent_id, client_id=client_id).exists():
            raise Conflict("This was sent already.")
        if Scheduled.objects.filter(agent_id=agent_id).count() >= MAX_WAITING:
            raise Throttled(f"At most {MAX_WAITING} messages wait at a time.")
        _require_files(shop_id, agent_id, attachments)
        waiting = Scheduled(
            shop_id=shop_id, conversation_id=conversation_id, agent_id=agent_id, client_id=client_id, kind=kind,
            text=said.text, data=_kept(said), attachments=list(attachments), then=then or {},
            held=due_at is None, due_at=clock.now() + HELD_FOR if due_at is None else _moment(due_at),
        )  # fmt: skip
        return _saved(waiting)


def reschedule_message(*, shop_id: int, agent_id: int, scheduled_id: int, due_at: datetime) -> ScheduledObject:
    """Have it sent at another time; one that had failed is tried again then.

    Raises:
        NotFound: it was sent or withdrawn already, or is another agent's.
        Invalid: the moment has passed, or is more than a year away.
    """
    with log.unit(shop_id):
        waiting = _waiting(shop_id, agent_id, scheduled_id)
        waiting.due_at, waiting.held, waiting.state, waiting.error = _moment(due_at), False, "due", ""
        return _saved(waiting)


def cancel_scheduled(*, shop_id: int, agent_id: int, scheduled_id: int) -> ScheduledObject:
    """Have it not sent; answers what it was.

    Raises:
        NotFound: it was sent or withdrawn already, or is another agent's.
    """
    with log.unit(shop_id):
        waiting = _waiting(shop_id, agent_id, scheduled_id)
        was = with_files([waiting])[0]
        _forget(waiting)
        return was


def send_scheduled_now(*, shop_id: int, agent_id: int, scheduled_id: int) -> None:
    """Send it without waiting any longer.

    Raises:
        NotFound: it was sent or withdrawn already, or is another agent's.
        SonnimError: the message was refused; it waits on, marked as failed.
    """
    with log.unit(shop_id):
        waiting = _waiting(shop_id, agent_id, scheduled_id)
        outcome = _send(waiting)
    if isinstance(outcome, SonnimError):
        raise outcome


def send_due(*, limit: int = 200) -> int:
    """Send what is due; answers how many. Each is sent once: its message and its removal are one transaction."""
    due = Scheduled.objects.filter(state="due", due_at__lte=clock.now()).order_by("due_at", "id")
    found = list(due.values_list("pk", "shop_id")[:limit])
    for scheduled_id, shop_id in found:
        try:
            with log.unit(shop_id):
                waiting = Scheduled.objects.filter(pk=scheduled_id, state="due", due_at__lte=clock.now()).first()
                if waiting is not None:
                    _send(waiting)
        except DatabaseError:
            # The next round tries again; the others must not wait for it.
            logger.exception("message %s could not be sent", scheduled_id)
        except Exception:
            # Nobody foresaw it, so that trying again does not help: its agent sees that it has failed.
            logger.exception("message %s cannot be sent", scheduled_id)
            _give_up(shop_id, scheduled_id)
    return len(found)


def _give_up(shop_id: int, scheduled_id: int) -> None:
    with log.unit(shop_id):
        waiting = Scheduled.objects.filter(pk=scheduled_id, state="due").first()
        if waiting is not None:
            waiting.state, waiting.error = "failed", SonnimError.code
            _saved(waiting)


def _send(waiting: Scheduled) -> Outcome:
    """Post it in the unit that holds its row; what the rules refuse is kept, with the reason, for its agent to see."""
    agent = Agent.objects.select_related("shop").get(pk=waiting.agent_id)
    needed = Permission.CONVERSATION_NOTE if waiting.kind == "note" else Permission.CONVERSATION_REPLY
    outcome: Outcome = Forbidden("Your role does not allow this any more.")
    if allows(agent.role, needed, agent.shop.role_permissions):
        document = read(waiting.data.get("rich", []))
        [outcome] = post_batch(
            [
                Post(
                    waiting.shop_id, "agent", waiting.agent_id, waiting.client_id, waiting.text, kind=waiting.kind,
                    conversation_id=waiting.conversation_id, attachments=tuple(waiting.attachments),
                    data=encoded(document), mentions=mentioned(document), envelope=_envelope(waiting),
                )
            ]
        )  # fmt: skip
    if isinstance(outcome, Ack):
        _forget(waiting)
        if allows(agent.role, Permission.CONVERSATION_RESOLVE, agent.shop.role_permissions):
            _follow_up(waiting, outcome)
    else:
        waiting.state, waiting.error = "failed", outcome.code
        _saved(waiting)
    return outcome


def _kept(said: Content) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.json.decode(said.data)
    return {**data, "envelope": msgspec.json.decode(said.envelope)} if said.envelope else data


def _envelope(waiting: Scheduled) -> str:
    kept = waiting.data.get("envelope")
    return msgspec.json.encode(kept).decode() if kept else ""


def _follow_up(sent: Scheduled, ack: Ack) -> None:
    where = {"shop_id": sent.shop_id, "conversation_id": ack.conversation, "by": sent.agent_id}
    try:
        if sent.then.get("what") == "resolve":
            resolve_conversation(**where)
        elif sent.then.get("what") == "snooze":
            snooze_conversation(**where, until=datetime.fromisoformat(sent.then["until"]))
    except SonnimError as refused:
        # Somebody has settled or merged it meanwhile, or the moment to wake up has passed: the message counts.
        logger.info("nothing follows message %s: %s", ack.id, refused.detail)


def _waiting(shop_id: int, agent_id: int, scheduled_id: int) -> Scheduled:
    found = Scheduled.objects.filter(pk=scheduled_id, shop_id=shop_id, agent_id=agent_id).first()
    if found is None:
        raise NotFound("This was sent or withdrawn already.")
    return found


def _moment(due_at: datetime) -> datetime:
    ahead = due_at - clock.now()
    if ahead.total_seconds() <= 0 or ahead > AHEAD:
        raise Invalid("Choose a moment within the next year.", fields={"due_at": "not within the next year"})
    return due_at


def _require_files(shop_id: int, agent_id: int, attachments: Sequence[int]) -> None:
    own = Attachment.objects.filter(
        pk__in=attachments, shop_id=shop_id, owner_kind="agent", owner_id=agent_id, entry=None
    )
    if attachments and own.count() != len(set(attachments)):
        raise AttachmentsInvalid("A file is not yours, or was sent before; upload it again.")


def _saved(waiting: Scheduled) -> ScheduledObject:
    work = log.current()
    waiting.v = work.claim(waiting.shop_id)
    waiting.save()
    [shown] = with_files([waiting])
    work.publish(
        waiting.shop_id, waiting.v, "scheduled.saved", conversation_id=waiting.conversation_id,
        agent_id=waiting.agent_id, desk_put={"scheduled": [shown]},
    )  # fmt: skip
    return shown


def _forget(waiting: Scheduled) -> None:
    work, identity = log.current(), waiting.pk
    waiting.delete()
    work.publish(
        waiting.shop_id, work.claim(waiting.shop_id), "scheduled.ended", conversation_id=waiting.conversation_id,
        agent_id=waiting.agent_id, desk_drop={"scheduled": [identity]},
    )  # fmt: skip
