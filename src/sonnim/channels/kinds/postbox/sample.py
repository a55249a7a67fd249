"""Letters to look at: a mailbox that fetches and sends nothing, and mails that are filed like any other."""

from typing import Any

from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent
from sonnim.channels.adapter import Arrived, Filed
from sonnim.channels.kinds.postbox import CHANNEL, filing
from sonnim.channels.kinds.postbox.actions import letters
from sonnim.channels.kinds.postbox.actions.mailboxes import create_mailbox
from sonnim.channels.kinds.postbox.composing import compose
from sonnim.channels.kinds.postbox.models import NOWHERE, Mailbox
from sonnim.channels.kinds.postbox.recipients import mailbox_for
from sonnim.channels.kinds.postbox.sample_mail import mail_of, report
from sonnim.channels.kinds.postbox.threads import thread_of
from sonnim.channels.samples import Arrival
from sonnim.conversations.actions.delivering import begin_carrying, mark_delivery


def furnish(*, actor: Actor, content: dict[str, Any]) -> None:
    """A mailbox with a name and signatures; see samples."""
    create_mailbox(actor=actor, address=content["address"], choices={
        "name": content["name"], "signatures": content["signatures"], "way_in": NOWHERE, "way_out": NOWHERE,
    })  # fmt: skip


def arrive(*, arrival: Arrival) -> int:
    """A mail, read and filed like any other; `content`: its subject and, where it has one, its HTML."""
    source = Mailbox.objects.get(shop_id=arrival.shop_id, way_in=NOWHERE)
    filed = _receive(source, mail_of(arrival, source))
    if not isinstance(filed, Filed):
        raise LookupError(f"a sample mail was not filed: {filed.reason}")
    return filed.conversation_id


def go_out(*, shop_id: int, entry_id: int, refused: str) -> None:
    """What sending.carry does, but for the sending."""
    outgoing = begin_carrying(shop_id=shop_id, entry_id=entry_id)
    if outgoing is None:
        raise LookupError("a sample answer does not wait to go out")
    agent = Agent.objects.select_related("user").get(pk=outgoing.agent_id, shop_id=shop_id)
    thread = thread_of(outgoing.conversation_id, before_entry=outgoing.entry_id)
    source = mailbox_for(outgoing, thread) or Mailbox.objects.get(shop_id=shop_id, way_in=NOWHERE)
    mail = compose(outgoing, source=source, thread=thread, agent=agent)
    letters.keep_outgoing(outgoing=outgoing, source=source, mail=mail, flags=[])
    mark_delivery(shop_id=shop_id, entry_id=entry_id, state="sent" if refused else "delivered")
    if refused:
        _receive(source, report(source, outgoing.entry_id, next(iter(mail.recipients)), mail.message_id, refused))


def _receive(source: Mailbox, raw: bytes) -> Any:
    return filing.receive(Arrived(0, source.shop_id, CHANNEL.kind, source.pk, "", raw, attempt=1))
