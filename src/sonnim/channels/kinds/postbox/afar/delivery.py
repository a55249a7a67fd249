"""The outbox's handlers for mails to people who are not here."""

from email.headerregistry import Address
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from sonnim.accounts.imprint import imprint
from sonnim.accounts.models import Agent
from sonnim.channels.adapter import NotSent, Unsure
from sonnim.channels.kinds.postbox import tokens, transports
from sonnim.channels.kinds.postbox.afar import actions, queries, stopping, wording
from sonnim.channels.kinds.postbox.composing import sender_name
from sonnim.channels.kinds.postbox.mail import Mail, Part, mailbox
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.kinds.postbox.recipients import takes_marks
from sonnim.channels.kinds.postbox.threads import thread_of
from sonnim.conversations.models import Attachment, Conversation, Entry
from sonnim.eventlog.outbox import OutboxError
from sonnim.kernel import clock
from sonnim.kernel.text import pick_locale
from sonnim.notifications.queries import PREFERENCES
from sonnim.notifications.rules import preferences_of

LATE_MS = 6 * 3600 * 1000
MAX_FILES_BYTES = 15 * 1024 * 1024


def deliver_follow_up(payload: dict[str, Any]) -> None:
    """Mail to a shopper what they have not seen; nothing, if they have come back meanwhile.

    Between the server's yes and our note of it nobody knows: a mail that was under way when the process ended is told
    to the desk as unsure, and not sent a second time.

    Raises:
        OutboxError: the server did not take it.
    """
    where = {"shop_id": payload["shop_id"], "conversation_id": payload["conversation_id"]}
    about = Conversation.objects.select_related("shop", "contact").filter(pk=where["conversation_id"]).first()
    if about is None:
        return
    unseen = queries.answers_after(about, after=payload["after"], up_to=payload["up_to"])
    left, source = queries.left_address(about, about.contact), queries.source_for(about.shop)
    if not unseen or left is None or source is None or stopping.has_stopped(about.pk):
        return
    told = {"address": left.address, "up_to": payload["up_to"]}
    if not actions.begin_mailing(**where, up_to=payload["up_to"]):
        actions.note_follow_up(**where, **told, state="unsure")
        return
    try:
        mail = _to_shopper(about, unseen, source, left.address, back=queries.way_back(about.shop, left))
        actions.keep_letter(**where, entry_id=unseen[-1].pk, source=source, mail=mail)
    except NotSent as error:
        actions.put_back(**where)
        raise OutboxError(error.note, permanent=error.permanent) from error
    except Exception:  # nobody has been called yet
        actions.put_back(**where)
        raise
    try:
        transports.send(source, mail, locale=pick_locale(about.shop.locale))
    except NotSent as error:
        actions.put_back(**where)
        raise OutboxError(error.note, permanent=error.permanent) from error
    except Unsure as error:
        actions.note_follow_up(**where, **told, state="unsure", note=str(error))
    else:
        actions.note_follow_up(**where, **told, state="sent")


def give_up_following(payload: dict[str, Any], reason: str) -> None:
    """A mail to a shopper could not be sent: the desk is told why."""
    about = Conversation.objects.select_related("contact").filter(pk=payload["conversation_id"]).first()
    if about is not None:
        left = queries.left_address(about, about.contact)
        actions.note_follow_up(
            shop_id=payload["shop_id"], conversation_id=about.pk, state="failed", note=reason,
            address=left.address if left is not None else "", up_to=payload["up_to"],
        )  # fmt: skip


def _to_shopper(about: Conversation, unseen: list[Entry], source: Mailbox, address: str, *, back: str) -> Mail:
    locale, shop, contact = pick_locale(about.locale), about.shop, about.contact
    names = queries.names_of(unseen)
    last = unseen[-1]
    page = wording.follow_up(
        [wording.Said(names.get(each.author_id or 0, shop.name), each) for each in unseen],
        shop=shop.name, locale=locale, zone=wording.zone_of(contact.timezone, shop.timezone),
        answers=queries.takes_answers(source), back=back, stop=stopping.link(about.pk),
        imprint=imprint(shop.business, locale),
    )  # fmt: skip
    mark = tokens.mark("c", shop_id=shop.pk, conversation_id=about.pk, person_id=contact.pk)
    thread = thread_of(about.pk, before_entry=last.pk)
    try:
        return Mail(
            sender=_sender(source, names.get(last.author_id or 0, ""), shop.name),
            to=(mailbox(address, name=contact.name),),
            subject=wording.said("subject", locale=locale, shop=shop.name),
            text=page.text, html=page.html,
            message_id=tokens.message_id(source.address, shop_id=shop.pk, conversation_id=about.pk, entry_id=last.pk),
            reply_to=_marked(source, mark), in_reply_to=thread.in_reply_to, references=thread.references,
            files=_files(unseen), automatic=True, unsubscribe=stopping.link(about.pk),
        )  # fmt: skip
    except ValueError as error:
        raise NotSent(str(error), permanent=True) from error


