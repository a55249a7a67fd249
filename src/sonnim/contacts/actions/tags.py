"""Making, renaming and removing tags."""

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.rules import checked_color
from sonnim.contacts.models import Tag
from sonnim.contacts.tags import TagObject, tag_object
from sonnim.eventlog import log
from sonnim.eventlog.log import Unit
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Invalid, NotFound

MAX_TAGS = 500
MAX_NAME = 40


def create_tag(*, actor: Actor, name: str, color: str = "#0F766E") -> TagObject:
    """Raises: Conflict, when there is a tag of this name, or too many; Invalid, for a name or color that is none."""
    with log.unit(actor.shop_id) as work:
        if Tag.objects.filter(shop=actor.shop_id, removed_at=None).count() >= MAX_TAGS:
            raise Conflict(f"A shop has at most {MAX_TAGS} tags.")
        tag = Tag(shop_id=actor.shop_id)
        shown = _save(work, tag, name=name, color=color)
        audit.record(actor, "tag.created", target=f"tag:{tag.pk}", name=tag.name)
        return shown


def change_tag(*, actor: Actor, tag_id: int, name: str | None = None, color: str | None = None) -> TagObject:
    """Raises: NotFound; Conflict and Invalid, as for a new one."""
    with log.unit(actor.shop_id) as work:
        tag = _tag(actor.shop_id, tag_id)
        shown = _save(work, tag, name=tag.name if name is None else name, color=tag.color if color is None else color)
        audit.record(actor, "tag.changed", target=f"tag:{tag.pk}", name=tag.name)
        return shown


def remove_tag(*, actor: Actor, tag_id: int) -> None:
    """Nothing shows it any more but what tells of the past; its name is free again. Raises: NotFound."""
    with log.unit(actor.shop_id) as work:
        tag = _tag(actor.shop_id, tag_id)
        audit.record(actor, "tag.removed", target=f"tag:{tag.pk}", name=tag.name)
        tag.removed_at = clock.now()
        _publish(work, tag)


def _tag(shop_id: int, tag_id: int) -> Tag:
    tag = Tag.objects.filter(pk=tag_id, shop=shop_id, removed_at=None).first()
    if tag is None:
        raise NotFound("There is no such tag.")
    return tag


def _save(work: Unit, tag: Tag, *, name: str, color: str) -> TagObject:
    tag.name, tag.color = " ".join(name.split()), checked_color(color)
    if not 1 <= len(tag.name) <= MAX_NAME or "\x00" in tag.name:
        raise Invalid(fields={"name": f"must have 1 to {MAX_NAME} characters"})
    if Tag.objects.filter(shop=tag.shop_id, name=tag.name, removed_at=None).exclude(pk=tag.pk).exists():
        raise Conflict("A tag already has this name.")
    return _publish(work, tag)


def _publish(work: Unit, tag: Tag) -> TagObject:
    tag.v = pos = work.claim(tag.shop_id)
    tag.save()
    shown = tag_object(tag)
    work.publish(tag.shop_id, pos, "tag.updated", desk_put={"tags": [shown]})
    return shown
