"""Agents who answer from their own mail client: what makes a mail an agent's word, and what is refused."""

import uuid
from typing import NoReturn

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from sonnim.accounts import audit
from sonnim.accounts.callers import Actor
from sonnim.accounts.models import Agent
from sonnim.accounts.permissions import Permission
from sonnim.channels.adapter import Arrived, Filed, Ignored, Quarantine
from sonnim.channels.kinds.postbox.rules import is_disowned
from sonnim.channels.kinds.postbox.tokens import Mark
from sonnim.conversations.files import store_attachment
from sonnim.conversations.models import Entry
from sonnim.conversations.posting import Post, ensure_posted
from sonnim.eventlog import log
from sonnim.kernel.errors import SonnimError
from sonnim.kernel.text import checked_text
from sonnim.letters.letter import Letter

_ANSWERS = uuid.UUID("6d1f6c1e-8f0b-5d0e-9a57-3e1c0c9c7a11")


def agent_answer(*, arrived: Arrived, letter: Letter, mark: Mark | None) -> Filed | Ignored:
    """Post what an agent wrote above the quotation as that agent's message.

    The mark says that we wrote to this agent about this conversation. That is not enough: the mail has to come from
    the address with which they sign in, and they must still work here and be allowed to answer.

    Args:
        mark: made for this agent and conversation; None when what the mail carries only looks like one.

    Raises:
        Quarantine: it must not be believed; the audit log says why.
    """
    if mark is None:
        _refuse_made_up(arrived.shop_id, letter)
    agent = Agent.objects.select_related("user", "shop").filter(pk=mark.person_id, shop_id=arrived.shop_id).first()
    if agent is None:
        raise Quarantine("It answers in the name of an agent who does not exist.")
    if letter.automatic:
        return Ignored("It is from an agent's mail program, not from the agent.")
    if agent.removed_at is not None or not agent.user.is_active:
        _refuse(agent, mark, letter, "the agent does not work here any more")
    if letter.sender.address.strip().lower() != agent.user.email.lower():
        _refuse(agent, mark, letter, "it is not from the agent's own address")
    if is_disowned(letter.fields):
        _refuse(agent, mark, letter, "its server says that it is not from where it claims")
    if not Actor(agent).may(Permission.CONVERSATION_REPLY):
        _refuse(agent, mark, letter, "the agent's role does not allow it")
    return _posted(agent, arrived, letter, mark)


def _refuse_made_up(shop_id: int, letter: Letter) -> NoReturn:
    sender = letter.sender.address.strip()[:254]
    known = Agent.objects.select_related("user", "shop").filter(shop_id=shop_id, user__email__iexact=sender)
    agent = known.first() if sender else None
    if agent is not None:
        with log.unit(shop_id):
            audit.record(Actor(agent), "mail.refused", reason="its mark is not ours", sender=sender)
    raise Quarantine("It answers a mail to an agent that we have not sent.")


def _refuse(agent: Agent, mark: Mark, letter: Letter, reason: str) -> NoReturn:
    with log.unit(agent.shop_id):
        audit.record(
            Actor(agent), "mail.refused", target=f"conversation:{mark.conversation_id}", reason=reason,
            sender=letter.sender.address[:254],
        )  # fmt: skip
    raise Quarantine(f"It answers in an agent's name, but {reason}.")


def _posted(agent: Agent, arrived: Arrived, letter: Letter, mark: Mark) -> Filed:
    known = letter.message_id or f"{arrived.source_id}:{arrived.key}"
    client_id = str(uuid.uuid5(_ANSWERS, f"{arrived.shop_id}:{agent.pk}:{known}"))
    found = Entry.objects.filter(author_id=agent.pk, author_kind="agent", client_id=client_id).first()
    if found is not None:
        return Filed(found.conversation_id, found.pk)
    files = [each for each in letter.files if not each.content_id]  # pictures of a signature are not for the shopper
    if len(files) > settings.ATTACHMENTS_PER_MESSAGE:
        raise Quarantine(f"A message takes at most {settings.ATTACHMENTS_PER_MESSAGE} files.")
    try:
        text = checked_text(letter.reply.strip(), may_be_empty=bool(files))
        kept = [
            store_attachment(
                shop_id=agent.shop_id,
                owner=("agent", agent.pk),
                upload=SimpleUploadedFile(each.filename or "file", each.content, each.type),
            ).pk
            for each in files
        ]
        post = Post(
            agent.shop_id, "agent", agent.pk, client_id, text, conversation_id=mark.conversation_id,
            attachments=tuple(kept),
        )  # fmt: skip
        ack = ensure_posted(post)
    except SonnimError as error:
        raise Quarantine(f"An agent's answer could not be posted: {error.detail}") from error
    return Filed(ack.conversation, ack.id)
