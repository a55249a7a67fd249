"""Mail of ours that came back where no message shows how far it has come."""

from sonnim.channels.kinds.postbox.models import Letter
from sonnim.conversations.changing import changing, tell
from sonnim.conversations.models import Entry

_NOTE = 300


def tell_returned(*, letter: Letter, note: str, certain: bool = True) -> bool:
    """Tell the desk once that a mail did not arrive; answers whether it was news.

    Args:
        note: why, in the server's own words.
        certain: the report gives our mail back; else the desk is told no more than that somebody says so.
    """
    state = "failed" if certain else "hint"
    where = {"conversation_id": letter.conversation_id, "shop_id": letter.shop_id}
    up_to = Entry.objects.filter(pk=letter.entry_id or 0, **where).values_list("seq", flat=True).first()
    if up_to is None:
        return False
    with changing(letter.shop_id, letter.conversation_id, merged_too=True) as (change, about):
        shown = " ".join(note.split())[:_NOTE]
        data = {"what": "mailed", "state": state, "address": letter.recipient, "up_to": up_to, "note": shown}
        told = Entry.objects.filter(**where, kind="event", data__contains='"mailed"').filter(
            data__contains=f'"{state}"'
        )
        if told.filter(data__contains=f'"up_to":{up_to},').exists():
            return False
        tell(change, about, "conversation.mailed", data, by=None)
    return True
