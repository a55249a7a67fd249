"""Conversations that belong together without being one."""

from sonnim.conversations.change import Change
from sonnim.conversations.changing import changing
from sonnim.conversations.idlists import ids_of, with_id, without_id
from sonnim.conversations.models import Link
from sonnim.conversations.state import State
from sonnim.kernel.errors import Invalid

MAX_LINKS = 50


def link_conversations(*, shop_id: int, conversation_id: int, other_id: int, by: int) -> None:
    """Note in both conversations that they belong together, whoever they are with.

    Raises:
        NotFound: one of them is none of this shop's.
        Invalid: both are the same, or one has 50 links already.
    """
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        other = _other(change, shop_id, about, other_id)
        if other.id in ids_of(about.linked_ids):
            return
        if max(len(ids_of(about.linked_ids)), len(ids_of(other.linked_ids))) >= MAX_LINKS:
            raise Invalid(f"A conversation has at most {MAX_LINKS} links.")
        tie(about=about, other=other)
        for one, two in ((about, other), (other, about)):
            data = {"what": "linked", "conversation_id": two.id}
            entry = change.entry(one, "event", author=("agent", by), data=data)
            change.record(one, "conversation.linked", entries=[entry])


def unlink_conversations(*, shop_id: int, conversation_id: int, other_id: int) -> None:
    """Take the link away again; both timelines keep that there was one.

    Raises:
        NotFound: one of them is none of this shop's.
    """
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        other = _other(change, shop_id, about, other_id)
        if other.id not in ids_of(about.linked_ids):
            return
        Link.objects.filter(a_id=min(about.id, other.id), b_id=max(about.id, other.id)).delete()
        for one, two in ((about, other), (other, about)):
            one.linked_ids = without_id(one.linked_ids, two.id)
            change.record(one, "conversation.unlinked")


def tie(*, about: State, other: State) -> None:
    """Keep the link; for an action that then tells of both."""
    Link.objects.get_or_create(a_id=min(about.id, other.id), b_id=max(about.id, other.id))
    about.linked_ids = with_id(about.linked_ids, other.id)
    other.linked_ids = with_id(other.linked_ids, about.id)


def _other(change: Change, shop_id: int, about: State, other_id: int) -> State:
    if other_id == about.id:
        raise Invalid("A conversation cannot be linked with itself.")
    change.load([other_id])
    return change.get(shop_id, other_id)
