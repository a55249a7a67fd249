"""The tags of a shop, for conversations and contacts alike."""

from typing_extensions import TypedDict

from sonnim.contacts.models import Tag


class TagObject(TypedDict):
    """A tag. A removed one is still named by what tells of the past."""

    id: int
    v: int
    name: str
    color: str
    removed: bool


def tag_object(tag: Tag) -> TagObject:
    """A tag for clients."""
    return TagObject(id=tag.pk, v=tag.v, name=tag.name, color=tag.color, removed=tag.removed_at is not None)


def tags_of(shop_id: int) -> list[TagObject]:
    """All tags of a shop, by name, removed ones too."""
    return [tag_object(tag) for tag in Tag.objects.filter(shop=shop_id).order_by("name", "id")]
