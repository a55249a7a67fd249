"""Following a conversation without having it."""

from sonnim.conversations.changing import changing
from sonnim.conversations.idlists import ids_of, with_id, without_id
from sonnim.conversations.models import Follower


def follow_conversation(*, shop_id: int, conversation_id: int, agent_id: int) -> None:
    """Let an agent hear of what happens in a conversation; whoever follows already goes on following.

    Raises:
        NotFound: no such conversation in this shop.
    """
    with changing(shop_id, conversation_id) as (change, about):
        if agent_id not in ids_of(about.follower_ids):
            Follower.objects.get_or_create(conversation_id=about.id, agent_id=agent_id)
            about.follower_ids = with_id(about.follower_ids, agent_id)
            change.record(about, "conversation.followed")


def unfollow_conversation(*, shop_id: int, conversation_id: int, agent_id: int) -> None:
    """Let an agent hear no more of it.

    Raises:
        NotFound: no such conversation in this shop.
    """
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        if agent_id in ids_of(about.follower_ids):
            Follower.objects.filter(conversation_id=about.id, agent_id=agent_id).delete()
            about.follower_ids = without_id(about.follower_ids, agent_id)
            change.record(about, "conversation.unfollowed")
