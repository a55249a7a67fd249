"""Posting messages: a batch of any size in one transaction, each message once however often it is sent."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from django.db.backends.utils import CursorWrapper

from sonnim.accounts.models import Agent
from sonnim.contacts.queries import contact_objects
from sonnim.conversations import reach, rules
from sonnim.conversations.actions import mentions
from sonnim.conversations.change import Change, EntryRow
from sonnim.conversations.models import Attachment
from sonnim.conversations.release import release_if_gone
from sonnim.conversations.shapes import attachment_object, delivery_json
from sonnim.conversations.state import State
from sonnim.eventlog import log
from sonnim.kernel import sql
from sonnim.kernel.errors import (
    AttachmentsInvalid,
    Blocked,
    Conflict,
    Forbidden,
    NotFound,
    SonnimError,
    Unauthenticated,
)

_json = msgspec.json.Encoder()
Sender = tuple[str, int]


HELD_MS = 10_000


class Post(msgspec.Struct, frozen=True):
    """A message that somebody wants to be in a timeline. What it says has passed `conversations.check`.

    `conversation_id` may be None for a contact: then its newest conversation on `channel`, or a new one, takes it.
    So it may for an agent who names the contact with whom a conversation begins.

    Attributes:
        contact_id: with whom an agent begins a conversation.
        afresh: a contact's message that begins a conversation of its own, about `subject`.
        by_proxy: the conversation is somebody else's: a channel vouches that this contact may write into it. What
            they say is for the desk alone: it may be a third party's answer to something the shopper set going.
        automatic: no person wrote it, such as an absence notice: nobody waits for an answer, nothing is reopened, and
            it is for the desk alone.
        envelope: of a letter-like message, as JSON; see shapes.EnvelopeObject.
        held: what is carried leaves only after HELD_MS, until which its agent may take it back.
    """

    shop_id: int
    author_kind: str
    author_id: int
    client_id: str
    text: str
    kind: str = "message"
    conversation_id: int | None = None
    attachments: tuple[int, ...] = ()
    channel: str = ""
    locale: str = "en"
    at: int | None = None
    data: str = "{}"
    mentions: tuple[int, ...] = ()
    contact_id: int | None = None
    subject: str = ""
    afresh: bool = False
    by_proxy: bool = False
    automatic: bool = False
    envelope: str = ""
    held: bool = False

    @property
    def sender(self) -> Sender:
        """Who sends; with `client_id` the message's identity."""
        return self.author_kind, self.author_id

    def digest(self) -> str:
        """A fingerprint of the content, by which a repeat is told from a conflict."""
        parts = [self.kind, self.text, ",".join(map(str, self.attachments))]
        if self.data != "{}":
            parts.append(self.data)
        if self.envelope:
            parts.append(self.envelope)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


class Ack(msgspec.Struct, frozen=True):
    """The server's word that a message is on the disk; the same for every repeat."""

    client_id: str
    id: int
    conversation: int
    seq: int
    at: int
    repeat: bool = False


Outcome = Ack | SonnimError


def post_batch(posts: Sequence[Post]) -> list[Outcome]:
    """Store the posts, in order, in one transaction.

    Returns:
        For each post its acknowledgement, or why it was refused. Nothing is acknowledged before the disk has it.

    Raises:
        django.db.Error: the whole batch failed and nothing of it was stored.
    """
    with log.unit(*{post.shop_id for post in posts}) as work, Change(work, expected_entries=len(posts)) as change:
        known = _already_sent(change.cursor, posts)
        change.load({post.conversation_id for post in posts if post.conversation_id is not None})
        latest = _latest(change, posts)
        files = _files(posts)
        gone = _removed_agents(posts)
        outcomes: list[Outcome] = []
        for post in posts:
            digest = post.digest()
            try:
                if post.sender in gone:
                    raise Forbidden("You do not work in this shop any more.")
                ack = _repeat(change, post, digest, known)
                ack = ack or _store(change, post, digest, latest, files, at=post.at or work.at)
            except SonnimError as refused:
                outcomes.append(refused)
                continue
            known[post.author_kind, post.author_id, post.client_id] = (ack, digest)
            outcomes.append(ack)
        _give(change.cursor, posts, outcomes, files)
    return outcomes


def _removed_agents(posts: Sequence[Post]) -> set[Sender]:
    """Those senders whose place ended while their messages were on their way, perhaps through another node."""
    agents = {post.author_id for post in posts if post.author_kind == "agent"}
    if not agents:
        return set()
    removed = Agent.objects.filter(pk__in=agents, removed_at__isnull=False).values_list("pk", flat=True)
    return {("agent", identity) for identity in removed}


