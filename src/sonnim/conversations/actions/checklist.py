"""What is to be done in a conversation, by whoever gets to it."""

from collections.abc import Callable

from django.db.models import Max

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.conversations import scrubbing
from sonnim.conversations.change import Change
from sonnim.conversations.changing import changing
from sonnim.conversations.models import ChecklistItem
from sonnim.conversations.state import State
from sonnim.conversations.together import ChecklistObject, checklist_object
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid, NotFound, TextInvalid
from sonnim.kernel.text import checked_text

MAX_ITEMS = 50
MAX_ITEM = 300


def add_checklist_item(*, shop_id: int, conversation_id: int, by: int, text: str) -> ChecklistObject:
    """Put something at the end of a conversation's checklist; answers the whole list.

    Raises:
        NotFound: no such conversation in this shop.
        Invalid: 50 things are enough; an empty or too long text.
    """
    wanted = _checked(text)
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        items = ChecklistItem.objects.filter(conversation_id=about.id)
        if items.count() >= MAX_ITEMS:
            raise Invalid(f"A checklist has at most {MAX_ITEMS} items.")
        last = items.aggregate(last=Max("position"))["last"] or 0
        ChecklistItem.objects.create(
            shop_id=shop_id, conversation_id=about.id, text=wanted, position=last + 1, created_by_id=by
        )
        return _told(change, about)


def change_checklist_item(
    *, shop_id: int, conversation_id: int, item_id: int, by: int, text: str | None = None, done: bool | None = None
) -> ChecklistObject:
    """Check something off (or not), or word it anew; answers the whole list.

    Raises:
        NotFound: no such item in this conversation.
        Invalid: an empty or too long text.
    """
    wanted = None if text is None else _checked(text)

    def change_it(item: ChecklistItem) -> None:
        if wanted is not None:
            item.text = wanted
        if done is not None and done != (item.done_at is not None):
            item.done_at, item.done_by_id = (clock.now(), by) if done else (None, None)
        item.save(update_fields=["text", "done_at", "done_by_id"])

    return _with_item(shop_id, conversation_id, item_id, change_it)


def remove_checklist_item(*, shop_id: int, conversation_id: int, item_id: int) -> ChecklistObject:
    """Take something off the list, and its words out of the log of events; answers the whole list.

    Raises:
        NotFound: no such item in this conversation.
    """
    found = scrubbing.find(shop_id=shop_id, conversation_id=conversation_id)

    def remove(item: ChecklistItem) -> None:
        item.delete()
        scrubbing.scrub_item(found, item_id=item_id)

    return _with_item(shop_id, conversation_id, item_id, remove)


def erase_checklist_item(*, actor: Actor, conversation_id: int, item_id: int, reason: str) -> ChecklistObject:
    """Take something off the list and its words out of the log of events, for good; answers the rest.

    Who did it, when and why stays in the audit log; the reason must not repeat what was erased.

    Raises:
        NotFound: no such item in this conversation.
    """
    found = scrubbing.find(shop_id=actor.shop_id, conversation_id=conversation_id)

    def erase(item: ChecklistItem) -> None:
        item.delete()
        scrubbing.scrub_item(found, item_id=item_id)
        target = f"conversation {conversation_id}, checklist"
        audit.record(actor, "conversation.redacted", target=target, reason=reason)

    return _with_item(actor.shop_id, conversation_id, item_id, erase)


def _with_item(
    shop_id: int, conversation_id: int, item_id: int, act: Callable[[ChecklistItem], object]
) -> ChecklistObject:
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        item = ChecklistItem.objects.filter(pk=item_id, conversation_id=about.id).first()
        if item is None:
            raise NotFound("There is no such item on this list.")
        act(item)
        return _told(change, about)


def _told(change: Change, about: State) -> ChecklistObject:
    # The list has no version of its own: whoever changes it changes the conversation's.
    shown = checklist_object(about.id, v=change.upcoming(about))
    change.record(about, "checklist.changed", desk_put={"checklists": [shown]})
    return shown


def _checked(text: str) -> str:
    wanted = " ".join(checked_text(text).split())
    if len(wanted) > MAX_ITEM:
        raise TextInvalid(f"An item has at most {MAX_ITEM} characters.")
    return wanted
