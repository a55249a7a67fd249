"""Which skills a conversation asks for. Whatever else may ask for one (a product, say) joins here."""

from collections.abc import Sequence
from typing import Protocol

from sonnim.contacts.models import Tag
from sonnim.conversations.idlists import ids_of


class Tagged(Protocol):
    """What is known of a conversation that waits."""

    @property
    def id(self) -> int: ...
    @property
    def tag_ids(self) -> str: ...
    @property
    def contact_tags(self) -> str: ...


def wants_of(shop_id: int, rows: Sequence[Tagged]) -> dict[int, frozenset[str]]:
    """Conversation → words, in lower case: the tags of the conversation and of the shopper. Those that are nobody's
    skill ask for nothing; see rules.choose.
    """
    tagged = {
        row.id: {*ids_of(row.tag_ids), *ids_of(row.contact_tags)}
        for row in rows
        if row.tag_ids != "[]" or row.contact_tags != "[]"
    }
    if not tagged:
        return {}
    names = dict(Tag.objects.filter(shop_id=shop_id, removed_at=None).values_list("id", "name"))
    return {
        conversation: frozenset(names[tag].casefold() for tag in tags if tag in names)
        for conversation, tags in tagged.items()
    }