def _files(unseen: list[Entry]) -> tuple[Part, ...]:
    """What was sent along, as far as a mail has room; the others are named in it, and are in the chat."""
    found, room = [], MAX_FILES_BYTES
    for file in Attachment.objects.filter(entry__in=unseen).order_by("id"):
        if file.size <= room and default_storage.exists(file.key):
            with default_storage.open(file.key) as handle:
                found.append(Part(file.name, file.type, handle.read()))
            room -= file.size
    return tuple(found)


def deliver_desk_mail(payload: dict[str, Any]) -> None:
    """Mail to an agent what waits for them; nothing, if somebody has looked at it meanwhile, or if the mail was under
    way when a process ended: a second one would be one too many.

    Raises:
        OutboxError: the server did not take it.
    """
    agent = Agent.objects.select_related("user", "shop").filter(pk=payload["agent_id"], removed_at=None).first()
    about = queries.still_waits(payload["agent_id"], payload["conversation_id"])
    if agent is None or not agent.user.is_active or about is None or clock.now_ms() - payload["at"] > LATE_MS:
        return
    source = queries.source_for(agent.shop)
    waiting = queries.messages_after(about, after=payload["after"], up_to=payload["up_to"])
    if source is None or not waiting:
        return
    where = {"shop_id": agent.shop_id, "agent_id": agent.pk, "conversation_id": about.pk}
    try:
        mail = _to_agent(agent, about, waiting, source)
    except NotSent as error:
        raise OutboxError(error.note, permanent=error.permanent) from error
    if not actions.begin_telling(**where, up_to=payload["up_to"]):
        return
    try:
        transports.send(source, mail, locale=pick_locale(agent.user.locale))
    except NotSent as error:
        actions.put_telling_back(**where)
        raise OutboxError(error.note, permanent=error.permanent) from error
    except Unsure:
        return  # a second word about what the console shows anyway would be one too many


def _to_agent(agent: Agent, about: Conversation, waiting: list[Entry], source: Mailbox) -> Mail:
    locale, shop = pick_locale(agent.user.locale), agent.shop
    shows = preferences_of(agent.preferences.get(PREFERENCES, {})).preview
    name = (about.contact.name if shows else "") or wording.texts_in(locale)["shopper"]
    page = wording.desk_mail(
        [wording.Said(name, each) for each in waiting],
        contact=name, locale=locale, zone=wording.zone_of(shop.timezone), answers=queries.takes_answers(source),
        link=f"{settings.PUBLIC_URL}/console/inbox/all/{about.pk}?at={waiting[-1].seq}",
        shows=shows,
    )  # fmt: skip
    mark = tokens.mark("a", shop_id=shop.pk, conversation_id=about.pk, person_id=agent.pk)
    domain = source.address.rpartition("@")[2]
    thread = f"<{tokens.OURS}.{mark}@{domain}>"
    try:
        return Mail(
            sender=_sender(source, name, shop.name),
            to=(mailbox(agent.user.email, name=agent.name),),
            subject=wording.said("desk_subject", locale=locale, contact=name, shop=shop.name),
            text=page.text, html=page.html, message_id=f"<{waiting[-1].pk}.{tokens.OURS}.{mark}@{domain}>",
            reply_to=_marked(source, mark), in_reply_to=thread, references=(thread,), automatic=True,
        )  # fmt: skip
    except ValueError as error:
        raise NotSent(str(error), permanent=True) from error


def _sender(source: Mailbox, person: str, shop: str) -> Address:
    return mailbox(source.address, name=sender_name(person, source.name or shop))


def _marked(source: Mailbox, mark: str) -> str:
    """Where answers go; nowhere, when nothing that arrives there is read."""
    if not queries.takes_answers(source):
        return ""
    return tokens.reply_address(source.address, mark) if takes_marks(source) else source.address
