"""Writes of what waits for people who are not here, and of what became of it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal

from sonnim.channels.kinds.postbox.afar import queries, rules
from sonnim.channels.kinds.postbox.mail import Mail
from sonnim.channels.kinds.postbox.models import DeskMail, FollowUp, Letter, LogMark, Mailbox
from sonnim.conversations.changing import changing, tell
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound
from sonnim.notifications import presence
from sonnim.notifications.queries import members_of

FOLLOW_UP, DESK_MAIL = "follow_up", "desk_mail"
AT_ONCE = 100
_NOTE = 300
Outcome = Literal["sent", "unsure", "failed"]


def begin_reading(*, positions: Mapping[int, int]) -> None:
    """Read these shops' logs from here on; who reads one already keeps its place."""
    with log.unit():
        LogMark.objects.bulk_create(
            [LogMark(shop_id=shop, pos=pos) for shop, pos in positions.items()], ignore_conflicts=True
        )


def keep_place(*, shop_id: int, pos: int) -> None:
    """Note how far a log has been read. Reading a stretch twice does nothing more, so that no node need be the one."""
    with log.unit():
        LogMark.objects.filter(shop_id=shop_id).update(pos=pos)


def await_shoppers(*, shop_id: int, conversation_ids: Collection[int]) -> None:
    """Answers wait in these conversations until their shoppers see them; what waits already keeps its time."""
    waiting = set(
        FollowUp.objects.filter(pk__in=conversation_ids)
        .exclude(due_at=None, stopped=False)
        .values_list("pk", flat=True)
    )
    fresh = [each for each in conversation_ids if each not in waiting]
    if not fresh:
        return
    with log.unit(shop_id) as work:
        known = {row.pk: row for row in FollowUp.objects.filter(pk__in=fresh)}
        new = [FollowUp(conversation_id=each, shop_id=shop_id) for each in fresh if each not in known]
        for row in new:
            row.due_at = clock.from_ms(rules.due(since=work.at, mailed_at=None))
        FollowUp.objects.bulk_create(new, ignore_conflicts=True)
        for row in known.values():
            if row.due_at is None and not row.stopped:
                row.due_at = clock.from_ms(rules.due(since=work.at, mailed_at=_ms(row.mailed_at)))
                row.save(update_fields=["due_at"])


def await_agents(*, shop_id: int, pairs: Collection[tuple[int, int]]) -> None:
    """Messages wait for these agents in these conversations; what waits already keeps its time."""
    with log.unit(shop_id) as work:
        for agent, conversation in pairs:
            row, _ = DeskMail.objects.get_or_create(
                agent_id=agent, conversation_id=conversation, defaults={"shop_id": shop_id}
            )
            if row.due_at is None:
                row.since_at = clock.from_ms(work.at)
                row.due_at = clock.from_ms(rules.due(since=work.at, mailed_at=_ms(row.mailed_at)))
                row.save(update_fields=["since_at", "due_at"])


def follow_due() -> int:
    """Hand what shoppers have not seen in time to the outbox, one mail a conversation; answers how many were due."""
    due = FollowUp.objects.filter(due_at__lte=clock.now()).order_by("due_at")
    found = list(due.values_list("pk", "shop_id")[:AT_ONCE])
    for pk, shop_id in found:
        with log.unit(shop_id) as work:
            row = due.filter(pk=pk).select_related("conversation__contact").first()
            if row is not None:
                _mail_unseen(work, row)
    return len(found)


def _mail_unseen(work: Unit, row: FollowUp) -> None:
    about = row.conversation
    unseen = queries.answers_after(about, after=row.mailed_seq)
    reachable = not row.stopped and about.status != "spam" and queries.left_address(about, about.contact) is not None
    if unseen and reachable and queries.source_for(about.shop) is not None:
        where = {"shop_id": row.shop_id, "conversation_id": row.pk, "after": row.mailed_seq, "up_to": unseen[-1].seq}
        work.enqueue(FOLLOW_UP, where, shop_id=row.shop_id)
        row.mailed_seq, row.mailed_at = unseen[-1].seq, clock.from_ms(work.at)
    row.due_at = None
    row.save(update_fields=["due_at", "mailed_seq", "mailed_at"])


def notify_due() -> int:
    """Hand what waits for agents who are away to the outbox, one mail a conversation; answers how many were due."""
    due = DeskMail.objects.filter(due_at__lte=clock.now()).order_by("due_at")
    found = list(due.values_list("pk", "shop_id")[:AT_ONCE])
    for pk, shop_id in found:
        with log.unit(shop_id) as work:
            row = due.filter(pk=pk).first()
            if row is not None:
                _mail_waiting(work, row)
    return len(found)


