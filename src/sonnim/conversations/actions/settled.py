"""What the shopper says of a settled conversation: that it was solved, or that it was not."""

from sonnim.conversations import rules
from sonnim.conversations.changing import changing
from sonnim.conversations.release import release_if_gone
from sonnim.kernel import clock
from sonnim.kernel.errors import Blocked, Conflict, Invalid, NotFound

MAX_WORDS = 2_000


def record_solved(*, shop_id: int, conversation_id: int, contact_id: int, solved: bool, words: str = "") -> None:
    """Keep the shopper's own word on whether this was solved. What was not comes back to the desk, and waits.

    Saying the same again changes nothing, unless words come with it.

    Raises:
        NotFound: no conversation of this contact.
        Conflict: it is not settled.
        Blocked: the shop does not want to hear from this contact.
        Invalid: too many words.
    """
    words = words.strip()
    if len(words) > MAX_WORDS or "\x00" in words:
        raise Invalid(fields={"words": f"at most {MAX_WORDS} characters"})
    with changing(shop_id, conversation_id) as (change, about):
        if about.contact_id != contact_id:
            raise NotFound("There is no such conversation.")
        if about.blocked:
            raise Blocked("This conversation is closed.")
        if about.status != "resolved":
            raise Conflict("This conversation goes on.")
        if about.solved is solved and not words:
            return
        about.solved = solved
        shopper = ("contact", contact_id)
        entries = [change.entry(about, "event", author=shopper, text=words, data={"what": "solved", "solved": solved})]
        if not solved:
            release_if_gone(about)
            rules.unsettle(about, at=clock.now_ms())
            data = {"what": "reopened", "by": "contact"}
            entries.append(change.entry(about, "event", author=shopper, data=data, public=True))
        change.record(about, "conversation.solved", entries=entries, public=True)
