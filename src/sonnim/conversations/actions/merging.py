"""Two conversations of one shopper become one, and can be taken apart again."""

import json
from typing import Any

from sonnim.conversations import families
from sonnim.conversations.change import Change
from sonnim.conversations.changing import changing
from sonnim.conversations.idlists import ids_of, with_id
from sonnim.conversations.models import Entry, Follower
from sonnim.conversations.release import release_if_gone
from sonnim.conversations.state import State
from sonnim.kernel.errors import Conflict, Invalid, NotFound


def merge_conversations(*, shop_id: int, conversation_id: int, into_id: int, by: int) -> None:
    """Let a conversation go on in another one of the same shopper and channel.

    Its timeline stays where it is, and is shown from a line in the other's. Whatever the shopper or an agent still
    sends to it arrives in the other. The shopper sees one talk, before and after.

    Raises:
        NotFound: one of them is none of this shop's.
        Invalid: both are the same.
        Conflict: one was merged already, or they are not of the same shopper and channel.
    """
    if conversation_id == into_id:
        raise Invalid("A conversation cannot be merged into itself.", fields={"into_id": "the same"})
    with changing(shop_id, conversation_id) as (change, source):
        change.load([into_id])
        target = change.get(shop_id, into_id)
        _require_mergeable(source, target)
        was = {"source": families.kept(source), "target": families.kept(target)}
        told = change.public_entries(source)
        families.join(source, target)
        _follow_on(source, target)
        data = {"what": "merged", "conversation_id": source.id, "count": _spoken(source.id)}
        joined = change.entry(target, "event", author=("agent", by), data=data)
        left = change.entry(
            source, "event", author=("agent", by),
            data={"what": "merged_into", "conversation_id": target.id, "seq": target.last_seq, "was": was},
        )  # fmt: skip
        shown = _is_talk(change, target)
        change.record(target, "conversation.joined", entries=[*told, joined] if shown else [joined], public=shown)
        drop = {"conversations": [source.id]} if shown else None
        change.record(source, "conversation.merged", entries=[left], public=shown, drop=drop)


def unmerge_conversation(*, shop_id: int, conversation_id: int, by: int) -> None:
    """Take a conversation out again of the one it was merged into, if it was. What was written since stays there.

    Raises:
        NotFound: no such conversation in this shop.
    """
    with changing(shop_id, conversation_id, merged_too=True) as (change, source):
        if source.status != "merged" or source.merged_into_id is None:
            return
        change.load([source.merged_into_id])
        target = change.get(shop_id, source.merged_into_id)
        merged = _how_it_was(source.id)
        source.merged_into_id = None
        families.restore(source, merged["was"]["source"])
        release_if_gone(source)
        if target.last_seq == merged["seq"]:
            families.restore(target, merged["was"]["target"])
            release_if_gone(target)
        elif _answered_since(target.id, merged["seq"]):
            source.waiting_since = None
            families.settle_rank(source)
        # What the shopper wrote since is in the other one: both stay one talk on the shopper's screen.
        families.tie(source, target)
        shown = _is_talk(change, source)
        for one, other in ((target, source), (source, target)):
            data = {"what": "unmerged", "conversation_id": other.id}
            entry = change.entry(one, "event", author=("agent", by), data=data)
            change.record(one, "conversation.unmerged", entries=[entry], public=shown and one.status != "merged")


def _require_mergeable(source: State, target: State) -> None:
    if target.status in {"merged", "spam"} or source.status == "spam":
        raise Conflict("A conversation that was merged, or is spam, cannot be merged.")
    if (source.contact_id, source.channel) != (target.contact_id, target.channel):
        raise Conflict("These conversations are with different people or on different channels; link them instead.")


def _follow_on(source: State, target: State) -> None:
    for agent_id in ids_of(source.follower_ids):
        Follower.objects.get_or_create(conversation_id=target.id, agent_id=agent_id)
        target.follower_ids = with_id(target.follower_ids, agent_id)


def _is_talk(change: Change, about: State) -> bool:
    """Whether the shopper's screen shows this conversation: it is one with the newest of its channel."""
    newest = change.load_latest([about.contact_id], about.channel)[about.contact_id]
    return about.id in {each.id for each in change.family(newest)}


def _spoken(conversation_id: int) -> int:
    return Entry.objects.filter(conversation_id=conversation_id, kind__in=["message", "note"]).count()


def _how_it_was(conversation_id: int) -> dict[str, Any]:
    for data in (
        Entry.objects.filter(conversation_id=conversation_id, kind="event")
        .order_by("-seq")
        .values_list("data", flat=True)
    ):
        found: dict[str, Any] = json.loads(data)
        if found.get("what") == "merged_into":
            return found
    raise NotFound("Nothing tells how this conversation was before.")


def _answered_since(conversation_id: int, seq: int) -> bool:
    since = Entry.objects.filter(conversation_id=conversation_id, seq__gt=seq)
    return since.filter(kind="message", author_kind="agent").exists()
