"""Naming colleagues in notes."""

from collections.abc import Iterable

from sonnim.accounts.models import Agent
from sonnim.conversations.change import EntryRow
from sonnim.conversations.models import Conversation, Mention
from sonnim.conversations.together import mention_object
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import NotFound


def record(*, shop_id: int, note: EntryRow, by: int, agent_ids: Iterable[int]) -> None:
    """Tell those whom a note names; call inside the unit that writes the note, directly after it was published.

    Each gets one personal event. Whoever is unknown here, has left, or wrote the note is left out.

    Args:
        note: what `Change.entry` answered.
        by: the author, an agent.
    """
    work = log.current()
    _, conversation_id, seq = note[:3]
    wanted = set(agent_ids) - {by}
    named = Agent.objects.filter(pk__in=wanted, shop_id=shop_id, removed_at=None).order_by("pk")
    for agent_id in named.values_list("pk", flat=True):
        pos = work.claim(shop_id)
        mention = Mention.objects.create(
            shop_id=shop_id, agent_id=agent_id, conversation_id=conversation_id, seq=seq, by_id=by,
            at=clock.from_ms(work.at), v=pos,
        )  # fmt: skip
        work.publish(
            shop_id, pos, "mention.created", conversation_id=conversation_id, agent_id=agent_id,
            desk_put={"mentions": [mention_object(mention)]},
        )  # fmt: skip


def mark_mentions_seen(*, shop_id: int, conversation_id: int, agent_id: int) -> None:
    """Note that an agent has looked at where it was named in a conversation.

    Raises:
        NotFound: no such conversation in this shop.
    """
    with log.unit(shop_id) as work:
        unseen = list(
            Mention.objects.filter(
                agent_id=agent_id, conversation_id=conversation_id, shop_id=shop_id, seen_at=None
            ).order_by("id")
        )
        if not unseen:
            _require_conversation(shop_id, conversation_id)
            return
        pos = work.claim(shop_id)
        for mention in unseen:
            mention.seen_at, mention.v = clock.from_ms(work.at), pos
        Mention.objects.bulk_update(unseen, ["seen_at", "v"])
        work.publish(
            shop_id, pos, "mention.seen", conversation_id=conversation_id, agent_id=agent_id,
            desk_put={"mentions": [mention_object(mention) for mention in unseen]},
        )  # fmt: skip


def _require_conversation(shop_id: int, conversation_id: int) -> None:
    if not Conversation.objects.filter(pk=conversation_id, shop_id=shop_id).exists():
        raise NotFound("There is no such conversation.")
