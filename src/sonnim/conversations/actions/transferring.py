"""Handing a conversation over, with a word to whoever takes it."""

from sonnim.conversations.actions import mentions
from sonnim.conversations.actions.status import assign_conversation
from sonnim.conversations.change import Change
from sonnim.eventlog import log
from sonnim.kernel.text import checked_text


def transfer_conversation(
    *, shop_id: int, conversation_id: int, by: int, agent_id: int | None, team_id: int | None, note: str
) -> None:
    """Assign a conversation and leave a note with it, both or neither. Whoever takes it is named in the note.

    Raises:
        NotFound: no such conversation, agent or team in this shop.
        TextInvalid: the note is too long.
    """
    text = checked_text(note.strip(), may_be_empty=True)
    with log.unit(shop_id) as work:
        if text:
            with Change(work) as change:
                change.load([conversation_id])
                about = change.get(shop_id, conversation_id)
                written = change.entry(about, "note", author=("agent", by), text=text, data={"handover": True})
                change.record(about, "note.created", entries=[written])
                if agent_id is not None:
                    mentions.record(shop_id=shop_id, note=written, by=by, agent_ids=[agent_id])
        assign_conversation(shop_id=shop_id, conversation_id=conversation_id, by=by, agent_id=agent_id, team_id=team_id)
