"""A redacted wording leaves the event log too, where it would wait to be told again to whoever resumes."""

from typing import Any, Protocol

import msgspec

from sonnim.conversations.models import Conversation
from sonnim.eventlog import rewriting
from sonnim.kernel.text import preview

Found = rewriting.Found
_COLLECTIONS = ("drafts", "scheduled")  # what an agent was about to say; a few letters are no evidence
_TELLING = 4
_ABOUT = {"questions": ("text", "answer"), "promises": ("note", "reason")}
"""What stands beside a conversation, and what somebody wrote in it that its timeline tells of too."""


class Forget(Protocol):
    """Takes words out of what was kept of a shop's contact; within the unit of the redaction."""

    def __call__(self, *, shop_id: int, contact_id: int, words: set[str]) -> None:
        """Have them gone."""


_elsewhere: list[Forget] = []


def join(forget: Forget) -> None:
    """Have a later domain forget what it has copied out of timelines. For an app's `ready`."""
    if forget not in _elsewhere:
        _elsewhere.append(forget)


def forget_copies(*, shop_id: int, contact_id: int, wordings: list[str]) -> None:
    """Have all who copied it forget a wording; inside the unit of the redaction."""
    words = {wording for wording in wordings if wording.strip()}
    for forget in _elsewhere if words else ():
        forget(shop_id=shop_id, contact_id=contact_id, words=words)


def find(*, shop_id: int, conversation_id: int) -> Found:
    """The events that may carry a wording of this conversation; looked for before the lock is taken.

    What it was merged into has told its entries too, and what was split off its last words: all of its shopper's are
    looked through.
    """
    shoppers = Conversation.objects.filter(pk=conversation_id, shop_id=shop_id).values("contact_id")
    ids = Conversation.objects.filter(shop_id=shop_id, contact_id__in=shoppers).values_list("pk", flat=True)
    return rewriting.find(shop_id, list(ids))


def scrub(found: Found, *, entry: dict[str, Any], wordings: list[str]) -> None:
    """Have every event that carries the entry carry it without its wording; call inside the unit of the redaction.

    Args:
        entry: as it is now.
        wordings: what it said.
    """
    plain = msgspec.json.decode(msgspec.json.encode(entry))
    words = {wording for wording in wordings if wording}
    rewriting.rewrite(found, lambda part: _without(part, plain, words))


def scrub_item(found: Found, *, item_id: int) -> None:
    """Have every event that carries an item of a checklist carry it without its words; inside that unit."""
    rewriting.rewrite(found, lambda part: _without_item(part, item_id))


def _without_item(part: dict[str, Any], item_id: int) -> bool:
    lists = part.get("put", {}).get("checklists", {}).values()
    items = [item for each in lists for item in each["items"] if item["id"] == item_id and item["text"]]
    for item in items:
        item["text"] = ""
    return bool(items)


def _without(part: dict[str, Any], entry: dict[str, Any], words: set[str]) -> bool:
    """Take the wording out of one part of an event; answers whether there was any."""
    put = part.get("put", {})
    changed = False
    if str(entry["id"]) in put.get("entries", {}):
        put["entries"][str(entry["id"])] = entry
        changed = True
    previews = {preview(word) for word in words}
    for conversation in put.get("conversations", {}).values():
        if conversation.get("last_text") in previews:
            conversation["last_text"] = ""
            changed = True
        if conversation.get("subject") in words:
            conversation["subject"] = ""
            changed = True
    for offer in put.get("offers", {}).values():
        if offer.get("text") in previews:
            offer["text"] = ""
            changed = True
    for collection, names in _ABOUT.items():
        for each in put.get(collection, {}).values():
            for name in names:
                if each.get(name) in words:
                    each[name] = ""
                    changed = True
    for name in _COLLECTIONS:
        for written in put.get(name, {}).values():
            if _says(str(written.get("text", "")), words):
                written["text"] = ""
                changed = True
                if "data" in written:
                    written["data"] = {}
    return changed


def _says(text: str, words: set[str]) -> bool:
    return any(text == word or (len(text) >= _TELLING and text in word) or word in text for word in words if text)
