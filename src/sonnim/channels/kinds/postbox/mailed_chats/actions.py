"""A chat that is mailed to its shopper, because they asked for it: transcript and files, with some words on top."""

import logging
from datetime import timedelta

from django.db import DatabaseError

from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent
from sonnim.accounts.permissions import Permission
from sonnim.accounts.rules import checked_email
from sonnim.channels.kinds.postbox import CHANNEL
from sonnim.channels.kinds.postbox.mailed_chats.paper import enclosed, subject_of, usual_words
from sonnim.channels.kinds.postbox.models import ChatMail, Mailbox
from sonnim.conversations import reach
from sonnim.conversations.actions.linking import tie
from sonnim.conversations.changing import changing, tell
from sonnim.conversations.envelopes import Recipients, envelope_of
from sonnim.conversations.models import Conversation, Entry
from sonnim.conversations.posting import Ack, Post, ensure_posted
from sonnim.eventlog import log
from sonnim.kernel import clock
from sonnim.kernel.errors import Conflict, Forbidden, NotFound, SonnimError
from sonnim.kernel.text import checked_text

logger = logging.getLogger(__name__)
HELD_FOR = timedelta(seconds=10)
_ERROR = 300


def mail_chat(
    *, agent: Agent, conversation_id: int, client_id: str, address: str, words: str, held: bool = True
) -> ChatMail:
    """Have a chat mailed in ten seconds, until which it may be undone.

    Args:
        client_id: the mail's own; a repeat answers what waits already, to the address that was given last.
        words: what stands in the mail itself, above the chat as a file; left empty, the usual ones do.
        held: whether it waits at all.

    Raises:
        NotFound: no such conversation.
        Invalid, TextInvalid: an impossible address, or impossible words.
        Conflict: it was sent already, is no chat, was merged, or the shop has no mailbox.
    """
    to, said = checked_email(address), checked_text(words.strip(), may_be_empty=True)
    with log.unit(agent.shop_id):
        about = Conversation.objects.filter(pk=conversation_id, shop=agent.shop_id).first()
        if about is None:
            raise NotFound("There is no such conversation.")
        if reach.is_carried(about.channel) or about.status == "merged":
            raise Conflict("Only a chat can be mailed.")
        if not Mailbox.objects.filter(shop=agent.shop_id, active=True).exists():
            raise Conflict("Set up a mailbox first.")
        if Entry.objects.filter(author_kind="agent", author_id=agent.pk, client_id=client_id).exists():
            raise Conflict("This was sent already.")
        due = clock.now() + (HELD_FOR if held else timedelta())
        asked = {"address": to, "words": said or usual_words(about)}
        waiting, new = ChatMail.objects.get_or_create(
            agent=agent, client_id=client_id,
            defaults={
                "shop_id": agent.shop_id, "conversation": about, "up_to": about.last_seq, "due_at": due, **asked,
            },
        )  # fmt: skip
        if not new and asked != {"address": waiting.address, "words": waiting.words}:
            # The answer was lost, and the agent has put the address right before asking again.
            waiting.address, waiting.words, waiting.due_at, waiting.error = to, asked["words"], due, ""
            waiting.save(update_fields=["address", "words", "due_at", "error"])
        return waiting


def withdraw_chat_mail(*, agent: Agent, chat_mail_id: int) -> None:
    """Have it not sent. Raises: NotFound, when it was sent or withdrawn already, or is another agent's."""
    with log.unit(agent.shop_id):
        gone, _ = ChatMail.objects.filter(pk=chat_mail_id, agent=agent).delete()
        if not gone:
            raise NotFound("This was sent or withdrawn already.")


def send_due_chats(*, limit: int = 50) -> int:
    """Send what is due; answers how many. Each is sent once: its message and its removal are one transaction."""
    due = ChatMail.objects.filter(error="", due_at__lte=clock.now()).select_related("agent__shop", "conversation")
    found = list(due.order_by("due_at")[:limit])
    for waiting in found:
        try:
            _send(waiting)
        except (DatabaseError, LookupError, OSError):
            # The next round tries again; the others must not wait for it.
            logger.exception("chat mail %s could not be sent", waiting.pk)
    return len(found)


def _send(waiting: ChatMail) -> None:
    files: list[int] | SonnimError
    try:
        files = enclosed(waiting)
    except SonnimError as error:  # too large, for one: the next round would find it so again
        files = error
    with log.unit(waiting.shop_id):
        still = ChatMail.objects.filter(pk=waiting.pk, error="", address=waiting.address, words=waiting.words)
        if not still.exists():
            return
        try:
            if isinstance(files, SonnimError):
                raise files
            ack = _post(waiting, files)
        except SonnimError as refused:
            ChatMail.objects.filter(pk=waiting.pk).update(error=refused.detail[:_ERROR] or refused.code)
            _note(waiting, state="failed", note=refused.detail)
        else:
            ChatMail.objects.filter(pk=waiting.pk).delete()
            _note(waiting, state="chat", mail_id=ack.conversation)


def _post(waiting: ChatMail, files: list[int]) -> Ack:
    about = waiting.conversation
    if not Actor(waiting.agent).may(Permission.CONVERSATION_REPLY):
        raise Forbidden("Your role does not allow this any more.")
    subject = subject_of(about)
    return ensure_posted(
        Post(
            waiting.shop_id, "agent", waiting.agent_id, waiting.client_id, waiting.words, channel=CHANNEL.kind,
            contact_id=about.contact_id, subject=subject, locale=about.locale, attachments=tuple(files),
            envelope=envelope_of(Recipients(subject=subject, to=(waiting.address,))),
        )
    )  # fmt: skip


def _note(waiting: ChatMail, *, state: str, mail_id: int | None = None, note: str = "") -> None:
    with changing(waiting.shop_id, waiting.conversation_id, merged_too=True) as (change, about):
        data = {"what": "mailed", "state": state, "address": waiting.address}
        if note:
            data["note"] = note[:_ERROR]
        if mail_id is not None:
            change.load([mail_id])
            mail = change.get(waiting.shop_id, mail_id)
            tie(about=about, other=mail)
            linked = {"what": "linked", "conversation_id": about.id}
            entry = change.entry(mail, "event", author=("agent", waiting.agent_id), data=linked)
            change.record(mail, "conversation.linked", entries=[entry])
        tell(change, about, "conversation.mailed", data, by=waiting.agent_id)
