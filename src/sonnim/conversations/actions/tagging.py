"""Tags on conversations."""

from sonnim.conversations import deeds
from sonnim.conversations.changing import changing


def tag_conversation(*, shop_id: int, conversation_id: int, by: int, add: list[int], remove: list[int]) -> None:
    """Put tags on a conversation and take others off.

    Raises:
        NotFound: no such conversation, or no such tag to put on.
        Conflict: it would have too many.
    """
    with changing(shop_id, conversation_id) as (change, about):
        deeds.check_tags(shop_id, add)
        deeds.tag(change, about, by=by, add=add, remove=remove)