def _already_sent(cursor: CursorWrapper, posts: Sequence[Post]) -> dict[tuple[str, int, str], tuple[Ack, str]]:
    # SQLite would look a row value up by its first column alone, or read the whole table; CROSS JOIN fixes the order.
    wanted = (
        "json_each(%s) AS w CROSS JOIN conversations_entry AS e ON e.author_id = w.value ->> 0 "
        "AND e.author_kind = w.value ->> 1 AND e.client_id = w.value ->> 2"
        if sql.is_sqlite()
        else "unnest(%s::bigint[], %s::text[], %s::text[]) AS w(author, kind, client) JOIN conversations_entry AS e "
        "ON e.author_id = w.author AND e.author_kind = w.kind AND e.client_id = w.client"
    )
    keys = [(post.author_id, post.author_kind, post.client_id) for post in posts]
    parameters: list[Any] = [sql.many(keys)] if sql.is_sqlite() else sql.arrays(keys)
    cursor.execute(
        "SELECT e.author_kind, e.author_id, e.client_id, e.id, e.conversation_id, e.seq, e.at, e.digest "  # noqa: S608
        f"FROM {wanted} WHERE e.client_id IS NOT NULL",
        parameters,
    )
    return {
        (row[0], row[1], row[2]): (Ack(row[2], row[3], row[4], row[5], row[6], repeat=True), row[7])
        for row in cursor.fetchall()
    }


def _repeat(change: Change, post: Post, digest: str, known: dict[tuple[str, int, str], tuple[Ack, str]]) -> Ack | None:
    found = known.get((post.author_kind, post.author_id, post.client_id))
    if found is None:
        return None
    ack, stored = found
    if (stored and digest != stored) or not _is_there(change, post, ack.conversation):
        raise Conflict("This client_id was used for another message.")
    return msgspec.structs.replace(ack, repeat=True)


def _is_there(change: Change, post: Post, conversation_id: int) -> bool:
    """Whether a message in this conversation is where the sender wanted it: there, or in what was merged into it."""
    if post.conversation_id is None or post.conversation_id == conversation_id:
        return True
    named = change.get(post.shop_id, post.conversation_id)
    return named.status == "merged" and change.follow(named).id == conversation_id


def _latest(change: Change, posts: Sequence[Post]) -> dict[tuple[int, str], State]:
    found: dict[tuple[int, str], State] = {}
    homeless = [post for post in posts if post.conversation_id is None and post.contact_id is None]
    for channel in {post.channel for post in homeless}:
        contacts = {post.author_id for post in homeless if post.channel == channel}
        latest = change.load_latest(contacts, channel)
        found |= {(contact, channel): change.current(newest) for contact, newest in latest.items()}
    return found


def _files(posts: Sequence[Post]) -> dict[int, Attachment]:
    wanted = {identity for post in posts for identity in post.attachments}
    return Attachment.objects.in_bulk(wanted) if wanted else {}


def _store(
    change: Change,
    post: Post,
    digest: str,
    latest: dict[tuple[int, str], State],
    files: dict[int, Attachment],
    *,
    at: int,
) -> Ack:
    if post.author_kind == "contact" and post.kind != "message":
        raise Forbidden("Notes are for the desk.")
    own = _own_files(post, files)
    about, is_new = _target(change, post, latest, at)
    if post.author_kind == "contact" and about.blocked:
        raise Blocked("This conversation is closed.")
    entries: list[EntryRow] = []
    was = about.status
    if was == "resolved" and post.kind == "message":
        release_if_gone(about)
    if post.kind == "note":
        pass
    elif post.automatic:
        rules.machine_wrote(about, text=post.text or _named(own), at=at)
    elif post.author_kind == "contact":
        rules.shopper_wrote(about, text=post.text or _named(own), at=at)
    else:
        before = about.assignee_id
        rules.agent_wrote(about, agent_id=post.author_id, text=post.text or _named(own), at=at)
        if before is None:
            data = {"what": "assigned", "agent_id": about.assignee_id, "from_agent_id": None, "team_id": about.team_id}
            entries.append(change.entry(about, "event", author=post.sender, data=data, at=at))
    if was != about.status:
        entries.append(_came_back(change, post, about, was, at))
    delivery = _first_state(post, about, at)
    for_shopper = post.kind == "message" and not post.by_proxy and not post.automatic
    message = change.entry(
        about,
        post.kind,
        author=post.sender,
        text=post.text,
        client_id=post.client_id,
        digest=digest,
        attachments=_json.encode([attachment_object(file) for file in own]).decode() if own else "[]",
        data=msgspec.Raw(post.data.encode()) if post.data != "{}" else None,
        at=at,
        public=for_shopper,
        delivery=delivery,
    )
    if delivery:
        change.carry(about, message[0], after_ms=HELD_MS if post.held else 0)
    if post.envelope:
        change.enclose(message, post.envelope)
    if post.author_kind == "agent":
        if post.kind == "message":  # a shopper is not told of notes, so that a note must not change what they see
            about.desk_seen_seq = about.last_seq
    elif for_shopper:
        about.contact_seen_seq = about.last_seq
    if is_new and post.author_kind == "contact":
        latest[post.author_id, post.channel] = about
    change.record(
        about,
        "note.created" if post.kind == "note" else "message.created",
        entries=[*entries, message],
        public=for_shopper or was != about.status,
        desk_put={"contacts": contact_objects(post.shop_id, [about.contact_id])} if is_new else None,
    )
    if post.mentions and post.kind == "note":
        mentions.record(shop_id=post.shop_id, note=message, by=post.author_id, agent_ids=post.mentions)
    for file in own:
        file.entry_id, file.conversation_id = message[0], about.id
    return Ack(post.client_id, message[0], about.id, about.last_seq, at)


