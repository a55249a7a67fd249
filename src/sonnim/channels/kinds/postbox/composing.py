"""An answer of the desk as a mail: from whom, to whom, about what, in whose words, answering which."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.core.files.storage import default_storage

from sonnim.accounts.imprint import imprint
from sonnim.accounts.models import Agent, Shop
from sonnim.channels.adapter import NotSent
from sonnim.channels.kinds.postbox import markup, tokens
from sonnim.channels.kinds.postbox.mail import Mail, Part, mailbox
from sonnim.channels.kinds.postbox.models import Mailbox
from sonnim.channels.kinds.postbox.recipients import addressed, takes_marks
from sonnim.channels.kinds.postbox.signing import own_signatures, signature
from sonnim.channels.kinds.postbox.threads import Thread, conversations_of, subject_of
from sonnim.channels.kinds.postbox.words import words
from sonnim.contacts.models import Contact
from sonnim.conversations.actions.delivering import Outgoing
from sonnim.conversations.models import Attachment, Entry
from sonnim.kernel.text import pick_locale

MAX_FILES_BYTES = 20 * 1024 * 1024
MAX_QUOTE = 10_000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def compose(outgoing: Outgoing, *, source: Mailbox, thread: Thread, agent: Agent | None) -> Mail:
    """The mail that an answer becomes.

    Raises:
        NotSent: it has no recipient, a recipient who refuses mail, too large files, or one that is gone.
    """
    teller = agent.user.locale if agent is not None else "en"
    shop = Shop.objects.get(pk=outgoing.shop_id)
    locale = pick_locale(outgoing.locale)
    name = agent.name if agent is not None else ""
    own = own_signatures(agent) if agent is not None else {}
    below = signature(own=own, mailbox=source.signatures, locale=locale, agent=name, shop=shop.name)
    told = imprint(shop.business, locale)
    quote = _quote(outgoing, shop, locale)
    document = markup.document_of(outgoing.text, outgoing.data)
    try:
        everybody = addressed(outgoing, locale=teller)
        return Mail(
            sender=mailbox(source.address, name=sender_name(name, source.name or shop.name)),
            to=everybody["to"],
            cc=everybody["cc"],
            bcc=everybody["bcc"],
            reply_to=reply_address(source, outgoing),
            subject=subject_of(
                thread,
                chosen=str(outgoing.envelope.get("subject") or ""),
                conversation=outgoing.subject,
                otherwise=words("subject", locale=locale, shop=shop.name),
            ),
            text=markup.as_text(outgoing.text, signature=below, imprint=told, quote=quote),
            html=markup.as_html(document, locale=locale, signature=below, imprint=told, quote=quote),
            message_id=message_id(source, outgoing),
            in_reply_to=thread.in_reply_to,
            references=thread.references,
            files=_files(outgoing, teller),
            automatic=not outgoing.agent_id,
        )
    except ValueError as error:
        raise NotSent(words("bad_mail", locale=teller, reason=error), permanent=True) from error


def sender_name(agent: str, shop: str) -> str:
    """Who writes, as mail programs list it: the person, and whose desk they sit at."""
    return " · ".join(part for part in (agent.strip(), shop.strip()) if part)


def message_id(source: Mailbox, outgoing: Outgoing) -> str:
    """The mail's keyed Message-ID: the same at every attempt, so that an answer to any of them is known."""
    return tokens.message_id(
        mailbox(source.address).addr_spec,
        shop_id=outgoing.shop_id,
        conversation_id=outgoing.conversation_id,
        entry_id=outgoing.entry_id,
    )


def reply_address(source: Mailbox, outgoing: Outgoing) -> str:
    """Where answers go: to the mailbox, with a keyed mark behind a plus if it arrives that way."""
    address = mailbox(source.address).addr_spec
    if not takes_marks(source):
        return address
    mark = tokens.mark(
        "c", shop_id=outgoing.shop_id, conversation_id=outgoing.conversation_id, person_id=outgoing.contact_id
    )
    return tokens.reply_address(address, mark)


def _quote(outgoing: Outgoing, shop: Shop, locale: str) -> markup.Quote | None:
    """What the contact wrote last before this answer; what others wrote into the conversation is not theirs to read."""
    answered = (
        Entry.objects.filter(
            conversation_id__in=conversations_of(outgoing.conversation_id),
            kind="message",
            author_kind="contact",
            author_id=outgoing.contact_id,
            hidden="",
            id__lt=outgoing.entry_id,
        )
        .exclude(text="")
        .order_by("-id")
        .first()
    )
    if answered is None:
        return None
    contact = Contact.objects.get(pk=outgoing.contact_id)
    zone = _zone(contact.timezone) or _zone(shop.timezone) or ZoneInfo("UTC")
    moment = moment_in(answered.at.astimezone(zone), locale=locale)
    name = mailbox("nobody@localhost", name=contact.name).display_name or words("shopper", locale=locale)
    return markup.Quote(words("wrote", locale=locale, moment=moment, name=name), answered.text[:MAX_QUOTE])


def moment_in(moment: datetime, *, locale: str) -> str:
    """A moment as people of a language write it; the year's digits and the colon tell mail readers what it is."""
    day, clock_time = (moment.year, moment.month, moment.day), f"{moment:%H:%M}"
    if locale == "ko":
        return "{}년 {}월 {}일 {}".format(*day, clock_time)
    if locale == "zh":
        return "{}年{}月{}日 {}".format(*day, clock_time)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {clock_time}"


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # what a browser names may be unknown here, or no name at all
        return None


def _files(outgoing: Outgoing, teller: str) -> tuple[Part, ...]:
    if not outgoing.attachments:
        return ()
    kept = Attachment.objects.filter(shop_id=outgoing.shop_id).in_bulk(outgoing.attachments)
    if sum(file.size for file in kept.values()) > MAX_FILES_BYTES:
        raise NotSent(words("too_large", locale=teller, mb=MAX_FILES_BYTES // 2**20), permanent=True)
    return tuple(_part(kept[identity], teller) for identity in outgoing.attachments if identity in kept)


def _part(file: Attachment, teller: str) -> Part:
    try:
        with default_storage.open(file.key) as handle:
            return Part(file.name, file.type, handle.read())
    except FileNotFoundError as error:
        raise NotSent(words("file_gone", locale=teller, name=file.name), permanent=True) from error