def _mail_waiting(work: Unit, row: DeskMail) -> None:
    member = members_of(row.shop_id, [row.agent_id]).get(row.agent_id)
    about = queries.still_waits(row.agent_id, row.conversation_id)
    fate = "drop"
    if member is not None and member.preferences.email and about is not None:
        age = work.at - (_ms(row.since_at) or work.at)
        at_desk = row.agent_id in presence.at_desk(row.shop_id)
        fate = rules.desk_fate(age_ms=age, at_desk=at_desk, quiet=member.quiet)
    row.due_at = None
    if fate == "wait":
        row.due_at = clock.from_ms(work.at + rules.AGAIN_MS)
    elif fate == "send" and about is not None:
        where = {"agent_id": row.agent_id, "conversation_id": row.conversation_id}
        work.enqueue(
            DESK_MAIL, {**where, "after": row.mailed_seq, "up_to": about.last_seq, "at": work.at}, shop_id=row.shop_id
        )
        row.mailed_seq, row.mailed_at = about.last_seq, clock.from_ms(work.at)
    row.save(update_fields=["due_at", "mailed_seq", "mailed_at"])


def begin_mailing(*, shop_id: int, conversation_id: int, up_to: int) -> bool:
    """Take a mail up; False when somebody has before, of whom nobody has heard again: then it may have gone."""
    with log.unit(shop_id):
        row = FollowUp.objects.filter(pk=conversation_id).first()
        if row is None:
            raise NotFound("Nothing follows this conversation.")
        if row.going == up_to:
            return False
        row.going = up_to
        row.save(update_fields=["going"])
        return True


def put_back(*, shop_id: int, conversation_id: int) -> None:
    """A mail has certainly not gone, and is tried again."""
    with log.unit(shop_id):
        FollowUp.objects.filter(pk=conversation_id).update(going=0)


def begin_telling(*, shop_id: int, agent_id: int, conversation_id: int, up_to: int) -> bool:
    """Take a mail to an agent up; False when somebody has before: it may have gone, and the console shows it anyway."""
    with log.unit(shop_id):
        row = DeskMail.objects.filter(agent_id=agent_id, conversation_id=conversation_id)
        return bool(row.exclude(going=up_to).update(going=up_to))


def put_telling_back(*, shop_id: int, agent_id: int, conversation_id: int) -> None:
    """A mail to an agent has certainly not gone, and is tried again."""
    with log.unit(shop_id):
        DeskMail.objects.filter(agent_id=agent_id, conversation_id=conversation_id).update(going=0)


def note_follow_up(
    *, shop_id: int, conversation_id: int, state: Outcome, address: str, up_to: int, note: str = ""
) -> None:
    """Tell the desk that answers up to an entry have followed their shopper by mail, or could not."""
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        FollowUp.objects.filter(pk=conversation_id).update(going=0)
        data = {"what": "mailed", "state": state, "address": address, "up_to": up_to}
        if note:
            data["note"] = " ".join(note.split())[:_NOTE]
        tell(change, about, "conversation.mailed", data, by=None)


def keep_letter(*, shop_id: int, conversation_id: int, entry_id: int, source: Mailbox, mail: Mail) -> None:
    """Keep what an answer to a mail of ours is found by, before it goes: the answer may come at once."""
    with log.unit(shop_id):
        Letter.objects.update_or_create(
            shop_id=shop_id, message_id=mail.message_id, out=True,
            defaults={
                "mailbox": source if queries.takes_answers(source) else None,
                "conversation_id": conversation_id, "entry_id": entry_id,
                "references": " ".join(mail.references), "subject": mail.subject[:300],
                "sender": mail.sender.addr_spec.lower(), "recipient": mail.to[0].addr_spec.lower()[:254],
                "automatic": True, "at": clock.now(),
            },
        )  # fmt: skip


def stop_following(*, shop_id: int, conversation_id: int) -> None:
    """Mail nothing more about this conversation: its shopper has said so."""
    with log.unit(shop_id):
        FollowUp.objects.update_or_create(
            conversation_id=conversation_id, defaults={"shop_id": shop_id, "stopped": True, "due_at": None}
        )


def _ms(moment: datetime | None) -> int | None:
    return clock.to_ms(moment) if moment is not None else None