def _target(change: Change, post: Post, latest: dict[tuple[int, str], State], at: int) -> tuple[State, bool]:
    if post.conversation_id is not None:
        about = change.get(post.shop_id, post.conversation_id)
        if post.author_kind == "contact" and about.contact_id != post.author_id and not post.by_proxy:
            _require_welcome(change.cursor, post.shop_id, post.author_id)
            raise NotFound("There is no such conversation.")
        return change.follow(about), False
    contact_id = post.author_id if post.author_kind == "contact" else post.contact_id
    if contact_id is None or not post.channel:
        raise NotFound("Name the conversation.")
    found = None if post.afresh or post.contact_id else latest.get((contact_id, post.channel))
    if found is not None and rules.takes_new_message(found, at):
        return found, False
    _require_welcome(change.cursor, post.shop_id, contact_id)
    return change.open(
        shop_id=post.shop_id, contact_id=contact_id, channel=post.channel, locale=post.locale, subject=post.subject
    ), True


def _first_state(post: Post, about: State, at: int) -> str:
    """How far an answer has come whose shopper is not with us; nothing for all other messages."""
    carried = post.kind == "message" and post.author_kind == "agent" and reach.is_carried(about.channel)
    return delivery_json("queued", at=at) if carried else ""


def _require_welcome(cursor: CursorWrapper, shop_id: int, contact_id: int) -> None:
    """Raises: NotFound, for a contact that is none of this shop's; Unauthenticated, for one merged since; Blocked."""
    cursor.execute(
        "SELECT blocked, merged_into_id FROM contacts_contact WHERE id = %s AND shop_id = %s",
        [contact_id, shop_id],
    )
    row = cursor.fetchone()
    if row is None:
        raise NotFound("There is no such contact.")
    if row[1] is not None:
        raise Unauthenticated("This browser is known under another name now; say who you are again.")
    if row[0]:
        raise Blocked("This conversation is closed.")


def _came_back(change: Change, post: Post, about: State, was: str, at: int) -> EntryRow:
    by = post.author_kind
    data = {"what": "reopened", "by": by} if was == "resolved" else {"what": "unsnoozed", "why": by}
    return change.entry(about, "event", author=post.sender, data=data, at=at, public=was == "resolved")


def _own_files(post: Post, files: dict[int, Attachment]) -> list[Attachment]:
    own = []
    for identity in post.attachments:
        file = files.get(identity)
        if (
            file is None
            or file.shop_id != post.shop_id
            or (file.owner_kind, file.owner_id) != post.sender
            or file.entry_id is not None
        ):
            raise AttachmentsInvalid("A file is not yours, or was sent before; upload it again.")
        own.append(file)
    return own


def _named(files: Iterable[Attachment]) -> str:
    return ", ".join(file.name for file in files)


def _give(
    cursor: CursorWrapper, posts: Sequence[Post], outcomes: Sequence[Outcome], files: dict[int, Attachment]
) -> None:
    taken = {
        identity
        for post, outcome in zip(posts, outcomes, strict=True)
        if isinstance(outcome, Ack) and not outcome.repeat
        for identity in post.attachments
    }
    rows = [(files[identity].entry_id, files[identity].conversation_id, identity) for identity in taken]
    sql.update_rows(cursor, "conversations_attachment", {"entry_id": "bigint", "conversation_id": "bigint"}, rows)


def ensure_posted(post: Post) -> Ack:
    """Store one message on the calling thread, for processes that run no writer thread.

    Raises:
        SonnimError: it was refused.
    """
    [outcome] = post_batch([post])
    if isinstance(outcome, SonnimError):
        raise outcome
    return outcome
