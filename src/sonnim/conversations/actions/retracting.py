"""Taking back what was sent a moment ago."""

import msgspec

from sonnim.conversations import amending, reach, rules, scrubbing
from sonnim.conversations.amending import Line
from sonnim.conversations.change import SHOWN, Change
from sonnim.conversations.changing import changing
from sonnim.conversations.models import Attachment, Envelope, Mention, Revision
from sonnim.conversations.shapes import entry_object
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden
from sonnim.kernel.text import preview

WITHIN_MS = 15_000
"""Ten seconds for the person, and five for the way."""


def retract_entry(*, shop_id: int, conversation_id: int, seq: int, agent_id: int) -> bool:
    """Take back an agent's own message or note; answers whether the shopper had read it already.

    The shopper's copy vanishes, its files are the agent's to send again, and whoever waited before waits again since
    then. An event line that came with it (assigned, reopened) stays: it says what is so now.

    Raises:
        NotFound: there is no such message.
        Forbidden: somebody else's.
        Conflict: it is gone, too old, or has left by a channel that calls nothing back.
    """
    found = scrubbing.find(shop_id=shop_id, conversation_id=conversation_id)
    with changing(shop_id, conversation_id, merged_too=True) as (change, about):
        line = amending.line_of(change, about, seq)
        _require_own(about, line, agent_id)
        was_public, wordings = line.public, amending.wordings_of(line)
        Revision.objects.filter(entry_id=line.id).delete()
        Attachment.objects.filter(entry_id=line.id).update(entry=None, conversation=None)
        Envelope.objects.filter(entry_id=line.id).delete()
        amending.hide(change, line, "retracted", by=agent_id)
        line.public = False
        row = amending.save_line(change, about, line)
        change.cursor.execute("UPDATE conversations_entry SET public = %s WHERE id = %s", [False, line.id])
        if line.kind == "message":
            _as_before(change, about)
        drop = {"entries": [line.id]} if was_public else None
        change.record(about, "entry.retracted", entries=[row], public=was_public, drop=drop)
        scrubbing.scrub(found, entry=entry_object(row[:SHOWN]), wordings=wordings)
        _call_nobody(shop_id, conversation_id, seq)
        return was_public and about.contact_seen_seq >= seq


def _require_own(about: State, line: Line, agent_id: int) -> None:
    if (line.author_kind, line.author_id) != ("agent", agent_id):
        raise Forbidden("Only whoever wrote this can take it back.")
    if line.hidden:
        raise Conflict("This is gone already.")
    if clock.now_ms() - line.at > WITHIN_MS:
        raise Conflict("It is too late to take this back.")
    # What is queued has certainly not left: taking it up needs the lock that this holds.
    queued = line.delivery != "" and msgspec.json.decode(line.delivery)["state"] == "queued"
    if line.kind == "message" and not queued and not reach.calls_back(about.channel):
        raise Conflict("What has left by this channel cannot be called back.")


def _as_before(change: Change, about: State) -> None:
    """The conversation's last words, and since when its shopper waits, as if the message had not been."""
    change.cursor.execute(
        "SELECT author_kind, author_id, text, attachments, at FROM conversations_entry "
        "WHERE conversation_id = %s AND kind = 'message' AND hidden <> 'retracted' ORDER BY seq DESC LIMIT 1",
        [about.id],
    )
    last = change.cursor.fetchone()
    about.last_by, about.last_text, about.last_at = "", "", about.created_at
    if last is not None:
        about.last_by, about.last_text, about.last_at = last[0], preview(last[2] or _names(last[3])), last[4]
    change.cursor.execute(
        "SELECT author_id FROM conversations_entry WHERE conversation_id = %s AND kind = 'message' "
        "AND author_kind = 'agent' AND hidden <> 'retracted' ORDER BY seq DESC LIMIT 1",
        [about.id],
    )
    spoke = change.cursor.fetchone()
    about.last_agent_id = spoke[0] if spoke else None
    if about.status != "spam":
        about.waiting_since = _waiting_since(change, about) if about.status in {"open", "snoozed"} else None
    about.rank = rules.rank(about)


def _names(attachments: str) -> str:
    return ", ".join(str(file["name"]) for file in msgspec.json.decode(attachments))


def _waiting_since(change: Change, about: State) -> int | None:
    """When the oldest message came that nobody has answered, and that was not settled either."""
    change.cursor.execute(
        "SELECT min(at) FROM conversations_entry WHERE conversation_id = %s AND kind = 'message' "
        "AND author_kind = 'contact' AND seq > COALESCE((SELECT max(seq) FROM conversations_entry "
        "WHERE conversation_id = %s AND hidden <> 'retracted' AND ((kind = 'message' AND author_kind = 'agent') "
        "OR (kind = 'event' AND data LIKE %s))), 0)",
        [about.id, about.id, '%"what":"resolved"%'],
    )
    found: int | None = change.cursor.fetchone()[0]
    return found


def _call_nobody(shop_id: int, conversation_id: int, seq: int) -> None:
    """Whom a note had called is not called any more."""
    work = log.current()
    called = Mention.objects.filter(conversation_id=conversation_id, seq=seq)
    for mention_id, agent_id in list(called.values_list("pk", "agent_id")):
        pos = work.claim(shop_id)
        work.publish(
            shop_id, pos, "mention.withdrawn", conversation_id=conversation_id, agent_id=agent_id,
            desk_drop={"mentions": [mention_id]},
        )  # fmt: skip
    called.delete()
