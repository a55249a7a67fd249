"""An answer on its way to a shopper's mailbox."""

import logging
import re

from sonnim.accounts.models import Agent
from sonnim.channels.adapter import Carried, NotSent, Unsure
from sonnim.channels.kinds.postbox import smtp, transports
from sonnim.channels.kinds.postbox.actions import letters
from sonnim.channels.kinds.postbox.answering import may_go_by_itself
from sonnim.channels.kinds.postbox.composing import compose
from sonnim.channels.kinds.postbox.mail import Mail
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.kinds.postbox.recipients import UNCHOSEN, is_unchosen, mailbox_for
from sonnim.channels.kinds.postbox.threads import thread_of
from sonnim.channels.kinds.postbox.words import words
from sonnim.conversations.actions.delivering import Outgoing
from sonnim.kernel.text import pick_locale

logger = logging.getLogger(__name__)
_NO_SUCH_ADDRESS = re.compile(r"\b(5\.1\.(?:1|2|3|6|10))\b")
"""That it takes no mail and never will (RFC 3463); of what else a server refuses, the next mail may be another."""


def carry(outgoing: Outgoing) -> Carried:
    """Send an answer as a mail. What is kept of it is kept first: an answer may come before the server's last word.

    Raises:
        NotSent: see adapter.
        Unsure: see adapter.
    """
    agent = Agent.objects.select_related("user").filter(pk=outgoing.agent_id, shop_id=outgoing.shop_id).first()
    locale = pick_locale(agent.user.locale if agent is not None else "")
    try:
        source, mail, letter_id = _written(outgoing, agent, locale)
    except NotSent:
        raise
    except Exception as error:  # whatever it is, nobody has been called yet
        logger.exception("entry %s could not be made a mail", outgoing.entry_id)
        reason = f"{type(error).__name__}: {error}"
        raise NotSent(words("bad_mail", locale=locale, reason=reason), permanent=False) from error
    try:
        provider_id = transports.send(source, mail, locale=locale)
    except smtp.Refusal as error:
        _remember_refusal(outgoing.shop_id, error)
        raise
    except Unsure as error:
        raise Unsure(f"{words('unanswered', locale=locale)} {error}".strip()) from error
    if provider_id:
        letters.note_provider_id(shop_id=outgoing.shop_id, letter_id=letter_id, provider_id=provider_id)
    return Carried()


def _written(outgoing: Outgoing, agent: Agent | None, locale: str) -> tuple[Mailbox, Mail, int]:
    thread = thread_of(outgoing.conversation_id, before_entry=outgoing.entry_id)
    source = mailbox_for(outgoing, thread)
    if source is None:
        raise NotSent(words("no_mailbox", locale=locale), permanent=True)
    mail = compose(outgoing, source=source, thread=thread, agent=agent)
    if mail.automatic and not may_go_by_itself(mail, shop_id=outgoing.shop_id):
        raise NotSent(words("by_itself", locale=locale), permanent=True)
    named = any(outgoing.envelope.get(group) for group in ("to", "cc", "bcc")) and not is_unchosen(outgoing)
    flags = [] if named else [UNCHOSEN]
    return source, mail, letters.keep_outgoing(outgoing=outgoing, source=source, mail=mail, flags=flags)


def _remember_refusal(shop_id: int, error: smtp.Refusal) -> None:
    found = _NO_SUCH_ADDRESS.search(error.words)
    if error.address and error.permanent and found:
        letters.note_refusal(shop_id=shop_id, address=error.address, status=found[1], reason=error.words)
