"""How far the desk and the shopper have read."""

from sonnim.conversations.changing import changing
from sonnim.kernel.errors import Invalid, NotFound


def mark_seen(*, shop_id: int, conversation_id: int, seq: int, contact_id: int | None = None) -> None:
    """Note how far the desk has read, or the shopper when `contact_id` is given. It never goes back.

    Raises:
        NotFound: not a conversation of this shop, or not this contact's.
        Invalid: `seq` is beyond the last entry.
    """
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        if contact_id is not None and about.contact_id != contact_id:
            raise NotFound("There is no such conversation.")
        if not 0 <= seq <= about.last_seq:
            raise Invalid("There is no such entry.", fields={"seq": "beyond the last entry"})
        seen = about.desk_seen_seq if contact_id is None else about.contact_seen_seq
        if seq <= seen:
            return
        if contact_id is None:
            about.desk_seen_seq = seq
        else:
            about.contact_seen_seq = seq
        change.record(about, "conversation.seen", public=True)
