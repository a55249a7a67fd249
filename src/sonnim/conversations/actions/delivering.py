"""How far a message has come on a channel whose provider is elsewhere."""

from dataclasses import dataclass
from typing import Any

import msgspec

from sonnim.conversations import rules
from sonnim.conversations.amending import Line, line_of
from sonnim.conversations.change import Change
from sonnim.conversations.changing import changing
from sonnim.conversations.models import Entry, Envelope
from sonnim.conversations.shapes import delivery_json
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict

_NOTE = 300


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An answer that is to be carried to its shopper."""

    shop_id: int
    conversation_id: int
    contact_id: int
    channel: str
    locale: str
    subject: str
    entry_id: int
    seq: int
    agent_id: int
    text: str
    data: dict[str, Any]
    attachments: list[int]
    envelope: dict[str, Any]
    at: int


def begin_carrying(*, shop_id: int, entry_id: int) -> Outgoing | None:
    """Take a message up for its provider; None when there is nothing to carry any more.

    One that somebody took up before and of which nobody heard again may have arrived: it becomes `unsure`, and is
    not sent a second time unless an agent wants it.
    """
    where = _place(shop_id, entry_id)
    if where is None:
        return None
    with changing(shop_id, where[0], merged_too=True) as (change, about):
        line = line_of(change, about, where[1])
        was = _state_of(line)
        if line.hidden or was not in ("queued", "sending"):
            return None
        if was == "sending":
            _become(change, about, line, "unsure", "")
            return None
        _become(change, about, line, "sending", "")
        kept = Envelope.objects.filter(entry_id=entry_id).values_list("data", flat=True).first()
        files = [file["id"] for file in msgspec.json.decode(line.attachments)]
        return Outgoing(
            shop_id, about.id, about.contact_id, about.channel, about.locale, about.subject, line.id, line.seq,
            line.author_id or 0, line.text, msgspec.json.decode(line.data), files, kept or {}, line.at,
        )  # fmt: skip


def mark_delivery(*, shop_id: int, entry_id: int, state: str, note: str = "") -> bool:
    """Note how far a message has come, if that is news; answers whether it was.

    Args:
        state: see shapes.DeliveryObject.
        note: the provider's own word about what went wrong.
    """
    where = _place(shop_id, entry_id)
    if where is None:
        return False
    with changing(shop_id, where[0], merged_too=True) as (change, about):
        line = line_of(change, about, where[1])
        if line.hidden or not rules.delivery_may_become(state, was=_state_of(line)):
            return False
        _become(change, about, line, state, note)
        return True


def send_again(*, shop_id: int, conversation_id: int, seq: int) -> None:
    """Have a message carried once more that failed, or of which nobody knows whether it arrived.

    Raises:
        NotFound: no such message.
        Conflict: it is on its way, or has arrived.
    """
    with changing(shop_id, conversation_id) as (change, about):
        line = line_of(change, about, seq)
        if line.hidden or _state_of(line) not in ("failed", "unsure"):
            raise Conflict("This message is on its way, or has arrived.")
        _become(change, about, line, "queued", "")
        change.carry(about, line.id)


def note_envelope(*, shop_id: int, conversation_id: int, entry_id: int, envelope: dict[str, Any]) -> None:
    """Keep from whom and to whom a message really goes, as its channel chose; see shapes.EnvelopeObject."""
    with log.unit(shop_id):
        Envelope.objects.update_or_create(
            entry_id=entry_id,
            defaults={"shop_id": shop_id, "conversation_id": conversation_id, "data": envelope},
        )


def _state_of(line: Line) -> str:
    """The delivery's state; empty for what no provider carries."""
    return str(msgspec.json.decode(line.delivery)["state"]) if line.delivery else ""


def _place(shop_id: int, entry_id: int) -> tuple[int, int] | None:
    return (
        Entry.objects.filter(pk=entry_id, shop_id=shop_id, kind="message").values_list("conversation_id", "seq").first()
    )


def _become(change: Change, about: State, line: Line, state: str, note: str) -> None:
    line.delivery, line.v = (
        delivery_json(state, at=change.at, note=" ".join(note.split())[:_NOTE]),
        change.upcoming(about),
    )
    change.cursor.execute(
        "UPDATE conversations_entry SET delivery = %s, v = %s WHERE id = %s", [line.delivery, line.v, line.id]
    )
    change.record(about, "message.delivery", entries=[msgspec.structs.astuple(line)])
