"""A second matter in a conversation gets a conversation of its own."""

from sonnim.conversations import rules
from sonnim.conversations.actions.linking import tie
from sonnim.conversations.changing import changing
from sonnim.conversations.models import Entry
from sonnim.conversations.state import State
from sonnim.kernel import clock
from sonnim.kernel.errors import Invalid
from sonnim.kernel.text import preview


def split_conversation(*, shop_id: int, conversation_id: int, from_seq: int, by: int) -> int:
    """Begin a conversation about what was said from an entry on; answers its id.

    The entries stay where they are, gapless, and are shown in the new one too: what a shopper said is there once, to be
    counted, found and redacted once. Both are linked. The shopper's next message goes where the desk speaks next.

    Raises:
        NotFound: no such conversation in this shop.
        Invalid: no message of the conversation stands there, or it would take all of it.
    """
    with changing(shop_id, conversation_id) as (change, about):
        talk = Entry.objects.filter(conversation_id=about.id, kind="message").order_by("seq")
        carried = list(talk.filter(seq__gte=from_seq, seq__lte=about.last_seq))
        if not carried or carried[0].seq != from_seq:
            raise Invalid("Choose the message with which the other matter begins.", fields={"from_seq": "no message"})
        if not talk.filter(seq__lt=from_seq).exists():
            raise Invalid("Something must stay in this conversation.", fields={"from_seq": "the first message"})
        begun = change.open(shop_id=shop_id, contact_id=about.contact_id, channel=about.channel, locale=about.locale)
        _hand_over(about, begun, list(talk.filter(seq__lt=from_seq)), carried)
        tie(about=about, other=begun)
        span = {"from_seq": from_seq, "to_seq": about.last_seq, "count": len(carried)}
        author = ("agent", by)
        first = change.entry(
            begun, "event", author=author, data={"what": "split_from", "conversation_id": about.id, **span}
        )
        begun.desk_seen_seq = begun.last_seq
        left = change.entry(
            about, "event", author=author, data={"what": "split_off", "conversation_id": begun.id, **span}
        )
        change.record(about, "conversation.split", entries=[left])
        change.record(begun, "conversation.opened", entries=[first], public=True)
        return begun.id


def _hand_over(about: State, begun: State, stays: list[Entry], carried: list[Entry]) -> None:
    """Give the new conversation its people, its last words, and the shopper who waits for an answer in it."""
    begun.split_from_id = about.id
    begun.assignee_id, begun.team_id = about.assignee_id, about.team_id
    last = carried[-1]
    begun.last_at, begun.last_text, begun.last_by = clock.to_ms(last.at), preview(last.text), last.author_kind
    if about.waiting_since is not None:
        about.waiting_since, begun.waiting_since = _unanswered(stays), _unanswered(carried)
    about.rank, begun.rank = rules.rank(about), rules.rank(begun)


def _unanswered(talk: list[Entry]) -> int | None:
    """Since when a shopper waits: the first message after the last answer."""
    since = None
    for entry in talk:
        if entry.author_kind != "contact":
            since = None
        elif since is None:
            since = clock.to_ms(entry.at)
    return since
